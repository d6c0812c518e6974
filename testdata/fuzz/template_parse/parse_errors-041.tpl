a

{{ .x

