package main

import (
	"encoding/json"
	"io"
	"os"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/argo/diff"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
	"github.com/sirupsen/logrus"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

const (
	selection = `{"clusterRoleSelectors":[{"matchLabels":{"aggregate":"yes"}}]}`
	someRules = `[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]`
	moreRules = `[{"apiGroups":[""],"resources":["nodes"],"verbs":["list"]}]`
)

func role(aggregation, rules string) *unstructured.Unstructured {
	object := map[string]any{}
	text := `{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"a"}`
	if aggregation != "" {
		text += `,"aggregationRule":` + aggregation
	}
	if rules != "" {
		text += `,"rules":` + rules
	}
	if err := json.Unmarshal([]byte(text+"}"), &object); err != nil {
		panic(err)
	}
	return &unstructured.Unstructured{Object: object}
}

// Every way in which Git and a cell can state rules and aggregation, and whether Argo CD finds a difference with
// resource.compareoptions ignoreAggregatedRoles: true.
func aggregatedRoles() {
	logrus.SetOutput(io.Discard)
	config, err := diff.NewDiffConfigBuilder().
		WithDiffSettings(nil, map[string]v1alpha1.ResourceOverride{}, true, normalizers.IgnoreNormalizerOpts{}).
		WithTracking("app.kubernetes.io/instance", string(v1alpha1.TrackingMethodAnnotation)).
		WithNoCache().
		Build()
	if err != nil {
		panic(err)
	}
	var cases []map[string]any
	for _, stated := range []string{"", "null", selection} {
		for _, live := range []string{"", selection} {
			for _, want := range []string{"", "[]", "null", someRules} {
				for _, have := range []string{"", "null", someRules, moreRules} {
					target, object := role(stated, want), role(live, have)
					result, err := diff.StateDiff(object.DeepCopy(), target.DeepCopy(), config)
					if err != nil {
						panic(err)
					}
					cases = append(cases, map[string]any{"target": target, "live": object, "modified": result.Modified})
				}
			}
		}
	}
	out := json.NewEncoder(os.Stdout)
	if err := out.Encode(map[string]any{"tool": "Argo CD 3.5.7", "cases": cases}); err != nil {
		panic(err)
	}
}
