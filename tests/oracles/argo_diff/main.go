// Answers what Argo CD 3.5's own code leaves of objects under ignoreDifferences, and what it reads in an argocd-cm.
//
//	argo_diff answer < QUESTIONS > ANSWERS
//	argo_diff random COUNT SEED > QUESTIONS
//	argo_diff aggregated > testdata/compare/aggregated_roles.json
//
// Each line is JSON. A question is {"rule": {group, kind, jsonPointers, jqPathExpressions, managedFieldsManagers}, "live": object,
// "target": object}; its answer {"live": object, "target": object} as normalised, or {"error": text}.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

type question struct {
	Rule   v1alpha1.ResourceIgnoreDifferences `json:"rule"`
	Live   map[string]any                     `json:"live"`
	Target map[string]any                     `json:"target"`
}

func normalised(object map[string]any, rule v1alpha1.ResourceIgnoreDifferences) (map[string]any, error) {
	normaliser, err := normalizers.NewIgnoreNormalizer([]v1alpha1.ResourceIgnoreDifferences{rule}, nil, normalizers.IgnoreNormalizerOpts{})
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	un := &unstructured.Unstructured{}
	if err := json.Unmarshal(text, un); err != nil {
		return nil, err
	}
	if err := normaliser.Normalize(un); err != nil {
		return nil, err
	}
	return un.Object, nil
}

func answer(line []byte) any {
	var q question
	if err := json.Unmarshal(line, &q); err != nil {
		return map[string]string{"error": err.Error()}
	}
	live, err := normalised(q.Live, q.Rule)
	if err != nil {
		return map[string]string{"error": err.Error()}
	}
	target, err := normalised(q.Target, q.Rule)
	if err != nil {
		return map[string]string{"error": err.Error()}
	}
	return map[string]any{"live": live, "target": target}
}

func each(f func([]byte) any) {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for in.Scan() {
		if err := out.Encode(f(in.Bytes())); err != nil {
			panic(err)
		}
	}
}

func main() {
	switch {
	case len(os.Args) == 2 && os.Args[1] == "answer":
		each(answer)
	case len(os.Args) == 4 && os.Args[1] == "random":
		count, _ := strconv.Atoi(os.Args[2])
		seed, _ := strconv.ParseInt(os.Args[3], 10, 64)
		randomQuestions(count, seed)
	case len(os.Args) == 2 && os.Args[1] == "aggregated":
		aggregatedRoles()
	default:
		fmt.Fprintln(os.Stderr, "usage: argo_diff answer | random COUNT SEED | aggregated")
		os.Exit(2)
	}
}
