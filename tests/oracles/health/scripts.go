package main

import (
	"encoding/json"
	"io/fs"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/argoproj/argo-cd/v3/resource_customizations"
)

// A Lua script that Argo CD has built in, and what it looks at: random objects are made of that.
type script struct {
	group, kind string
	paths       [][]string
	values      map[string][]any // by the last name of a path
}

var (
	comment  = regexp.MustCompile(`(?m)--.*$`)
	path     = regexp.MustCompile(`\bobj\.((?:status|spec|metadata)(?:\.\w+)+)`)
	compared = regexp.MustCompile(`(\w+)\s*[=~]=\s*("[^"]*"|'[^']*'|\d+|true|false)`)
	listed   = regexp.MustCompile(`contains\(\{([^}]*)\}, condition\.type\)`)
	mapped   = regexp.MustCompile(`(?m)^\s*(?:\["([^"]+)"\]|(\w+)) = "(?:Healthy|Progressing|Degraded|Suspended)"`)
	begins   = regexp.MustCompile(`(\w+):find\(['"]\^(\w+)`)
	counted  = regexp.MustCompile(`(?i)replicas|generation|count|nodes|number|scheduled|weight|healthy$|members|id$`)
)

func (s *script) add(name string, value any) {
	if !slices.Contains(s.values[name], value) {
		s.values[name] = append(s.values[name], value)
	}
}

func literal(text string) any {
	switch {
	case text == "true" || text == "false":
		return text == "true"
	case text[0] == '"' || text[0] == '\'':
		return text[1 : len(text)-1]
	}
	number, _ := strconv.Atoi(text)
	return number
}

func mine(group, kind, text string) *script {
	s := &script{group: group, kind: kind, values: map[string][]any{}}
	text = comment.ReplaceAllString(text, "")
	seen := map[string]bool{}
	for _, found := range path.FindAllStringSubmatch(text, -1) {
		if !seen[found[1]] {
			seen[found[1]] = true
			s.paths = append(s.paths, strings.Split(found[1], "."))
		}
	}
	for _, found := range compared.FindAllStringSubmatch(text, -1) {
		s.add(found[1], literal(found[2]))
	}
	for _, found := range listed.FindAllStringSubmatch(text, -1) {
		for _, one := range strings.Split(found[1], ",") {
			s.add("type", strings.Trim(strings.TrimSpace(one), `"`))
		}
	}
	for _, found := range mapped.FindAllStringSubmatch(text, -1) {
		for _, name := range []string{"phase", "state"} {
			s.add(name, found[1]+found[2])
		}
	}
	for _, found := range begins.FindAllStringSubmatch(text, -1) {
		s.add(found[1], found[2]+"ing it")
	}
	if strings.Contains(text, `ready == nil`) { // by a name of its own
		for _, one := range []string{"Reconciling", "GettingDevDB"} {
			s.add("reason", one)
			s.add("message", one)
		}
	}
	if strings.Contains(text, `"Ready"`) {
		s.add("type", "Ready")
	}
	sort.Slice(s.paths, func(i, j int) bool { return len(s.paths[i]) > len(s.paths[j]) })
	return s
}

func texts(values []any) []string {
	found := []string{}
	for _, each := range values {
		if text, is := each.(string); is {
			found = append(found, text)
		}
	}
	return found
}

func (s *script) conditions() []any {
	types := append([]string{"Other"}, texts(s.values["type"])...)
	return conditionsOf(types, texts(s.values["reason"]), texts(s.values["message"]))
}

// What says that something is left alone, or has come to its end, by being true.
var rests = map[string]bool{"paused": true, "suspend": true, "disabled": true, "success": true, "created": true, "readyToUse": true}

// Lists of things that have conditions of their own.
var holders = []string{"listeners", "parents", "ancestors", "ingress"}

func list(item func() any) []any {
	items := []any{}
	for range few() {
		items = append(items, item())
	}
	return items
}

func byName(item func() any) tree {
	items := tree{}
	for i := range few() {
		items[strconv.Itoa(i)] = item()
	}
	return items
}

func sha() tree { return tree{"dry": tree{"sha": oneOf("1", "1", "1", "2")}} }

