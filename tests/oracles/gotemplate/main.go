// Command gotemplate-oracle runs templates as Argo CD does: Go's text/template with sprig and Argo CD's own functions.
//
//	gotemplate-oracle [-times N] < cases
//
// Each line of input is a case, a JSON object:
//
//	text       the template
//	templates  [{name, text}]: parsed before it, into the same set
//	name       the template's name; "base", as Argo CD's, where it is left out
//	data       the dot: as encoding/json reads it, but for what typed() makes of maps with one key that begins with "$"
//	options    ["missingkey=error"]
//	functions  "argocd" (the default), "sprig" or "none"
//	zone       the local time zone; UTC where it is left out
//
// Each line of output is {"output": text}, {"parse": error}, {"exec": error}, {"option": panic} or {"panic": text}; a
// text that is no UTF-8 is {"base64": bytes} in its place. A case is run N times (8): where Go's random order of maps
// shows, the answer is {"unstable": true}.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"text/template"
	"time"
	"unicode/utf8"
)

type named struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

type testCase struct {
	Text      string          `json:"text"`
	Templates []named         `json:"templates"`
	Name      *string         `json:"name"`
	Data      json.RawMessage `json:"data"`
	Options   []string        `json:"options"`
	Functions string          `json:"functions"`
	Zone      string          `json:"zone"`
}

type answer map[string]any

func main() {
	times := flag.Int("times", 8, "how often each case is run")
	flag.Parse()
	in, out := bufio.NewReaderSize(os.Stdin, 1<<20), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) != 0 {
			writeLine(out, askOften(line, *times))
		}
		if err != nil {
			return
		}
	}
}

func writeLine(out *bufio.Writer, answer answer) {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(answer); err != nil {
		panic(err)
	}
}

func askOften(line []byte, times int) answer {
	first := ask(line)
	for i := 1; i < times; i++ {
		if fmt.Sprint(ask(line)) != fmt.Sprint(first) {
			return answer{"unstable": true}
		}
	}
	return first
}

func ask(line []byte) (result answer) {
	var c testCase
	if err := json.Unmarshal(line, &c); err != nil {
		fmt.Fprintln(os.Stderr, err, string(line))
		os.Exit(2)
	}
	defer func() {
		if r := recover(); r != nil {
			result = answer{"panic": text(fmt.Sprint(r))}
		}
	}()
	setZone(c.Zone)
	t := newTemplate(c)
	if failed := setOptions(t, c.Options); failed != nil {
		return failed
	}
	for _, each := range c.Templates {
		if _, err := t.New(each.Name).Parse(each.Text); err != nil {
			return answer{"parse": text(err.Error())}
		}
	}
	if _, err := t.Parse(c.Text); err != nil {
		return answer{"parse": text(err.Error())}
	}
	var out bytes.Buffer
	if err := t.Execute(&out, data(c.Data)); err != nil {
		return answer{"exec": text(err.Error())}
	}
	return answer{"output": text(out.String())}
}

func newTemplate(c testCase) *template.Template {
	name := "base"
	if c.Name != nil {
		name = *c.Name
	}
	return template.New(name).Funcs(functions(c.Functions))
}

func setOptions(t *template.Template, options []string) (failed answer) {
	defer func() {
		if r := recover(); r != nil {
			failed = answer{"option": text(fmt.Sprint(r))}
		}
	}()
	t.Option(options...)
	return nil
}

func setZone(name string) {
	time.Local = time.UTC
	if name != "" {
		zone, err := time.LoadLocation(name)
		if err != nil {
			panic(err)
		}
		time.Local = zone
	}
}

func text(s string) any {
	if utf8.ValidString(s) {
		return s
	}
	return map[string]string{"base64": base64.StdEncoding.EncodeToString([]byte(s))}
}
