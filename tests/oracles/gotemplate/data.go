package main

import (
	"encoding/json"
	"math"
	"strconv"
)

// data gives the dot that a case's JSON stands for.
func data(raw json.RawMessage) any {
	if len(raw) == 0 {
		return nil
	}
	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		panic(err)
	}
	return typed(value)
}

// typed turns maps of one key into values of other Go types than JSON has:
//
//	{"$int": "5"}  {"$int64": "5"}  {"$uint64": "5"}  {"$uint8": "5"}  {"$float": "NaN"}  {"$float32": "1.5"}
//	{"$strings": ["a"]}  {"$ints": ["1"]}  {"$bytes": "ab"}  {"$stringMap": {"a": "b"}}  {"$maps": [{}]}
//	{"$nil": "map"} (or "list", "strings", "stringMap")  {"$raw": [104, 255]} (a string of these bytes)
func typed(value any) any {
	switch v := value.(type) {
	case []any:
		for i := range v {
			v[i] = typed(v[i])
		}
	case map[string]any:
		for name, argument := range v {
			if make := makers[name]; make != nil && len(v) == 1 {
				return make(argument)
			}
		}
		for key := range v {
			v[key] = typed(v[key])
		}
	}
	return value
}

var makers map[string]func(any) any

func init() {
	makers = map[string]func(any) any{
		"$int":       func(v any) any { return int(signed(v)) },
		"$int64":     func(v any) any { return signed(v) },
		"$uint64":    func(v any) any { return unsigned(v) },
		"$uint8":     func(v any) any { return uint8(unsigned(v)) },
		"$float":     func(v any) any { return real(v) },
		"$float32":   func(v any) any { return float32(real(v)) },
		"$strings":   func(v any) any { return each(v, func(item any) string { return item.(string) }) },
		"$ints":      func(v any) any { return each(v, func(item any) int { return int(signed(item)) }) },
		"$maps":      func(v any) any { return each(v, func(item any) map[string]any { return typed(item).(map[string]any) }) },
		"$bytes":     func(v any) any { return []byte(v.(string)) },
		"$stringMap": stringMap,
		"$nil":       func(v any) any { return nils[v.(string)] },
		"$raw":       rawString,
	}
}

var nils = map[string]any{
	"map": map[string]any(nil), "list": []any(nil), "strings": []string(nil), "stringMap": map[string]string(nil),
}

func signed(v any) int64 {
	number, err := strconv.ParseInt(v.(string), 10, 64)
	return must(number, err)
}

func unsigned(v any) uint64 {
	number, err := strconv.ParseUint(v.(string), 10, 64)
	return must(number, err)
}

func real(v any) float64 {
	if v == "-0" {
		return math.Copysign(0, -1)
	}
	number, err := strconv.ParseFloat(v.(string), 64)
	return must(number, err)
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func each[T any](list any, convert func(any) T) []T {
	items := []T{}
	for _, item := range list.([]any) {
		items = append(items, convert(item))
	}
	return items
}

func stringMap(v any) any {
	made := map[string]string{}
	for key, item := range v.(map[string]any) {
		made[key] = item.(string)
	}
	return made
}

func rawString(v any) any {
	bytes := []byte{}
	for _, item := range v.([]any) {
		bytes = append(bytes, byte(item.(float64)))
	}
	return string(bytes)
}
