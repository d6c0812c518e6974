

{{- bad }}