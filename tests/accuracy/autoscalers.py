"""Replicas, which an autoscaler in the cell sets within its bounds by right, whoever wrote them last."""


def settle(case, autoscalers):
    """Takes what is right out of what must be found; `autoscalers` are those that the cell has now."""
    targeting = [one for one in autoscalers if _targets(one, case.subject)]
    case.expected = [one for one in case.expected
                     if one.path != "spec.replicas" or not any(_is_within(one.have, scaler) for scaler in targeting)]


def _targets(autoscaler, subject):
    reference = autoscaler["spec"]["scaleTargetRef"]
    _, kind, namespace, name = subject.key
    is_near = autoscaler["metadata"]["namespace"] == namespace
    group = reference.get("apiVersion", "").rpartition("/")[0]  # an autoscaler finds its target at any version
    return is_near and (group, reference["kind"], reference["name"]) == (subject.key[0], kind, name)


def _is_within(replicas, autoscaler):
    spec = autoscaler["spec"]
    return replicas is not None and spec.get("minReplicas", 1) <= replicas <= spec["maxReplicas"]
