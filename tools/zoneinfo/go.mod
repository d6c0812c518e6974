module celldrift/tools/zoneinfo

go 1.25
