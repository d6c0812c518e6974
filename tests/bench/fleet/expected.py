"""What celldrift must find of a plan, and nothing else."""

IMAGE = "spec.template.spec.containers[name=app].image"
VERSION = 'metadata.labels["app.kubernetes.io/version"]'

# Kind -> (rule, severity, kind of object, path) in each of its cells.
IN_EACH = {
    "scaled": [("drift/modified", "error", "Deployment", "spec.replicas")],
    "config-edited": [("drift/modified", "error", "ConfigMap", "data.log-level")],
    "variable-added": [("drift/added", "warning", "Deployment",
                        "spec.template.spec.containers[name=app].env[name=DEBUG]")],
    "label-added": [("drift/added", "warning", "Service", "metadata.labels.team")],
    "probe-removed": [("drift/removed", "error", "Deployment",
                       "spec.template.spec.containers[name=app].livenessProbe")],
    "secret-changed": [("drift/modified", "error", "Secret", "data.password")],
    "image-by-hand": [("drift/modified", "error", "Deployment", IMAGE)],
    "lag": [("drift/modified", "error", "Deployment", IMAGE), ("drift/modified", "error", "Deployment", VERSION)],
    "missing": [("missing", "error", "PodDisruptionBudget", "")],
    "extra": [("extra", "warning", "ConfigMap", "")],
}
# Kind -> the same, once for all of its cells.
ONCE = {
    "canary": [("skew/image", "note", "Deployment", IMAGE), ("skew/version", "note", "Deployment", VERSION)],
    "lag": [("skew/image", "error", "Deployment", IMAGE), ("skew/version", "error", "Deployment", VERSION)],
    "image-by-hand": [("skew/image", "error", "Deployment", IMAGE)],
    "object-by-hand": [("parity/object", "warning", "ConfigMap", "")],
    "webhook": [("parity/field", "warning", "Deployment", "spec.template.metadata.labels.injected"),
                ("parity/substrate", "warning", "MutatingWebhookConfiguration", "")],
}
NAMES = {"extra": "{}-before", "object-by-hand": "by-hand"}
NAMES_OF_CLUSTERS = {"MutatingWebhookConfiguration": "inject-{}"}


def finding(row, planted, cells):
    rule, severity, kind, path = row
    service = planted.service.name
    if kind in NAMES_OF_CLUSTERS:
        return {"rule": rule, "severity": severity, "cells": list(cells), "component": "(cluster)", "kind": kind,
                "namespace": None, "name": NAMES_OF_CLUSTERS[kind].format(service), "path": path}
    name = NAMES.get(planted.kind, "{}").format(service)
    return {"rule": rule, "severity": severity, "cells": list(cells), "component": service,
            "kind": kind, "namespace": service, "name": name, "path": path}


def findings_of(planted):
    for row in IN_EACH.get(planted.kind, []):
        for cell in planted.cells:
            yield finding(row, planted, [cell])
    for row in ONCE.get(planted.kind, []):
        yield finding(row, planted, planted.cells)


def mislabelled_cell(plan, services, cells):
    for service in services if plan.mislabelled and len(cells) > 2 else []:
        if service.is_edge:
            yield {"rule": "parity/application", "severity": "warning", "cells": [plan.mislabelled],
                   "component": service.name, "kind": "Application", "namespace": None,
                   "name": f"{min(cell for cell in cells if cell != plan.mislabelled)}-{service.name}", "path": ""}


def all_findings(plan, services, cells):
    found = [each for planted in plan.all for each in findings_of(planted)]
    return found + list(mislabelled_cell(plan, services, cells))


def counts(found, stated):
    """Objects by status; `stated` is how many Git wants, over all cells."""
    def distinct(rule):
        return len({(*each["cells"], each["kind"], each["namespace"], each["name"]) for each in found
                    if each["rule"].startswith(rule)})

    drifted, missing = distinct("drift/"), distinct("missing")
    return {"equal": stated - drifted - missing, "drifted": drifted, "missing": missing, "extra": distinct("extra"),
            "unknown": 0}
