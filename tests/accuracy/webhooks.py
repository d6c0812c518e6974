"""Changes of what webhook configurations say: whom they call, for what, and what happens when nobody answers."""

import copy

from tree import Draft

kinds = ("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")


def _rule(rng):
    """For kinds that nobody has: a mutating webhook that is called for an object may have changed it by right."""
    return {"apiGroups": [f"nowhere-{rng.randrange(9)}.example.com"], "apiVersions": ["v1"], "resources": ["things"],
            "operations": rng.sample(["CREATE", "UPDATE", "DELETE"], rng.randrange(1, 3))}


def add_rule(webhook, rng):
    webhook.setdefault("rules", []).insert(rng.randrange(len(webhook.get("rules", ())) + 1), _rule(rng))
    return "rules"


def change_rules(webhook, rng):
    if webhook.get("rules"):
        rule = rng.choice(webhook["rules"])
        rule["operations"] = rng.choice((["CREATE"], ["UPDATE"], ["CREATE", "UPDATE"], ["DELETE"]))
        return "rules"
    return add_rule(webhook, rng)


def remove_rules(webhook, rng):
    webhook.pop("rules", None)
    return "rules"


def set_url(webhook, rng):
    webhook["clientConfig"].pop("service", None)
    webhook["clientConfig"]["url"] = f"https://hook-{rng.randrange(99)}.example.com/review"
    return "clientConfig"


def set_service(webhook, rng):
    webhook["clientConfig"].pop("url", None)
    webhook["clientConfig"]["service"] = {"name": f"hook-{rng.randrange(99)}", "namespace": "sample",
                                          **rng.choice(({}, {"path": "/review"}, {"port": 8443}))}
    return "clientConfig"


def _set(name, *values):
    def change(webhook, rng):
        webhook[name] = rng.choice([value for value in values if value != webhook.get(name)])
        return name

    return change


_labels = {"matchLabels": {"hooked": "yes"}}
_expressions = {"matchExpressions": [{"key": "hooked", "operator": "NotIn", "values": ["no"]}]}
_conditions = [{"name": "not-by-us", "expression": "request.userInfo.username != 'us'"}]
_settings = (
    ("rules", add_rule), ("rules", change_rules), ("rules", remove_rules),
    ("client", set_url), ("client", set_service),
    ("failurePolicy", _set("failurePolicy", "Fail", "Ignore")),
    ("other settings", _set("matchPolicy", "Exact", "Equivalent")),
    ("other settings", _set("timeoutSeconds", 1, 7, 30)),
    ("other settings", _set("sideEffects", "None", "NoneOnDryRun")),
    ("other settings", _set("namespaceSelector", {}, _labels, _expressions)),
    ("other settings", _set("objectSelector", {}, _labels, _expressions)),
    ("other settings", _set("matchConditions", _conditions)),
    ("other settings", _set("admissionReviewVersions", ["v1"], ["v1", "v1beta1"])),
)


def _change(object, rng, change):
    if object["kind"] not in kinds or not object.get("webhooks"):
        return None
    changed = copy.deepcopy(object)
    webhook = rng.choice(changed["webhooks"])
    at = change(webhook, rng)
    return Draft(changed, ((("f", "webhooks"), ("k", (("name", webhook["name"]),)), ("f", at)),))


def setting(about):
    changes = [change for name, change in _settings if name == about]
    return lambda object, nodes, rng: _change(object, rng, rng.choice(changes))


def authority(object, nodes, rng):
    """Whoever edits caBundle by hand cuts off the webhook; a controller that does so renews its certificate."""
    def change(webhook, rng):
        webhook["clientConfig"]["caBundle"] = rng.choice(_authorities)
        return "clientConfig"

    return _change(object, rng, change)


_authorities = ("c2FsdA==", "cGVwcGVy", "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCi0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K")
mutators = {
    **{f"a webhook's {about}": (9, setting(about)) for about in dict.fromkeys(name for name, _ in _settings)},
    "a webhook's caBundle": (9, authority),
}
