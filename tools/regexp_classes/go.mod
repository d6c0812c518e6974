module celldrift/tools/regexp_classes

go 1.25
