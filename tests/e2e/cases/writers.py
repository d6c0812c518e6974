"""Who writes: other tools, controllers, other ways of kubectl, and Git itself."""

from harness.changes import Case, all_of, apply_as, apply_changed, commit, edit, kubectl, merge_as
from harness.expect import added, missing, modified, removed, skew

file = "apps/backend/workloads/web.yaml"
web = "Deployment backend/web"
app = "spec.template.spec.containers[name=app]"
image_1_3 = "registry.example.com/web:1.3.0"
config_file = "apps/backend/config/web-config.yaml"
config = "ConfigMap backend/web-config"
all_cells = ("cell-a", "cell-b", "cell-c")


def in_all_cells(finding, **fields):
    return [finding(**fields, cell=cell) for cell in all_cells]


def git_wants_another_image(by):
    return in_all_cells(
        modified, object=web, path=f"{app}.image", want="registry.example.com/web:1.4.0", have=image_1_3, by=by,
        source=f"{file}: image: registry.example.com/web:1.4.0",
    )


def git_wants_no_team(by):
    return in_all_cells(added, object=web, path="metadata.labels.team", have="payments", by=by, source=f"{file}#1: labels:")


tools = [
    Case(
        "another tool applies a part of an object",
        apply_as("ops-tool", web, {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "web", "namespace": "backend", "labels": {"ops": "watched"}},
            "spec": {"minReadySeconds": 30},
        }),
        [
            added(web, "metadata.labels.ops", "watched", "ops-tool", f"{file}#1: labels:"),
            added(web, "spec.minReadySeconds", 30, "ops-tool", f"{file}#1: spec:"),
        ],
        (web,),
    ),
    Case(
        "helm writes a label",
        merge_as("helm/v3.15", web, {"metadata": {"labels": {"release": "web"}}}),
        [added(web, "metadata.labels.release", "web", "helm", f"{file}#1: labels:")],
        (web,),
    ),
    Case(
        "a controller writes what Git states",
        merge_as("replica-guard/v2", web, {"spec": {"replicas": 9}}),
        [modified(web, "spec.replicas", 2, 9, "replica-guard", f"{file}: replicas: 2")],
        (web,),
    ),
    Case(
        "a controller reports on an object",
        merge_as("kube-controller-manager/v1.35.1", web,
                 {"status": {"observedGeneration": 1, "replicas": 2, "updatedReplicas": 2, "unavailableReplicas": 2}},
                 "status"),
        [],
        (web,),
    ),
]

by_kubectl = [
    Case(
        "somebody applies another manifest by hand",
        apply_changed(file, "replicas: 2", "replicas: 4"),
        [modified(web, "spec.replicas", 2, 4, "kubectl-client-side-apply", f"{file}: replicas: 2")],
        (web,),
    ),
    Case(
        "somebody replaces an object by another manifest",
        kubectl("replace -f -", stdin={
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": "web-config", "namespace": "backend"},
            "data": {"greeting": "good day", "workers": "4"},
        }),
        [
            modified(config, "data.greeting", "hello", "good day", "kubectl-replace", f"{config_file}: greeting: hello"),
            removed(config, 'data["web.conf"]', "listen 8080\ntimeout 30s\nupstream store:5432\n",
                    f"{config_file}: web.conf: |"),
            removed(config, 'binaryData["logo.bin"]', "iVBORw0KGgo=", f"{config_file}: logo.bin: iVBORw0KGgo="),
        ],
        (config,),
    ),
]

git = [
    Case(
        "Git moves on to another image: every cell lags, none is out of step",
        commit(file, image_1_3, "registry.example.com/web:1.4.0"),
        git_wants_another_image("argocd-controller"),
        client_side=git_wants_another_image("kubectl-client-side-apply"),
    ),
    Case(
        "Git drops a line: the cells still have it",
        commit(file, "    team: payments\n", ""),
        git_wants_no_team("argocd-controller"),
        client_side=git_wants_no_team("kubectl-client-side-apply"),
    ),
    Case(
        "Git wants one more object",
        lambda world, _cell: (
            world.repo.write("apps/backend/config/new.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: new}\n"),
            world.repo.commit("Add a ConfigMap"),
        ),
        in_all_cells(missing, object="ConfigMap backend/new", source="apps/backend/config/new.yaml: apiVersion: v1"),
    ),
    Case(
        "Git says the same in other words",
        all_of(commit(file, "cpu: 0.5", 'cpu: "500m"'), commit(file, "memory: 2Gi", "memory: 2048Mi"),
               commit(file, "  replicas: 2\n", "  replicas: 0x2\n")),
        [],
    ),
    Case(
        "Git states the defaults",
        commit(file, "  replicas: 2\n", "  replicas: 2\n  revisionHistoryLimit: 10\n  paused: false\n"),
        [],
    ),
]

cases = tools + by_kubectl + git
