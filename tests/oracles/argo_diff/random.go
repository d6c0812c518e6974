package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"strings"
)

// Expressions as people write them, with holes: %f a field, %n a name, %k a key with dots, %p another path, %r a regular
// expression, %i an index.
var forms = []string{
	".spec.%f", ".spec.%f.%f", ".spec.%f?", ".spec[\"%f\"]", ".metadata.annotations[\"%k\"]", ".metadata.annotations.\"%k\"",
	".spec.list[] | select(.name == \"%n\")", ".spec.list[] | select(.name == \"%n\").value",
	".spec.list[] | select(.name == \"%n\") | .env[]", ".spec.list[].env[] | select(.name == \"%n\")",
	".spec.list[].env[] | select(.name | test(\"%r\"))", ".spec.list[] | select(.name | startswith(\"%n\"))",
	".spec.list[] | select(.name | endswith(\"%n\") | not)", ".spec.list[%i]", ".spec.list[%i:]", ".spec.list[:%i]", ".spec.list[%i:%i].value",
	".spec.list[]?.%f", ".spec.list[]?", ".spec.list[].%f?", ".spec.%f[]", ".. | .%f?", ".. | objects | .%f", "..%f", ".spec | .%f, .%f",
	".spec.%f, .spec.%f", ".spec.%f // .spec.%f", "(.spec.%f | select(. == \"%n\"))", ".spec | to_entries[] | .key", "paths",
	".spec | select(.%f > 2) | .%f", ".spec | select(has(\"%f\")) | .%f", "first(.spec.list[])", "last(.spec.list[])", "limit(2; .spec.list[])",
	"skip(1; .spec.list[])", "nth(1; .spec.list[])", "first", ".spec.list | first", ".spec.list | last", "getpath([\"spec\", \"%f\"])",
	"path(.spec)", "if .spec.%f then .spec.%f else .spec.list end", "if .spec.%f then .spec.%f end", ".spec.list[] | select(any(.env[]?; .name == \"%n\"))",
	".spec.list[] | select(all(.env[]?; .name == \"%n\"))", ".spec.list[] | select(.env | length > 1)", ".spec.list[] | select(.env | map(.name) | index(\"%n\"))",
	".spec.list[] | select([.name] | inside([\"%n\", \"a\"]))", ".spec.list[] | select(.name | IN(\"%n\", \"b\"))",
	".spec.list[] | select(.name as $n | [\"%n\"] | index($n))", ".spec.list[] | select(.name | ascii_upcase == \"A\")",
	".spec.list[] | select(.value | tonumber? > 1)", ".spec.list[] | select(.value | tostring == \"2\")", ".spec.list[] | select(.value | type == \"string\")",
	".spec.list[] | select(.name | sub(\"%r\"; \"x\") == \"x\")", ".spec.list[] | select(.name | gsub(\"%r\"; \"x\"; \"i\") | startswith(\"x\"))",
	".spec.list[] | select(.name | match(\"%r\").offset == 0)", ".spec.list[] | select(.name | [match(\"%r\"; \"g\")] | length > 1)",
	".spec.list[] | select(.name | capture(\"(?P<c>%r)\").c == \"%n\")", ".spec.list[] | select(.name | [scan(\"%r\")] | length > 0)",
	".spec.list[] | select(.name | split(\"\") | length == 1)", ".spec.list[] | select(.name | splits(\"%r\") == \"\")",
	".spec.list[] | select(.name | ltrimstr(\"%n\") == \"\")", ".spec.list[] | select(.name | trimstr(\"%n\") == \"\")",
	".spec.list[] | select(.name | trim == \"%n\")", ".spec.list[] | select(.name | @base64 == \"YQ==\")", ".spec.list[] | select(.name | length == 1)",
	".spec.list[] | select(.env == [])", ".spec.list[] | select(.env == null)", ".spec.list[] | select(.%f | not)", ".spec.list | map(.name)", ".spec.list | .[1:]",
	".spec.list |= map(del(.value))", ".spec.%f = 1", ".spec.%f) | del(.spec.%f", ".spec.%f), .spec.%f", ".spec.%f) | (.spec.%f |= 3", "empty", "error", "error(\"x\")",
	".spec.list[] | select(.name == (\"%n\", \"a\"))", ".spec.list[(0, 1)]", ".spec.list[.spec.x]", ".[\"spec\"][\"%f\"]", ".spec.list[-1]", ".spec.list[%i].env[%i]", ".spec.list[1.7]",
	"reduce .spec.list[] as $x (.; .)", "foreach (1, 2) as $x (.; .; .spec.list[$x])", "label $out | .spec.list[] | ., break $out", "try .spec.%f.%f catch .spec.%f",
	".spec.list[] as $x | .spec.%f", ".spec as {%f: $x} | .spec.list[0]", ".spec as [$a] ?// {x: $a} | .spec.%f", "def f: .spec.%f; f", "def f(g): g | .%f; f(.spec)", "recurse | .%f?",
	"recurse(.[]?; true) | .%f?", ".spec | keys[] as $k | .[$k]", ".spec | .[keys[]]", ".spec[(.spec | keys[])]?", ".spec | with_entries(.)", "env.HOME", "$ENV.HOME", "$__loc__", "input", "inputs", "debug", "stderr",
	"halt", "halt_error", "now", "keys_unsorted", "input_line_number", "get_search_list", "splits(\"a\")", "ascii", "@json", "@text \"a\"", "tojson", "limit(0; .spec)", "limit(-1; .spec)", "isvalid(.a)", "getpath([])",
	"pick(.spec.%f)", ".spec | del(.%f)", "to_entries", ".spec.list | to_entries[] | .value", ".spec.list | reverse[0]", ".spec.list | sort_by(.name)[0]", "add(.spec.x)", "abs", "toarray", "have_decnum", "ltrimstr(1)", "walk(.)",
	"splits", "nosuch", "nosuch(1)", ".a[", ".spec.list[", ")", "(", "# c", ".spec.%f # c", "", " ", ".", "..", ".spec..", ".spec.", ".[]", ".[0]", "1", "\"a\"", "null", "[.spec.%f]", "{a: .spec.%f}", "-.spec.x", ".spec.x + 1", ".spec.x and true",
	".spec.x == 1", ".spec.x?.%f", ".spec.x?//.spec.%f", ".spec.%f?//.", ".spec.list[].env[]?.value", "(.spec.list[] | select(.name == \"%n\")).env[%i]", ".spec.list[] |= .", ".spec.list[] | .env | .[] | .name", ".spec.list | .[] | .env | .[%i]",
	".spec.list[] | select(.name != \"%n\" and .value != null)", ".spec.list[] | select(.name == \"%n\" or .value == 2)", ".spec.list[] | select(.env | contains([{name: \"%n\"}]))", ".spec.list[] | select(.name | contains(\"%n\"))", ".spec.list[] | select(.name | inside(\"%nb\"))",
	".spec.list[] | select(.name | explode | implode == \"%n\")", ".spec.list[] | select([.value] | max == 2)", ".spec.list | group_by(.name)[0]", ".spec.list | unique_by(.name)", ".spec.list | flatten", ".spec.list | .[length - 1]", ".spec.list[length - 1]", ".spec.list | .[-1:]",
	".spec.list | .[range(2)]", ".spec.list[range(0; 4; 2)]", ".spec.list | while(false; .)", ".spec.list | until(true; .)", ".spec.list | isempty(.[])", "until(true; .spec.%f)", "repeat(.spec.%f; 1)", "limit(3; repeat(.spec.%f))", ".spec.list[] | select(.name | test(\"%r\"; \"x\"))", ".spec.list[] | select(.name | test(\"%r\"; null))",
	".spec.list[] | select(.name | test([\"%r\", \"i\"]))", ".spec.list[] | select(.name | ascii_downcase | . == \"%n\")", ".spec.list[] | select(.value | floor == 1)", ".spec.list[] | select(.value | @text == \"1\")", ".spec.list[] | select(.value | tojson == \"1\")", ".spec.list[] | select(.value | not)", ".spec.x | tostring",
	".spec.list[] | select(.name == \"a\\(\"b\")\")", ".spec.list[] | select(.name == \"%n\") |= empty", "del(.spec.%f)", "delpaths([[\"spec\", \"%f\"]])", ".spec | objects | .%f", ".spec.list | arrays | .[0]", ".spec[] | strings", ".spec[] | numbers", ".spec[] | scalars", ".spec[] | iterables", ".spec[] | values", ".spec[] | nulls", ".spec[] | booleans",
	"paths(type == \"number\")", "leaf_paths", "tostream", ".spec | splits(\"a\")", ".spec.list | combinations", ".spec.list | transpose", "input_filename", "$__prog_args", "ltrimstr", "getpath([\"spec\", \"list\", 0, \"env\"])", "getpath([\"a\", \"b\"])", "getpath([\"spec\", 0])", ".spec.list[\"a\"]", ".spec[0]", ".spec.list[null]", ".spec[null]", ".spec.list[{start: 1, end: 2}]", ".spec.list[[1]]",
	".spec.list[] | select(.value >= 2)", ".spec.list[] | select(.value < \"a\")", ".spec.list[] | select(.value % 2 == 0)", ".spec.list[] | select(.value / 0 == 0)", ".spec.list[] | select((.value * 2) == 4)", ".spec.list[] | select(.name * 2 == \"aa\")", ".spec.list[] | select(.name + \"b\" == \"ab\")", ".spec.list[] | select(.env - [1] == [])", ".spec.list[] | select(.name / \"\" == [])",
	".spec.list[] | select(.value | toboolean)", ".spec.list[] | select(.name | tojson | fromjson == \"a\")", ".spec.list[] | select(.value | isnan | not)", ".spec.list[] | select(.value | infinite > .)", ".spec.list[] | select(.name | @uri == \"a\")", ".spec.list[] | select(.name | @sh == \"'a'\")", ".spec.list[] | select(.name | @html == \"a\")", ".spec.list[] | select([.name] | @csv == \"\\\"a\\\"\")",
	".spec.list[] | select(.env | add | .name? == \"%n\")", ".spec.list[] | select(.env | join(\",\") == \"\")", ".spec.list[] | select(.env | any)", ".spec.list[] | select(.env | first(.[]?) | .name == \"%n\")", ".spec.list[] | select(.env | last(.[]?) | .name == \"%n\")", ".spec.list[] | select(INDEX(.env[]?; .name) | has(\"%n\"))", ".spec.list[] | select(.env | map_values(.name)? == [])",
	".spec.list[%i]?", ".spec.list[%i]?.%f", ".spec.%f[%i]?", ".spec.%f[]?.%f", ".spec.list[]?.env[]?", ".spec.%f[%i] // .spec.%f", ".spec.list[] | select(.name[%i:] == \"b\")", ".spec.list[] | select(.name[0]? == \"%n\")", ".spec.list[] | select(.env[%i].name? == \"%n\")",
	".spec.list[] | select(.name | first == \"a\")", ".spec.%f?[\"%f\"]", ".spec[\"%f\"]?, .spec.%f[]", "if (.spec.x | type) == \"string\" then .spec.%f elif .spec.y then .spec.%f[]? else empty end", ".spec.list[] | select((.value // 1) == 1) | .%f", ".spec.list[] | select(.env // [] | map(select(.name == \"%n\")) | length > 0)",
	".spec.list[] | select(.env | min_by(.name).name == \"%n\")", ".spec.list[] | select(.env | tojson | test(\"%r\"))", ".spec.list[] | select(.env | to_entries | from_entries? == {})", ".spec.list[] | select(.value | splits(\"a\") == \"a\")", ".spec.list[] | select(.value | ascii_downcase? == \"a\")", ".spec.list[] | select(getpath([\"env\", 0, \"name\"]) == \"%n\")", ".spec.list[] | select(.env | limit(1; .[]?) | .name == \"%n\")",
}

