package main

import (
	"context"
	"fmt"
	"os"
	"sort"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/client-go/dynamic"
	dynamicfake "k8s.io/client-go/dynamic/fake"
	"k8s.io/client-go/kubernetes"
	kubefake "k8s.io/client-go/kubernetes/fake"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	clienttesting "k8s.io/client-go/testing"
	"k8s.io/client-go/tools/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/yaml"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/settings"
)

const argoNamespace = "argocd"

// hub is a cluster in memory, as Argo CD's generators see it through their several clients.
type hub struct {
	secrets    []*corev1.Secret
	configMaps []*corev1.ConfigMap
	projects   []*v1alpha1.AppProject
	others     []*unstructured.Unstructured
}

// documents calls take with each document of a YAML stream.
func documents(path string, take func(doc []byte) error) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, doc := range strings.Split("\n"+string(content), "\n---") {
		if strings.TrimSpace(doc) == "" {
			continue
		}
		if err := take([]byte(doc)); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

func (h *hub) addSecret(doc []byte) error {
	var s corev1.Secret
	if err := yaml.Unmarshal(doc, &s); err != nil {
		return err
	}
	if s.Namespace == "" {
		s.Namespace = argoNamespace
	}
	if s.Data == nil {
		s.Data = map[string][]byte{}
	}
	for k, v := range s.StringData {
		s.Data[k] = []byte(v)
	}
	h.secrets = append(h.secrets, &s)
	return nil
}

func (h *hub) addConfigMap(doc []byte) error {
	var cm corev1.ConfigMap
	if err := yaml.Unmarshal(doc, &cm); err != nil {
		return err
	}
	if cm.Namespace == "" {
		cm.Namespace = argoNamespace
	}
	h.configMaps = append(h.configMaps, &cm)
	return nil
}

// addObject takes a Secret, a ConfigMap, or anything else as a resource that a clusterDecisionResource may name.
func (h *hub) addObject(doc []byte) error {
	var o unstructured.Unstructured
	content, err := yaml.YAMLToJSON(doc)
	if err != nil {
		return err
	}
	// as a client reads it from the API server: whole numbers are int64
	if err := utiljson.Unmarshal(content, &o.Object); err != nil {
		return err
	}
	switch {
	case o.Object == nil:
		return nil
	case o.GetAPIVersion() == "v1" && o.GetKind() == "Secret":
		return h.addSecret(doc)
	case o.GetAPIVersion() == "v1" && o.GetKind() == "ConfigMap":
		return h.addConfigMap(doc)
	}
	if o.GetNamespace() == "" {
		o.SetNamespace(argoNamespace)
	}
	h.others = append(h.others, &o)
	return nil
}

func (h *hub) client() (client.Client, error) {
	scheme := runtime.NewScheme()
	if err := clientgoscheme.AddToScheme(scheme); err != nil {
		return nil, err
	}
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		return nil, err
	}
	var objects []client.Object
	for _, s := range h.secrets {
		objects = append(objects, s)
	}
	for _, cm := range h.configMaps {
		objects = append(objects, cm)
	}
	for _, p := range h.projects {
		objects = append(objects, p)
	}
	return fake.NewClientBuilder().WithScheme(scheme).WithObjects(objects...).Build(), nil
}

func (h *hub) clientset() kubernetes.Interface {
	var objects []runtime.Object
	for _, s := range h.secrets {
		objects = append(objects, s)
	}
	for _, cm := range h.configMaps {
		objects = append(objects, cm)
	}
	return kubefake.NewClientset(objects...)
}

// dynamic serves the other objects. The fake client knows no field selectors, and no order; an API server has both.
func (h *hub) dynamic() dynamic.Interface {
	kinds := map[schema.GroupVersionResource]string{}
	for _, cm := range h.configMaps { // each resource that may be asked for exists, if only as an empty list
		group, version, found := strings.Cut(cm.Data["apiVersion"], "/")
		if found && group != "" && version != "" && cm.Data["kind"] != "" {
			kinds[schema.GroupVersionResource{Group: group, Version: version, Resource: cm.Data["kind"]}] = "UnknownList"
		}
	}
	var objects []runtime.Object
	for _, o := range h.others {
		plural := schema.GroupVersionResource{Resource: strings.ToLower(o.GetKind()) + "s"}
		plural.Group, plural.Version = o.GroupVersionKind().Group, o.GroupVersionKind().Version
		kinds[plural] = o.GetKind() + "List"
		objects = append(objects, o)
	}
	c := dynamicfake.NewSimpleDynamicClientWithCustomListKinds(runtime.NewScheme(), kinds, objects...)
	c.PrependReactor("list", "*", func(action clienttesting.Action) (bool, runtime.Object, error) {
		list := action.(clienttesting.ListAction)
		selector := list.GetListRestrictions().Fields
		found := &unstructured.UnstructuredList{}
		found.SetAPIVersion(action.GetResource().GroupVersion().String())
		found.SetKind(kinds[action.GetResource()])
		for _, o := range h.others {
			gvk := o.GroupVersionKind()
			same := gvk.Group == action.GetResource().Group && gvk.Version == action.GetResource().Version &&
				strings.ToLower(gvk.Kind)+"s" == action.GetResource().Resource
			wanted := selector == nil || selector.Matches(fields.Set{"metadata.name": o.GetName()})
			if same && o.GetNamespace() == action.GetNamespace() && wanted {
				found.Items = append(found.Items, *o.DeepCopy())
			}
		}
		sort.SliceStable(found.Items, func(i, j int) bool { return found.Items[i].GetName() < found.Items[j].GetName() })
		return true, found, nil
	})
	return c
}

// informer is what clusterDecisionResource finds its clusters by.
func (h *hub) informer(ctx context.Context, clientset kubernetes.Interface) (*settings.ClusterInformer, error) {
	informer, err := settings.NewClusterInformer(clientset, argoNamespace)
	if err != nil {
		return nil, err
	}
	go informer.Run(ctx.Done())
	if !cache.WaitForCacheSync(ctx.Done(), informer.HasSynced) {
		return nil, fmt.Errorf("the cluster informer does not come up")
	}
	return informer, nil
}

// addProject adds the AppProject that the git generators look up; it is assumed to exist.
func (h *hub) addProject(name string) {
	h.projects = append(h.projects, &v1alpha1.AppProject{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: argoNamespace}})
}
