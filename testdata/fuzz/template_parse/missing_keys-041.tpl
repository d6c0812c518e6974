a
  {{ .a.missing }}