var pointers = []string{"/spec/%f", "/spec/list/%i", "/spec/list/%i/%f", "/spec/list/%i/env/%i", "/metadata/annotations/%e", "/spec", "/spec/list/-", "/spec/list/-1", "", "/", "spec/%f", "/spec/%f/%f", "/spec/", "//spec", "/spec/list/01", "/spec/list/+1", "/spec/list/a", "/spec/~2", "/kind", "/metadata", "/spec/%f/0"}

var (
	random *rand.Rand
	fields = []string{"x", "y", "list", "name", "value", "env", "z"}
	names  = []string{"a", "b", "c", "ab", "é"}
	keys   = []string{"a.b/c", "d", "e~f", "g"}
	regexs = []string{"a", "^a", "b$", "^(a|b)$", "[a-c]+", ".", "a*", "(a)(b)?", "é", "(?i)A", "\\\\w", "(?P<n>a)", "(", "a{2}", "\\\\pL", ""}
)

func oneOf(values []string) string { return values[random.Intn(len(values))] }

func filled(form string) string {
	var text strings.Builder
	for i := 0; i < len(form); i++ {
		if form[i] != '%' || i+1 == len(form) || !strings.ContainsRune("fnkeri", rune(form[i+1])) {
			text.WriteByte(form[i])
			continue
		}
		i++
		switch form[i] {
		case 'f':
			text.WriteString(oneOf(fields))
		case 'n':
			text.WriteString(oneOf(names))
		case 'k':
			text.WriteString(oneOf(keys))
		case 'e':
			text.WriteString(strings.NewReplacer("~", "~0", "/", "~1").Replace(oneOf(keys)))
		case 'r':
			text.WriteString(oneOf(regexs))
		case 'i':
			fmt.Fprint(&text, random.Intn(5)-1)
		}
	}
	return text.String()
}

