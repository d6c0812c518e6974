"""Changes of ConfigMaps, Secrets and custom resources."""

from harness.changes import Case, all_of, edit, kubectl, merge_as, patch
from harness.expect import Secret, With, added, missing, modified, removed

file = "apps/backend/config/web-config.yaml"
secrets_file = "apps/backend/config/secrets.yaml"
features_file = "apps/backend/config/features.json"
widget_file = "apps/backend/config/widget.yaml"
config, features, limits = "ConfigMap backend/web-config", "ConfigMap backend/features", "ConfigMap backend/limits"
credentials, api_key = "Secret backend/store-credentials", "Secret backend/api-key"
widget = "Widget backend/gear"

config_maps = [
    Case(
        "a ConfigMap gets one more key",
        patch("configmap/web-config", {"data": {"colour": "blue"}}),
        [added(config, "data.colour", "blue", "kubectl-patch", f"{file}: data:")],
        (config,),
    ),
    Case(
        "a ConfigMap's key is changed",
        edit("configmap/web-config", "s/greeting: hello/greeting: hi/"),
        [modified(config, "data.greeting", "hello", "hi", "kubectl-edit", f"{file}: greeting: hello")],
        (config,),
    ),
    Case(
        "a ConfigMap loses a key",
        patch("configmap/web-config", {"data": {"greeting": None}}),
        [removed(config, "data.greeting", "hello", f"{file}: greeting: hello")],
        (config,),
    ),
    Case(
        "a line of a file in it is changed",
        edit("configmap/web-config", "s/timeout 30s/timeout 5s/"),
        [modified(config, 'data["web.conf"]', "listen 8080\ntimeout 30s\nupstream store:5432\n",
                  "listen 8080\ntimeout 5s\nupstream store:5432\n", "kubectl-edit", f"{file}: web.conf: |")],
        (config,),
    ),
    Case(
        "bytes are changed",
        patch("configmap/web-config", {"binaryData": {"logo.bin": "AAAA"}}),
        [modified(config, 'binaryData["logo.bin"]', "iVBORw0KGgo=", "AAAA", "kubectl-patch",
                  f"{file}: logo.bin: iVBORw0KGgo=")],
        (config,),
    ),
    Case(
        "an object of a JSON list is changed",
        patch("configmap/features", {"data": {"search": "on"}}),
        [modified(features, "data.search", "off", "on", "kubectl-patch",
                  f'{features_file}: "data": {{"checkout": "on", "search": "off"}}')],
        (features,),
    ),
    Case(
        "a ConfigMap is deleted",
        kubectl("delete configmap/web-config"),
        [missing(config, f"{file}: apiVersion: v1")],
        (config,),
    ),
    Case(
        "a ConfigMap is deleted and made anew",
        all_of(kubectl("delete configmap/limits"), kubectl("create configmap limits --from-literal=requests=900")),
        [
            modified(limits, "data.requests", "100", "900", "kubectl-create", f'{features_file}: "data": {{"requests": "100"}}'),
            removed(limits, "immutable", True, f'{features_file}: "immutable": true,'),
        ],
        (limits,),
    ),
]

secrets = [
    Case(
        "a Secret's value is changed: both sides are hashes",
        patch("secret/store-credentials", {"stringData": {"password": "canary-password-7h3k-new"}}),
        [modified(credentials, "data.password", Secret(), Secret(), "kubectl-patch",
                  f"{secrets_file}: password: Y2FuYXJ5LXBhc3N3b3JkLTdoM2s=")],
        (credentials,),
    ),
    Case(
        "a value that Git states as stringData is changed",
        patch("secret/api-key", {"stringData": {"key": "canary-api-key-4m8w-new"}}),
        [modified(api_key, "data.key", Secret(), Secret(), "kubectl-patch", f"{secrets_file}: key: canary-api-key-4m8w")],
        (api_key,),
    ),
    Case(
        "a Secret gets one more key",
        patch("secret/store-credentials", {"stringData": {"token": "canary-user-9q2x"}}),
        [added(credentials, "data.token", Secret(), "kubectl-patch", f"{secrets_file}: data:")],
        (credentials,),
    ),
    Case(
        "a Secret loses a key",
        patch("secret/store-credentials", {"data": {"username": None}}),
        [removed(credentials, "data.username", Secret(), f"{secrets_file}: username: Y2FuYXJ5LXVzZXItOXEyeA==")],
        (credentials,),
    ),
]

custom = [
    Case(
        "a custom resource's field is changed",
        patch("widget/gear", {"spec": {"size": 5}}),
        [modified(widget, "spec.size", 3, 5, "kubectl-patch", f"{widget_file}: size: 3")],
        (widget,),
    ),
    Case(
        "a custom resource's field that Git leaves at its default is changed",
        patch("widget/gear", {"spec": {"limits": {"hard": 50}}}),
        [added(widget, "spec.limits.hard", 50, "kubectl-patch", f"{widget_file}: limits:")],
        (widget,),
    ),
    Case(
        "a custom resource's controller writes its status",
        merge_as("widget-controller/v1", "Widget backend/gear", {"status": {"ready": True}}, "status"),
        [],
        (widget,),
    ),
]

cases = config_maps + secrets + custom
