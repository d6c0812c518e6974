// Prints which fields of Kubernetes' Go types keep a zero value (false, 0, ""), as JSON:
// {"io.k8s.api.core.v1.PodSpec": ["enableServiceLinks"]}.
//
// OpenAPI does not say it, and it matters: in a field that is no pointer, the API server cannot tell a zero from
// nothing, so that stating it is stating nothing; in a pointer it is kept.
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"sort"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

type kept map[string][]string

// "k8s.io/api/core/v1" and "Pod" as OpenAPI names them: "io.k8s.api.core.v1.Pod".
func openAPIName(t reflect.Type) string {
	domain, path, _ := strings.Cut(t.PkgPath(), "/")
	labels := strings.Split(domain, ".")
	for i, j := 0, len(labels)-1; i < j; i, j = i+1, j-1 {
		labels[i], labels[j] = labels[j], labels[i]
	}
	return strings.Join(labels, ".") + "." + strings.ReplaceAll(path, "/", ".") + "." + t.Name()
}

// Quantity, IntOrString, Time, JSON: what they make of their zero value is their own business.
func marshalsItself(t reflect.Type) bool {
	marshaler := reflect.TypeFor[json.Marshaler]()
	return t.Implements(marshaler) || reflect.PointerTo(t).Implements(marshaler)
}

func (k kept) walk(t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		k.walk(t.Elem())
	case reflect.Struct:
		if marshalsItself(t) {
			return
		}
		name := openAPIName(t)
		if _, seen := k[name]; seen {
			return
		}
		k[name] = []string{}
		k.addFields(name, t)
		sort.Strings(k[name])
	}
}

func (k kept) addFields(name string, t reflect.Type) {
	for i := 0; i < t.NumField(); i++ {
		field := t.Field(i)
		tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if tag == "" && field.Anonymous {
			k.addFields(name, field.Type)
			continue
		}
		if tag == "" || tag == "-" {
			continue
		}
		if field.Type.Kind() == reflect.Pointer || marshalsItself(field.Type) {
			k[name] = append(k[name], tag)
		}
		k.walk(field.Type)
	}
}

func main() {
	for _, add := range []func() error{
		func() error { return apiextensions.AddToScheme(scheme.Scheme) },
		func() error { return apiregistration.AddToScheme(scheme.Scheme) },
	} {
		if err := add(); err != nil {
			panic(err)
		}
	}
	found := kept{}
	for _, t := range scheme.Scheme.AllKnownTypes() {
		found.walk(t)
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		panic(err)
	}
}
