package main

// Random objects of the kinds that gitops-engine judges in Go, as an API server might have them.
var builtIn = []func() tree{
	replicated("Deployment"), replicated("StatefulSet"), replicated("ReplicaSet"), daemonSet, job, pod, claim, service,
	ingress("networking.k8s.io/v1"), ingress("extensions/v1beta1"), apiService, autoscaler, autoscalerV1, workflow, configuration,
}

func replicated(kind string) func() tree {
	return func() tree {
		object := headed("apps/v1", kind)
		spec := object["spec"].(tree)
		mostly(spec, "replicas", few())
		if chance(10) {
			spec["paused"] = chance(50)
		}
		if kind == "StatefulSet" {
			spec["updateStrategy"] = oneOf[any](tree{"type": "RollingUpdate", "rollingUpdate": tree{"partition": few()}}, tree{"type": "OnDelete"},
				tree{"type": "RollingUpdate"}, tree{"type": "RollingUpdate", "rollingUpdate": tree{"maxUnavailable": 1}}, tree{})
		}
		if status, has := object["status"].(tree); has {
			for _, key := range []string{"replicas", "updatedReplicas", "availableReplicas", "readyReplicas", "currentReplicas"} {
				mostly(status, key, few())
			}
			mostly(status, "currentRevision", oneOf("r1", "r2"))
			mostly(status, "updateRevision", oneOf("r1", "r2"))
			status["conditions"] = conditionsOf([]string{"Progressing", "Available", "ReplicaFailure"}, []string{"ProgressDeadlineExceeded", "FailedCreate"}, nil)
		}
		generations(object)
		return object
	}
}

func daemonSet() tree {
	object := headed("apps/v1", "DaemonSet")
	object["spec"].(tree)["updateStrategy"] = tree{"type": oneOf("RollingUpdate", "RollingUpdate", "OnDelete")}
	if status, has := object["status"].(tree); has {
		for _, key := range []string{"desiredNumberScheduled", "updatedNumberScheduled", "numberAvailable"} {
			mostly(status, key, few())
		}
	}
	generations(object)
	return object
}

func job() tree {
	object := headed("batch/v1", "Job")
	if status, has := object["status"].(tree); has {
		status["conditions"] = conditionsOf([]string{"Failed", "Complete", "Suspended", "FailureTarget", "SuccessCriteriaMet"}, nil, nil)
	}
	return object
}

func container() tree {
	state := oneOf[tree](tree{"running": tree{}}, tree{"waiting": tree{"reason": oneOf("ErrImagePull", "ImagePullBackOff", "CreateContainerError", "ContainerCreating", "Errors")}},
		tree{"terminated": tree{"exitCode": few()}}, tree{})
	one := tree{"name": "c", "state": state, "ready": chance(50)}
	if chance(30) {
		one["lastState"] = oneOf[tree](tree{"terminated": tree{"exitCode": few()}}, tree{})
	}
	return one
}

func pod() tree {
	object := headed("v1", "Pod")
	mostly(object["spec"].(tree), "restartPolicy", oneOf("Always", "Always", "Always", "OnFailure", "Never"))
	if status, has := object["status"].(tree); has {
		mostly(status, "phase", oneOf("Running", "Running", "Running", "Pending", "Succeeded", "Failed", "Unknown"))
		containers := []any{}
		for range few() {
			containers = append(containers, container())
		}
		status["containerStatuses"] = containers
		if chance(20) {
			status["initContainerStatuses"] = []any{container()}
		}
		status["conditions"] = conditionsOf([]string{"Ready", "ContainersReady", "Initialized"}, nil, nil)
	}
	return object
}

func claim() tree {
	object := headed("v1", "PersistentVolumeClaim")
	if status, has := object["status"].(tree); has {
		mostly(status, "phase", oneOf("Bound", "Pending", "Lost", "Other"))
	}
	return object
}

func addresses() []any {
	return oneOf([]any{}, []any{tree{"ip": "10.0.0.1"}}, []any{tree{"hostname": "a.example"}})
}

func service() tree {
	object := headed("v1", "Service")
	mostly(object["spec"].(tree), "type", oneOf("ClusterIP", "LoadBalancer", "LoadBalancer", "NodePort", "ExternalName"))
	if status, has := object["status"].(tree); has {
		mostly(status, "loadBalancer", tree{"ingress": addresses()})
	}
	return object
}

func ingress(apiVersion string) func() tree {
	return func() tree {
		object := headed(apiVersion, "Ingress")
		if status, has := object["status"].(tree); has {
			mostly(status, "loadBalancer", tree{"ingress": addresses()})
		}
		return object
	}
}

func apiService() tree {
	object := headed(oneOf("apiregistration.k8s.io/v1", "apiregistration.k8s.io/v1beta1"), "APIService")
	if status, has := object["status"].(tree); has {
		status["conditions"] = conditionsOf([]string{"Available", "Other"}, nil, nil)
	}
	return object
}

var scaling = []string{"AbleToScale", "ScalingActive", "ScalingLimited"}
var scalingReasons = []string{"FailedGetScale", "FailedUpdateScale", "FailedGetResourceMetric", "FailedGetObjectMetric", "FailedGetPodsMetric",
	"FailedGetExternalMetric", "FailedComputeMetricsReplicas", "InvalidSelector", "FailedGetOther", "ReadyForNewScale", "ValidMetricFound"}

func autoscaler() tree {
	object := headed("autoscaling/v2", "HorizontalPodAutoscaler")
	if status, has := object["status"].(tree); has {
		status["conditions"] = conditionsOf(scaling, scalingReasons, nil)
	}
	return object
}

// Version 1 has its conditions in an annotation.
func autoscalerV1() tree {
	object := headed("autoscaling/v1", "HorizontalPodAutoscaler")
	text := oneOf("[]", "null", "no json", "{}", textOf(conditionsOf(scaling, scalingReasons, nil)), textOf(conditionsOf(scaling, scalingReasons, nil)))
	if chance(90) {
		object["metadata"].(tree)["annotations"] = tree{"autoscaling.alpha.kubernetes.io/conditions": text}
	}
	return object
}

func workflow() tree {
	object := headed("argoproj.io/v1alpha1", "Workflow")
	if status, has := object["status"].(tree); has {
		mostly(status, "phase", oneOf("", "Pending", "Running", "Succeeded", "Failed", "Error", "Skipped"))
	}
	return object
}

// Nobody has an opinion of it.
func configuration() tree {
	return headed("v1", "ConfigMap")
}
