module github.com/ecsconform/ecsconform

go 1.26
