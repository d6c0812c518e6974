// Command yaml-oracle reads texts as Kubernetes does and prints what it reads, one line for each.
//
//	yaml-oracle parse < cases     each case's JSON (sigs.k8s.io/yaml, then the API machinery's decoder), or "error"
//	yaml-oracle split < cases     each case's documents, as a JSON list of texts (the YAMLReader), or "error"
//	yaml-oracle marshal < cases   what sigs.k8s.io/yaml's Marshal writes of each case's JSON: a JSON string, or {"error": text}
//
// A case is its length in bytes, in decimal, a newline, and the text.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	utiljson "k8s.io/apimachinery/pkg/util/json"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

func main() {
	answers := map[string]func([]byte) (string, error){"parse": parse, "split": split, "marshal": marshal}
	if len(os.Args) != 2 || answers[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: yaml-oracle parse|split|marshal < cases")
		os.Exit(2)
	}
	answer := answers[os.Args[1]]
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		text, err := nextCase(in)
		if err == io.EOF {
			return
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		line, err := safely(answer, text)
		if err != nil {
			line = "error"
			if os.Getenv("YAML_ORACLE_REASONS") != "" {
				line += " " + strconv.Quote(err.Error())
			}
		}
		fmt.Fprintln(out, line)
	}
}

func nextCase(in *bufio.Reader) ([]byte, error) {
	header, err := in.ReadString('\n')
	if err != nil {
		return nil, io.EOF
	}
	length, err := strconv.Atoi(strings.TrimSpace(header))
	if err != nil {
		return nil, err
	}
	text := make([]byte, length)
	_, err = io.ReadFull(in, text)
	return text, err
}

// A panic of the library is an error for whoever calls it.
func safely(answer func([]byte) (string, error), text []byte) (line string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return answer(text)
}

// parse reads a text often, because Go walks maps in random order: two keys that become the same text (1 and "1")
// make the answer a matter of luck.
func parse(text []byte) (string, error) {
	first, err := read(text)
	for i := 0; i < 8 && err == nil; i++ {
		again, _ := read(text)
		if again != first {
			return "unstable", nil
		}
	}
	return first, err
}

// What `unstructured` holds in the end: whole numbers within int64 are integers, others are reals. Reals
// are printed so that they cannot be taken for integers.
func read(text []byte) (string, error) {
	converted, err := yaml.YAMLToJSON(text)
	if err != nil {
		return "", err
	}
	var value interface{}
	if err := utiljson.Unmarshal(converted, &value); err != nil {
		return "", err
	}
	return encode(mark(value))
}

// real is a float64 that is printed with a point or an exponent.
type real float64

func (r real) MarshalJSON() ([]byte, error) {
	text := strconv.FormatFloat(float64(r), 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return []byte(text), nil
}

func mark(value interface{}) interface{} {
	switch v := value.(type) {
	case float64:
		return real(v)
	case []interface{}:
		for i := range v {
			v[i] = mark(v[i])
		}
	case map[string]interface{}:
		for key := range v {
			v[key] = mark(v[key])
		}
	}
	return value
}

func split(text []byte) (string, error) {
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	documents := []string{}
	for {
		document, err := reader.Read()
		if err == io.EOF {
			return encode(documents)
		}
		if err != nil {
			return "", err
		}
		documents = append(documents, string(document))
	}
}

func encode(value interface{}) (string, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "", err
	}
	return strings.TrimSuffix(out.String(), "\n"), nil
}
