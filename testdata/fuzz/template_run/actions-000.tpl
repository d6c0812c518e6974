{{define "t"}}1{{end}}{{define "t"}} 
 {{end}}{{template "t"}}