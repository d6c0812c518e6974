// Answers how healthy Argo CD 3.5's own code says that objects are: gitops-engine's pkg/health with the Lua scripts that
// Argo CD has built in.
//
//	health answer < OBJECTS > ANSWERS
//	health random COUNT SEED > OBJECTS
//
// Each line is JSON. An answer is {"object": object, "health": "Healthy"}; "" is what Argo CD has no opinion of. COUNT is
// how many objects there are of each kind.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/health"
	"github.com/argoproj/argo-cd/v3/util/lua"
	"github.com/sirupsen/logrus"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

type answered struct {
	Object *unstructured.Unstructured `json:"object"`
	Health health.HealthStatusCode    `json:"health"`
}

// A script that stumbles has no opinion; its error is shown as Unknown.
func judge(object *unstructured.Unstructured) answered {
	found, err := health.GetResourceHealth(object, lua.ResourceHealthOverrides{})
	stumbled := err != nil && health.GetHealthCheckFunc(object.GroupVersionKind()) == nil
	if found == nil || stumbled {
		return answered{Object: object}
	}
	return answered{Object: object, Health: found.Status}
}

func answer() error {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	answers := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		object := &unstructured.Unstructured{}
		if err := json.Unmarshal(lines.Bytes(), object); err != nil {
			return err
		}
		if err := answers.Encode(judge(object)); err != nil {
			return err
		}
	}
	return lines.Err()
}

func run(arguments []string) error {
	logrus.SetOutput(io.Discard)
	switch {
	case len(arguments) == 1 && arguments[0] == "answer":
		return answer()
	case len(arguments) == 3 && arguments[0] == "random":
		count, err := strconv.Atoi(arguments[1])
		if err != nil {
			return err
		}
		seed, err := strconv.ParseInt(arguments[2], 10, 64)
		if err != nil {
			return err
		}
		return writeRandom(count, seed)
	}
	return fmt.Errorf("usage: health answer | health random COUNT SEED")
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