// What has parts, by the name of the field.
var shapes = map[string]func(*script) any{
	"active":          func(*script) any { return list(func() any { return tree{"name": "j"} }) },
	"pauseConditions": func(*script) any { return list(func() any { return tree{"reason": "CanaryPauseStep"} }) },
	"racks":           func(*script) any { return byName(func() any { return tree{"members": few(), "readyMembers": few()} }) },
	"domainStatus": func(s *script) any {
		return list(func() any { return tree{"status": oneOf("Active", "Active", "FailedNotVisible")} })
	},
	"statuses":             func(s *script) any { return byName(func() any { return tree{"state": oneOf(s.values["state"]...)} }) },
	"applicationsSelected": func(*script) any { return list(func() any { return tree{"name": "a"} }) },
	"placement":            func(*script) any { return list(func() any { return tree{"placement": "a"} }) },
	"compliancyDetails":    func(*script) any { return list(func() any { return tree{} }) },
	"details": func(*script) any {
		return list(func() any { return tree{"compliant": "NonCompliant", "templateMeta": tree{"name": "a"}} })
	},
	"solrNodes":      func(*script) any { return list(func() any { return tree{"ready": chance(70)} }) },
	"nodeSets":       func(*script) any { return list(func() any { return tree{"count": few()} }) },
	"clusters":       func(*script) any { return list(func() any { return tree{"name": "a"} }) },
	"statusReplicas": func(*script) any { return oneOf("0/0", "0/2", "1/2", "2/2", "x") },
	"executorState":  func(*script) any { return byName(func() any { return oneOf("RUNNING", "RUNNING", "FAILED") }) },
	"sparkConf": func(*script) any {
		name := oneOf("spark.dynamicAllocation.", "spark.streaming.dynamicAllocation.")
		conf := tree{name + "enabled": oneOf("true", "true", "false")}
		mostly(conf, name+"maxExecutors", strconv.Itoa(few()))
		mostly(conf, name+"minExecutors", strconv.Itoa(few()))
		return conf
	},
	"aggregatedStatus": func(*script) any {
		return list(func() any {
			return tree{"health": oneOf("Healthy", "Healthy", "Unhealthy", "Unknown"), "applied": chance(70)}
		})
	},
	"brokersState": func(*script) any {
		return byName(func() any {
			return tree{"configurationState": oneOf("ConfigInSync", "ConfigInSync", "ConfigOutOfSync"),
				"gracefulActionState": tree{"cruiseControlState": oneOf("GracefulUpscaleSucceeded", "GracefulDownscaleSucceeded", "GracefulUpscaleRunning")}}
		})
	},
	"environments": func(*script) any {
		return list(func() any {
			one := tree{"branch": "b", "phase": oneOf("success", "success", "pending", "failure"), "active": sha(), "proposed": sha()}
			if chance(30) {
				one["proposed"].(tree)["note"] = tree{"drySha": oneOf("1", "2", "")}
			}
			return one
		})
	},
}

func (s *script) value(name string) any {
	if name == "conditions" {
		return s.conditions()
	}
	if slices.Contains(holders, name) {
		items := []any{}
		for range few() {
			items = append(items, tree{"conditions": s.conditions(), "parentRef": tree{"name": "p"}, "ancestorRef": tree{"name": "p"}})
		}
		return items
	}
	if shape, has := shapes[name]; has && !(name == "active" && s.group == "promoter.argoproj.io") {
		return shape(s)
	}
	if strings.HasSuffix(name, "Time") {
		return oneOf("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")
	}
	if rests[name] {
		return chance(12)
	}
	if known := s.values[name]; len(known) > 0 && !chance(10) && !(len(known) == 1 && chance(40)) {
		value := oneOf(known...)
		if flag, is := value.(bool); is {
			return flag != chance(40)
		}
		if number, is := value.(int); is && chance(50) {
			return number + few()
		}
		return value
	} else if len(known) > 0 {
		switch known[0].(type) {
		case string:
			return "other"
		case bool:
			return chance(50)
		}
	}
	if counted.MatchString(name) {
		return few()
	}
	return oneOf("x", "y")
}

// A list in one kind, a text in all others.
func (s *script) statusOf() any {
	return list(func() any { return tree{"compliant": "NonCompliant", "clustername": "a"} })
}

func set(object tree, steps []string, value any) {
	for _, step := range steps[:len(steps)-1] {
		next, is := object[step].(tree)
		if !is {
			if object[step] != nil {
				return
			}
			next = tree{}
			object[step] = next
		}
		object = next
	}
	if last := steps[len(steps)-1]; object[last] == nil {
		object[last] = value
	}
}

func (s *script) object() tree {
	object := headed(strings.ReplaceAll(s.group, "_", "a")+"/v1", strings.ReplaceAll(s.kind, "_", oneOf("Thing", "ProviderConfig", "Composition", "ConfigConnector")))
	for _, steps := range s.paths {
		if steps[0] == "status" && object["status"] == nil {
			continue
		}
		if !chance(25) && steps[len(steps)-1] != "deletionTimestamp" {
			name := steps[len(steps)-1]
			if name == "status" && s.group == "policy.open-cluster-management.io" {
				set(object, steps, s.statusOf())
			} else {
				set(object, steps, s.value(name))
			}
		}
	}
	delete(object["metadata"].(tree), "annotations")
	if labels, is := object["metadata"].(tree)["labels"].(tree); is && len(labels) == 0 {
		delete(object["metadata"].(tree), "labels")
	}
	generations(object)
	if chance(60) && object["status"] != nil {
		delete(object["status"].(tree), "observedGeneration")
	}
	if _, looked := s.values["observedGeneration"]; !looked && object["status"] != nil && chance(60) {
		object["status"].(tree)["observedGeneration"] = object["metadata"].(tree)["generation"]
	}
	return object
}

func readScripts() ([]*script, error) {
	scripts := []*script{}
	err := fs.WalkDir(resource_customizations.Embedded, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Name() != "health.lua" {
			return err
		}
		text, err := fs.ReadFile(resource_customizations.Embedded, file)
		if err != nil {
			return err
		}
		parts := strings.Split(file, "/")
		scripts = append(scripts, mine(parts[0], parts[1], string(text)))
		return nil
	})
	return scripts, err
}

func textOf(value any) string {
	text, _ := json.Marshal(value)
	return string(text)
}
