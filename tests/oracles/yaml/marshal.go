package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strconv"
	"strings"

	"sigs.k8s.io/yaml"
)

// marshal writes a value often, because where go-yaml's order of keys is not transitive ("0777", "0b", "1_"), the random
// order of Go's maps shows. YAML_ORACLE_TIMES says how often.
func marshal(text []byte) (string, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value interface{}
	if err := decoder.Decode(&value); err != nil {
		return "", err
	}
	value = native(value)
	first, err := yaml.Marshal(value)
	if err != nil {
		return encode(map[string]string{"error": err.Error()})
	}
	times, _ := strconv.Atoi(os.Getenv("YAML_ORACLE_TIMES"))
	for i := 0; i < max(times, 8); i++ {
		if again, _ := yaml.Marshal(value); !bytes.Equal(again, first) {
			return encode("unstable")
		}
	}
	return encode(string(first))
}

// native gives the value that a case stands for: whole numbers are int64, others float64; U+E080 to U+E0FF in strings
// are bytes that are no UTF-8.
func native(value interface{}) interface{} {
	switch v := value.(type) {
	case json.Number:
		if integer, err := v.Int64(); err == nil {
			return integer
		}
		real, _ := v.Float64()
		return real
	case string:
		return withBytes(v)
	case []interface{}:
		for i := range v {
			v[i] = native(v[i])
		}
	case map[string]interface{}:
		made := map[string]interface{}{}
		for key, item := range v {
			made[withBytes(key)] = native(item)
		}
		return made
	}
	return value
}

func withBytes(text string) string {
	var out strings.Builder
	for _, r := range text {
		if r >= 0xE080 && r <= 0xE0FF {
			out.WriteByte(byte(r - 0xE000))
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}
