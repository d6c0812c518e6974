// Says how a live object differs from a target by Argo CD's own code (util/argo/diff on gitops-engine), as its
// controller calls it.
//
// usage: gitops_diff OPENAPI_V2_PROTOBUF < questions > answers
//
// A question is a line {"live": {…}, "target": {…}, "structured": bool}: structured is the merge that Argo CD uses where
// ServerSideApply=true; otherwise it is the three-way one. An answer is a line {"live": {…}, "predicted": {…}} as Argo CD
// normalised them, or {"error": "…"}.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/argo/diff"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
	openapi "github.com/google/gnostic-models/openapiv2"
	"github.com/sirupsen/logrus"
	"google.golang.org/protobuf/proto"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/managedfields"
	utilproto "k8s.io/kube-openapi/pkg/util/proto"
)

type question struct {
	Live       *unstructured.Unstructured `json:"live"`
	Target     *unstructured.Unstructured `json:"target"`
	Structured bool                       `json:"structured"`
}

type answer struct {
	Live      json.RawMessage `json:"live,omitempty"`
	Predicted json.RawMessage `json:"predicted,omitempty"`
	Error     string          `json:"error,omitempty"`
}

func readTypes(file string) (*managedfields.GvkParser, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	document := &openapi.Document{}
	if err := proto.Unmarshal(data, document); err != nil {
		return nil, err
	}
	models, err := utilproto.NewOpenAPIData(document)
	if err != nil {
		return nil, err
	}
	return managedfields.NewGVKParser(models, false)
}

func compare(asked question, types *managedfields.GvkParser) (found answer) {
	defer func() {
		if failure := recover(); failure != nil {
			found = answer{Error: fmt.Sprint(failure)}
		}
	}()
	config, err := diff.NewDiffConfigBuilder().
		WithDiffSettings(nil, map[string]v1alpha1.ResourceOverride{}, false, normalizers.IgnoreNormalizerOpts{}).
		WithTracking("app.kubernetes.io/instance", string(v1alpha1.TrackingMethodAnnotation)).
		WithNoCache().
		WithGVKParser(types).
		WithStructuredMergeDiff(asked.Structured).
		WithManager("argocd-controller").
		Build()
	if err != nil {
		return answer{Error: err.Error()}
	}
	result, err := diff.StateDiff(asked.Live, asked.Target, config)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Live: result.NormalizedLive, Predicted: result.PredictedLive}
}

func run(types string) error {
	logrus.SetOutput(io.Discard)
	parser, err := readTypes(types)
	if err != nil {
		return err
	}
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	answers := json.NewEncoder(os.Stdout)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		var asked question
		found := answer{}
		if err := json.Unmarshal(line, &asked); err != nil {
			found.Error = err.Error()
		} else {
			found = compare(asked, parser)
		}
		if err := answers.Encode(found); err != nil {
			return err
		}
	}
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gitops_diff OPENAPI_V2_PROTOBUF")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
