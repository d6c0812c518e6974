"""Fields that are not drawn: the API server lets nobody change them once an object is there. One that is not listed is
refused and drawn anew, which costs time alone."""

import fnmatch

_fixed = {
    "Pod": ("spec.[!ct]*", "spec.containers[[]*].[!i]*"),
    "Job": ("spec.template", "spec.selector", "spec.completion*", "spec.manualSelector", "spec.podFailurePolicy",
            "spec.successPolicy", "spec.podReplacementPolicy", "spec.managedBy", "spec.backoffLimitPerIndex"),
    "Deployment": ("spec.selector",),
    "DaemonSet": ("spec.selector",),
    "ReplicaSet": ("spec.selector",),
    "StatefulSet": ("spec.selector", "spec.serviceName", "spec.podManagementPolicy", "spec.volumeClaimTemplates"),
    "PersistentVolumeClaim": ("spec",),
    "PersistentVolume": ("spec.[!acmp]*", "spec.csi", "spec.cephfs", "spec.persistentVolumeSource"),
    "RoleBinding": ("roleRef",),
    "ClusterRoleBinding": ("roleRef",),
    "ControllerRevision": ("data",),
    "CertificateSigningRequest": ("spec",),
    "CSIDriver": ("spec.attachRequired", "spec.fsGroupPolicy", "spec.volumeLifecycleModes", "spec.podInfoOnMount"),
    "CSIStorageCapacity": ("nodeTopology", "storageClassName"),
    "StorageClass": ("parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"),
    "VolumeAttributesClass": ("driverName", "parameters"),
    "VolumeAttachment": ("spec",),
    "PriorityClass": ("value", "preemptionPolicy"),
    "RuntimeClass": ("handler",),
    "ResourceClaim": ("spec",),
    "ResourceClaimTemplate": ("spec",),
    "ResourceSlice": ("spec.driver", "spec.nodeName", "spec.pool.name"),
    "IPAddress": ("spec",),
    "ServiceCIDR": ("spec",),
    "Secret": ("type",),
    "EndpointSlice": ("addressType",),
    "Service": ("spec.clusterIP", "spec.clusterIPs", "spec.ipFamilies", "spec.ipFamilyPolicy"),
    "Event": ("involvedObject", "eventTime", "reportingController", "reportingInstance", "action", "reason", "regarding",
              "deprecated*", "series", "type", "note", "related"),
    # With its types a definition changes the objects that it defines.
    "CustomResourceDefinition": ("spec.group", "spec.scope", "spec.names", "spec.versions[[]*].[!a]*", "spec.conversion"),
    "idle CustomResourceDefinition": ("spec.group", "spec.scope", "spec.names.[!sc]*", "spec.names.singular"),
    # They would stand in for hands: what a mutating webhook may have put somewhere is not known to be drift. See
    # webhooks.py for how they are changed.
    "MutatingWebhookConfiguration": ("webhooks[[]*].rules",),
    "APIService": ("spec.group", "spec.version", "spec.insecureSkipTLSVerify", "spec.caBundle"),
    "Node": ("spec.podCIDR*", "spec.providerID"),
}


def is_fixed(object, text):
    return any(fnmatch.fnmatchcase(text, pattern) for pattern in _fixed.get(_key(object), ()))


def _key(object):
    """A definition of which there are no objects can be changed without changing any."""
    kind = object["kind"]
    is_idle = kind == "CustomResourceDefinition" and object["spec"].get("group", "").startswith("idle.")
    return f"idle {kind}" if is_idle else kind
