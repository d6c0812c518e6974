package main

import (
	"regexp"
	"strings"
	"text/template"
	"time"

	"github.com/Masterminds/sprig/v3"
	"github.com/gosimple/slug"
	"sigs.k8s.io/yaml"
)

// fixedNow is what `now` gives, and what sprig's date functions take for an argument that is no date: Environment.now
// of the C++ side.
var fixedNow = time.Unix(1767323045, 678901234) // 2026-01-02 03:04:05.678901234 UTC

var functionMaps = map[string]template.FuncMap{"argocd": argocd(), "sprig": fixed(sprig.GenericFuncMap()), "none": {}}

func functions(name string) template.FuncMap {
	if name == "" {
		name = "argocd"
	}
	return functionMaps[name]
}

// argocd is the function map of Argo CD 3.5.7's applicationset/utils.
func argocd() template.FuncMap {
	made := fixed(sprig.GenericFuncMap())
	made["normalize"] = normalize
	made["slugify"] = slugify
	made["toYaml"] = toYaml
	made["fromYaml"] = fromYaml
	made["fromYamlArray"] = fromYamlArray
	return made
}

// fixed takes the machine out: its environment, its network and its clock.
func fixed(made template.FuncMap) template.FuncMap {
	for _, name := range []string{"env", "expandenv", "getHostByName"} {
		delete(made, name)
	}
	made["now"] = now
	made["ago"] = ago
	dateInZone := made["dateInZone"].(func(string, any, string) string)
	made["dateInZone"] = func(format string, date any, zone string) string { return dateInZone(format, orNow(date), zone) }
	made["date_in_zone"] = made["dateInZone"]
	made["date"] = func(format string, date any) string { return dateInZone(format, orNow(date), "Local") }
	made["htmlDate"] = func(date any) string { return dateInZone("2006-01-02", orNow(date), "Local") }
	made["htmlDateInZone"] = func(date any, zone string) string { return dateInZone("2006-01-02", orNow(date), zone) }
	durationRound := made["durationRound"].(func(any) string)
	made["durationRound"] = func(duration any) string {
		if date, ok := duration.(time.Time); ok {
			duration = int64(now().Sub(date))
		}
		return durationRound(duration)
	}
	return made
}

func now() time.Time { return fixedNow.In(time.Local) }

func orNow(date any) any {
	switch date.(type) {
	case time.Time, *time.Time, int64, int, int32:
		return date
	}
	return now()
}

func ago(date any) string {
	then := now()
	switch date := date.(type) {
	case time.Time:
		then = date
	case int64:
		then = time.Unix(date, 0)
	case int:
		then = time.Unix(int64(date), 0)
	}
	return now().Sub(then).Round(time.Second).String()
}

func normalize(name string) string {
	name = regexp.MustCompile("[^-a-z0-9.]").ReplaceAllString(strings.ToLower(name), "-")
	return strings.Trim(name[:min(len(name), 253)], "-.")
}

func slugify(arguments ...any) string {
	name := ""
	slug.MaxLength, slug.EnableSmartTruncate = 50, true
	for i, argument := range arguments {
		switch i {
		case len(arguments) - 1:
			name = argument.(string)
		case 0:
			slug.MaxLength = argument.(int)
		case 1:
			slug.EnableSmartTruncate = argument.(bool)
		}
	}
	return slug.Make(normalize(name))
}

func toYaml(value any) (string, error) {
	text, err := yaml.Marshal(value)
	return strings.TrimSuffix(string(text), "\n"), err
}

func fromYaml(text string) (map[string]any, error) {
	made := map[string]any{}
	if err := yaml.Unmarshal([]byte(text), &made); err != nil {
		return nil, err
	}
	return made, nil
}

func fromYamlArray(text string) ([]any, error) {
	made := []any{}
	if err := yaml.Unmarshal([]byte(text), &made); err != nil {
		return nil, err
	}
	return made, nil
}
