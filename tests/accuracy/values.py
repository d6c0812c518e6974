"""Random values: other scalars in place of one, and new values of a type from the server's OpenAPI."""

words = ("amber", "birch", "coral", "delta", "ember", "frost", "grove", "haven", "iris", "jade")
quantities = ("1", "250m", "2", "3Gi", "64Mi", "500m", "7", "1500m", "10Gi")
lines = "listen {0}\ntimeout {1}s\n\nupstream {2}:80\n"


def word(rng):
    return f"{rng.choice(words)}-{rng.randrange(1000)}"


def other_scalar(value, type, rng):
    """Something else of the same JSON type."""
    if isinstance(value, bool):
        return not value
    if type.is_quantity:
        return rng.choice([one for one in quantities if one != value])
    if isinstance(value, (int, float)):
        return value + rng.choice((-2, -1, 1, 2, 5))
    if type.schema.get("enum"):
        others = [one for one in type.schema["enum"] if one != value]
        return rng.choice(others) if others else value
    return _other_text(value, type, rng)


def _other_text(value, type, rng):
    if type.schema.get("format") == "byte":
        return rng.choice(("c2FsdA==", "cGVwcGVy", "AAEC", ""))
    if type.schema.get("format") == "date-time":
        return f"2026-0{rng.randrange(1, 9)}-11T0{rng.randrange(9)}:30:00Z"
    if value.endswith("%"):
        return f"{rng.randrange(1, 99)}%"
    if "\n" in value:
        text = value.splitlines()
        text[rng.randrange(len(text))] = word(rng)
        return "\n".join(text) + "\n"
    known = [pair for pair in _opposites if value in pair]
    if known:
        return rng.choice([one for one in known[0] if one != value])
    return rng.choice((f"{value}-{rng.randrange(10)}", word(rng), f"{value}{rng.randrange(10)}"))


# Fields without an enum in the OpenAPI that take these words alone.
_opposites = (
    ("Always", "IfNotPresent", "Never", "OnFailure"), ("TCP", "UDP", "SCTP"), ("ClusterFirst", "Default"),
    ("RollingUpdate", "Recreate", "OnDelete"), ("Retain", "Delete"), ("Allow", "Forbid", "Replace"),
    ("Cluster", "Local"), ("Fail", "Ignore"), ("Equivalent", "Exact"), ("HTTP", "HTTPS"), ("None", "ClientIP"),
    ("File", "FallbackToLogsOnError"), ("Exact", "Prefix"), ("NoSchedule", "NoExecute", "PreferNoSchedule"),
    ("OrderedReady", "Parallel"), ("ReadWriteOnce", "ReadWriteMany"), ("Max", "Min", "Disabled"),
    ("PreemptLowerPriority", "Never"), ("In", "NotIn"), ("Exists", "DoesNotExist"), ("Immediate", "WaitForFirstConsumer"),
)


def scalar(type, rng):
    schema = type.schema
    if schema.get("enum"):
        return rng.choice(schema["enum"])
    if type.is_quantity:
        return rng.choice(quantities)
    if type.is_int_or_string:
        return rng.choice((rng.randrange(1, 90), f"{rng.randrange(1, 90)}%"))
    kind = schema.get("type")
    if kind == "integer":
        return rng.randrange(1, 40)
    if kind == "number":
        return rng.randrange(1, 40) / 4
    if kind == "boolean":
        return rng.random() < 0.5
    if schema.get("format") in ("byte", "date-time"):
        return _other_text("", type, rng)
    return rng.choice((word(rng), rng.choice(rng.choice(_opposites)))) if kind == "string" else anything(rng)


def anything(rng, depth=0):
    """Any JSON, for what no schema describes."""
    kinds = [word(rng), rng.randrange(100), rng.random() < 0.5, rng.randrange(8) / 4, ""]
    if depth < 2:
        kinds += [{word(rng): anything(rng, depth + 1)}, [anything(rng, depth + 1) for _ in range(rng.randrange(1, 3))]]
    return rng.choice(kinds)


def value_of(type, rng, depth=0):
    """A value of that type, with its required fields and a few others."""
    kind = type.schema.get("type")
    if type.is_structure:
        names = [name for name in type.fields if name in type.required]
        others = [name for name in type.fields if name not in names]
        if depth < 4:
            names += rng.sample(others, min(len(others), rng.randrange(0 if names else 1, 3)))
        return {name: value_of(type.field(name), rng, depth + 1) for name in names}
    if type.is_open_map:
        return {word(rng): value_of(type.field("x"), rng, depth + 1) for _ in range(rng.randrange(1, 3))}
    if kind == "array":
        return [value_of(type.item(), rng, depth + 1)]
    if not type.known:
        return anything(rng)
    return {} if kind == "object" else scalar(type, rng)
