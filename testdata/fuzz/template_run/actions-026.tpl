{{range .list -}}
- {{.}}
{{end}}