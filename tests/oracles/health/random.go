package main

import (
	"encoding/json"
	"math/rand"
	"os"
)

type tree = map[string]any

var random *rand.Rand

func oneOf[T any](values ...T) T { return values[random.Intn(len(values))] }
func chance(percent int) bool    { return random.Intn(100) < percent }
func few() int                   { return random.Intn(4) }

// Puts it there, but for one time in ten.
func mostly(into tree, key string, value any) {
	if !chance(10) {
		into[key] = value
	}
}

func truth() string { return oneOf("True", "True", "False", "Unknown") }

// Conditions of different types, in any order.
func conditionsOf(types, reasons, messages []string) []any {
	conditions := []any{}
	for _, i := range random.Perm(len(types)) {
		if len(conditions) >= 5 || !chance(60) {
			continue
		}
		one := tree{"type": types[i], "status": truth()}
		one["reason"] = oneOf(append([]string{"Some", ""}, reasons...)...)
		one["message"] = oneOf(append([]string{"words", ""}, messages...)...)
		if chance(20) {
			one["severity"] = oneOf("Info", "Warning", "Error")
		}
		if chance(30) {
			one["observedGeneration"] = oneOf(1, 1+few())
		}
		conditions = append(conditions, one)
	}
	return conditions
}

// What it says of its generation fits more often than not.
func generations(object tree) {
	generation := 1 + few()
	object["metadata"].(tree)["generation"] = generation
	status, has := object["status"].(tree)
	if observed, is := status["observedGeneration"].(int); is && observed > generation {
		status["observedGeneration"] = generation
	}
	if has && chance(80) {
		status["observedGeneration"] = oneOf(generation, generation, generation, 1+random.Intn(generation))
	}
}

func headed(apiVersion, kind string) tree {
	object := tree{"apiVersion": apiVersion, "kind": kind, "metadata": tree{"name": "a", "namespace": "b"}, "spec": tree{}}
	if chance(2) {
		object["metadata"].(tree)["deletionTimestamp"] = "2026-01-01T00:00:00Z"
	}
	if _, goes := object["metadata"].(tree)["deletionTimestamp"]; goes && kind == "Job" && chance(50) {
		object["metadata"].(tree)["finalizers"] = []any{"argocd.argoproj.io/hook-finalizer"}
	}
	if !chance(4) {
		object["status"] = tree{}
	}
	return object
}

func writeRandom(count int, seed int64) error {
	random = rand.New(rand.NewSource(seed))
	objects := json.NewEncoder(os.Stdout)
	for _, object := range builtIn {
		for range count * 4 {
			if err := objects.Encode(object()); err != nil {
				return err
			}
		}
	}
	scripts, err := readScripts()
	if err != nil {
		return err
	}
	for _, each := range scripts {
		for range count {
			if err := objects.Encode(each.object()); err != nil {
				return err
			}
		}
	}
	return nil
}
