module celldrift/tools/slug

go 1.26

require github.com/gosimple/unidecode v1.0.1
