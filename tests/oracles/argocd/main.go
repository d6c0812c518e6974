// Prints what Argo CD's own code makes of questions, one JSON object a line in, one a line out.
//
//	oracle revision   {"url", "revision", "tagPrefix"}                    -> {"revision", "error"}
//	oracle overrides  {"source", "appName", "files": {name: text}}        -> {"source", "error"}
//	oracle project    {"project", "app", "clusters", "objects": [...],    -> {"conditions", "refused", "windows"}
//	                   "others": [project, ...], "globalProjects": text}
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	log "github.com/sirupsen/logrus"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/tools/cache"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	listers "github.com/argoproj/argo-cd/v3/pkg/client/listers/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	"github.com/argoproj/argo-cd/v3/util/argo"
	"github.com/argoproj/argo-cd/v3/util/db"
	"github.com/argoproj/argo-cd/v3/util/git"
	"github.com/argoproj/argo-cd/v3/util/settings"
)

type answer map[string]any

func revision(line []byte) (answer, error) {
	var q struct{ URL, Revision, TagPrefix string }
	if err := json.Unmarshal(line, &q); err != nil {
		return nil, err
	}
	client, err := git.NewClientExt(q.URL, os.TempDir(), git.NopCreds{}, false, false, "", "", git.WithTagPrefix(q.TagPrefix))
	if err != nil {
		return nil, err
	}
	found, err := client.LsRemote(q.Revision)
	if err != nil {
		return nil, err
	}
	return answer{"revision": found}, nil
}

func overrides(line []byte) (answer, error) {
	var q struct {
		Source  v1alpha1.ApplicationSource
		AppName string
		Files   map[string]string
	}
	if err := json.Unmarshal(line, &q); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "overrides")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for name, text := range q.Files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	_, err = repository.GetAppSourceType(context.Background(), &q.Source, dir, dir, q.AppName, map[string]bool{}, nil, nil)
	if err != nil && strings.HasPrefix(err.Error(), "error while parsing source parameters") {
		return nil, errors.New(strings.ReplaceAll(err.Error(), dir+"/", ""))
	}
	return answer{"source": q.Source}, nil
}

// clusters answers for those that Argo CD knows.
type clusters struct {
	db.ArgoDB
	all []*v1alpha1.Cluster
}

func (c clusters) GetCluster(_ context.Context, server string) (*v1alpha1.Cluster, error) {
	for _, cluster := range c.all {
		if strings.TrimRight(cluster.Server, "/") == server {
			return cluster, nil
		}
	}
	return nil, fmt.Errorf("cluster %q not found", server)
}

func (c clusters) GetClusterServersByName(_ context.Context, name string) ([]string, error) {
	var servers []string
	for _, cluster := range c.all {
		if cluster.Name == name {
			servers = append(servers, cluster.Server)
		}
	}
	return servers, nil
}

func (c clusters) GetProjectClusters(_ context.Context, project string) ([]*v1alpha1.Cluster, error) {
	var own []*v1alpha1.Cluster
	for _, cluster := range c.all {
		if cluster.Project == project {
			own = append(own, cluster)
		}
	}
	return own, nil
}

// managers remembers one for each text: each takes a tenth of a second to start.
var managers = map[string]*settings.SettingsManager{}

func managerOf(globals string) *settings.SettingsManager {
	if known, ok := managers[globals]; ok {
		return known
	}
	meta := metav1.ObjectMeta{Name: "argocd-cm", Namespace: "argocd", Labels: map[string]string{"app.kubernetes.io/part-of": "argocd"}}
	secret := meta
	secret.Name = "argocd-secret"
	client := fake.NewClientset(&corev1.ConfigMap{ObjectMeta: meta, Data: map[string]string{"globalProjects": globals}},
		&corev1.Secret{ObjectMeta: secret})
	managers[globals] = settings.NewSettingsManager(context.Background(), client, "argocd")
	return managers[globals]
}

// virtual is the project with what its global projects add to it.
func virtual(project *v1alpha1.AppProject, others []*v1alpha1.AppProject, globals string) (*v1alpha1.AppProject, error) {
	known := cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc})
	for _, each := range append(others, project) {
		if err := known.Add(each.DeepCopy()); err != nil {
			return nil, err
		}
	}
	return argo.GetAppVirtualProject(project, listers.NewAppProjectLister(known), managerOf(globals))
}

type object struct{ Group, Kind, Name, Namespace string }

func project(line []byte) (answer, error) {
	var q struct {
		Project  v1alpha1.AppProject
		App      v1alpha1.Application
		Clusters []*v1alpha1.Cluster
		Objects  []object
		Others   []*v1alpha1.AppProject

		GlobalProjects string
	}
	if err := json.Unmarshal(line, &q); err != nil {
		return nil, err
	}
	ctx := context.Background()
	known := clusters{all: q.Clusters}
	own, _ := known.GetProjectClusters(ctx, q.Project.Name)
	for _, cluster := range own { // GetAppProjectByName does this to each project
		destination := v1alpha1.ApplicationDestination{Server: cluster.Server, Namespace: "*"}
		q.Project.Spec.Destinations = append(q.Project.Spec.Destinations, destination)
	}
	if q.GlobalProjects != "" {
		whole, err := virtual(&q.Project, q.Others, q.GlobalProjects)
		if err != nil {
			return nil, err
		}
		q.Project = *whole
	}
	messages := []string{}
	if !q.Project.IsAppNamespacePermitted(&q.App, "argocd") {
		messages = append(messages, argo.ErrProjectNotPermitted(q.App.Name, q.App.Namespace, q.Project.Name).Error())
	}
	conditions, err := argo.ValidatePermissions(ctx, &q.App.Spec, &q.Project, known)
	if err != nil {
		return nil, err
	}
	for _, condition := range conditions {
		messages = append(messages, condition.Message)
	}
	refused := []string{}
	cluster, err := argo.GetDestinationCluster(ctx, q.App.Spec.Destination, known)
	if err == nil {
		for _, o := range q.Objects {
			kind := schema.GroupKind{Group: o.Group, Kind: o.Kind}
			permitted, err := q.Project.IsResourcePermitted(kind, o.Name, o.Namespace, cluster, func(name string) ([]*v1alpha1.Cluster, error) {
				return known.GetProjectClusters(ctx, name)
			})
			if err != nil {
				return nil, err
			}
			if !permitted {
				refused = append(refused, o.Group+"/"+o.Kind+"/"+o.Namespace+"/"+o.Name)
			}
		}
	}
	windows := []string{}
	for _, window := range q.Project.Spec.SyncWindows {
		windows = append(windows, window.Schedule)
	}
	return answer{"conditions": messages, "refused": refused, "windows": windows}, nil
}

func main() {
	log.SetOutput(io.Discard)
	questions := map[string]func([]byte) (answer, error){"revision": revision, "overrides": overrides, "project": project}
	ask, ok := questions[os.Args[len(os.Args)-1]]
	if !ok {
		fmt.Fprintln(os.Stderr, "usage: oracle revision|overrides|project")
		os.Exit(2)
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for in.Scan() {
		found, err := ask(in.Bytes())
		if err != nil {
			found = answer{"error": err.Error()}
		}
		if err := out.Encode(found); err != nil {
			panic(err)
		}
	}
}
