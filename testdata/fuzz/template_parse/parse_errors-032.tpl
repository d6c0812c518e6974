a
b
{{ bad }}