func scalar() any {
	values := []any{"a", "b", "", "2", 0, 1, 2, 3, -1, 1.5, true, false, nil, "ab", 1e10}
	return values[random.Intn(len(values))]
}

func item(depth int) any {
	if random.Intn(12) == 0 {
		return scalar()
	}
	value := map[string]any{"name": oneOf(names)}
	if random.Intn(2) == 0 {
		value["value"] = scalar()
	}
	if depth > 0 && random.Intn(3) > 0 {
		value["env"] = list(depth - 1)
	}
	return value
}

func list(depth int) any {
	items := []any{}
	for range random.Intn(4) {
		items = append(items, item(depth))
	}
	return items
}

func object() map[string]any {
	spec := map[string]any{"list": list(2)}
	for _, field := range fields {
		switch random.Intn(6) {
		case 0, 1:
			spec[field] = scalar()
		case 2:
			spec[field] = map[string]any{oneOf(fields): scalar(), oneOf(fields): list(1)}
		case 3:
			spec[field] = list(1)
		}
	}
	annotations := map[string]any{}
	for _, key := range keys {
		if random.Intn(2) == 0 {
			annotations[key] = oneOf(names)
		}
	}
	return map[string]any{"apiVersion": "example.com/v1", "kind": "Thing", "metadata": map[string]any{"name": "t", "annotations": annotations}, "spec": spec}
}

func rule() map[string]any {
	says := map[string]any{"group": "example.com", "kind": "Thing"}
	if random.Intn(4) == 0 {
		says["jsonPointers"] = []string{filled(oneOf(pointers))}
		return says
	}
	expression := filled(oneOf(forms))
	switch random.Intn(6) {
	case 0:
		expression += ", " + filled(oneOf(forms))
	case 1:
		expression += " | " + filled(oneOf(forms))
	}
	says["jqPathExpressions"] = []string{expression}
	return says
}

func randomQuestions(count int, seed int64) {
	random = rand.New(rand.NewSource(seed))
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for range count {
		_ = out.Encode(map[string]any{"rule": rule(), "live": object(), "target": object()})
	}
}
