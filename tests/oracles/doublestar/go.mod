module celldrift/tests/oracles/doublestar

go 1.26

require github.com/bmatcuk/doublestar/v4 v4.10.0
