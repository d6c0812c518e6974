"""The cases that celldrift and Argo CD are compared on: (name, world, kind, spec, more).

"$API" in a spec is the address of the provider's API in the forge. `more` may have `objects` (ConfigMaps),
`secret` (what the cluster's Secret and celldrift's environment hold), and `stricter`: why celldrift is right to fail
where Argo CD does not.
"""
import copy
import hashlib

PROVIDERS = ["github", "gitlab", "gitea", "bitbucket", "bitbucketServer"]


SWALLOWED = "Bitbucket's library takes a page that it cannot read for the last one: the list is cut short, silently"


def sha(text):
    return hashlib.sha1(text.encode()).hexdigest()


def repo(org, name, number, default="main", branches=("main",), **more):
    return {"org": org, "name": name, "id": number, "default": default,
            "branches": {branch: sha(f"{org}/{name}/{branch}") for branch in branches}, **more}


def pull(number, branch, labels=(), **more):
    return {"org": "acme", "repo": "api", "number": number, "title": f"feat: {branch}", "branch": branch,
            "target": "main", "sha": sha(branch), "labels": list(labels), "author": f"dev{number}", **more}


REPOS = [
    repo("acme", "api", 11, branches=("main", "release/1.x", "feature/a+b"), topics=["backend", "go"],
         paths=["deploy/app.yaml", "main:only/main.txt", "release/1.x:only/release file.txt"]),
    repo("acme", "web", 12, "master", ("develop", "master"), topics=["frontend"], paths=["deploy/web/k.yaml", "a.b"]),
    repo("acme", "old", 13, topics=["backend"], archived=True, paths=["deploy/app.yaml"]),
    repo("acme", "fork", 1234567890123, fork=True, topics=[], paths=["README.md"]),
    repo("acme", "data-pipeline", 15, "trunk", ("trunk", "hot-fix"), topics=["data", "backend"]),
    repo("acme/platform", "infra", 16, topics=["infra"], paths=["deploy/app.yaml"]),
    repo("acme/platform/deep", "core", 17, topics=["infra", "backend"]),
    repo("other", "lib", 18, topics=["shared"], shared="acme"),
    repo("other", "x", 19),
]
PULLS = [
    pull(1, "feature/a", ["preview"]),
    pull(2, "feature_b", ["preview", "backend"], target="release/1.x"),
    pull(3, "fix/c", draft=True),
    pull(4, "done", ["preview"], state="merged"),
    pull(5, "gone", state="closed"),
    pull(6, "dependabot/npm_and_yarn/lodash-4.17.21", ["dependencies"], title="chore(deps): bump lodash"),
    pull(7, "ünï/✓", ["preview"], title="Ünï \"quoted\" <b>"),
]
WORLD = {"page": 2, "repos": REPOS, "pulls": PULLS}

OWNER = {"github": "organization", "gitlab": "group", "gitea": "owner", "bitbucket": "owner",
         "bitbucketServer": "project"}
PULL_OWNER = {"github": {"owner": "acme", "repo": "api"}, "gitlab": {"project": "acme/api"},
              "gitea": {"owner": "acme", "repo": "api"}, "bitbucket": {"owner": "acme", "repo": "api"},
              "bitbucketServer": {"project": "acme", "repo": "api"}}


def world(**changes):
    return {**copy.deepcopy(WORLD), **changes}


def repos(*names, **changes):
    return world(repos=[copy.deepcopy(each) for each in REPOS if each["name"] in names], **changes)


def scm(provider, owner="acme", filters=None, protocol=None, **more):
    spec = {OWNER[provider]: owner, **more}
    if provider != "bitbucket":
        spec["api"] = "$API"
    generator = {provider: spec}
    if filters is not None:
        generator["filters"] = filters
    if protocol is not None:
        generator["cloneProtocol"] = protocol
    return generator


def pulls(provider, filters=None, continues=None, **more):
    generator = {provider: {**PULL_OWNER[provider], "api": "$API", **more}}
    if filters is not None:
        generator["filters"] = filters
    if continues is not None:
        generator["continueOnRepoNotFoundError"] = continues
    return generator


def signed_in(provider, generator):
    """The same generator, with its reference to a Secret."""
    reference = {"secretName": "scm", "key": "token"}
    spec = generator[provider]
    if provider == "bitbucketServer":
        spec["bearerToken"] = {"tokenRef": reference}
    elif provider == "bitbucket" and "repo" in spec:
        spec["bearerToken"] = {"tokenRef": reference}
    elif provider == "bitbucket":
        spec.update(user="user", appPasswordRef=reference)
    else:
        spec["tokenRef"] = reference
    return generator


def faults(match, *answers):
    return [{"match": match, **answer} for answer in answers]


FILTERS = {
    "repository": [{"repositoryMatch": "^(api|web)$"}],
    "label": [{"labelMatch": "back"}],
    "repository-and-label": [{"repositoryMatch": "a", "labelMatch": "^data$"}],
    "either-repository": [{"repositoryMatch": "^api$"}, {"labelMatch": "front"}],
    "branch": [{"branchMatch": "^(main|release/.*)$"}],
    "path": [{"pathsExist": ["deploy/app.yaml"]}],
    "folder": [{"pathsExist": ["deploy/"]}],
    "no-path": [{"pathsDoNotExist": ["deploy/app.yaml"]}],
    "paths": [{"pathsExist": ["deploy", "only/release file.txt"], "pathsDoNotExist": ["only/main.txt"]}],
    "both-phases": [{"repositoryMatch": "api|old"}, {"branchMatch": "^main$", "labelMatch": "go"}],
    "either-branch": [{"repositoryMatch": "web", "branchMatch": "master"}, {"pathsExist": ["only"]}],
    "empty-filter": [{}],
    "empty-filter-and-another": [{}, {"repositoryMatch": "web"}],
    "empty-list": [{"pathsExist": [], "repositoryMatch": "web"}],
    "nothing-left": [{"repositoryMatch": "nothing"}],
    "broken": [{"repositoryMatch": "("}],
}


def scm_cases():
    for provider in PROVIDERS:
        yield f"{provider}-default", world(), "scmProvider", scm(provider), {}
        yield f"{provider}-all-branches", world(), "scmProvider", scm(provider, allBranches=True), {}
        yield f"{provider}-https", world(), "scmProvider", scm(provider, protocol="https"), {}
        yield f"{provider}-git", world(), "scmProvider", scm(provider, protocol="git"), {}
        yield f"{provider}-git-nothing", world(orgs=["empty"]), "scmProvider", scm(provider, "empty", protocol="git"), {}
        yield f"{provider}-unknown-owner", world(), "scmProvider", scm(provider, "nobody"), {}
        yield f"{provider}-one-page", world(page=100), "scmProvider", scm(provider, allBranches=True), {}
        for name, filters in FILTERS.items():
            for every in (False, True):
                spec = scm(provider, filters=filters, allBranches=every)
                yield f"{provider}-filter-{name}-{'all' if every else 'one'}", world(), "scmProvider", spec, {}
        missing = repos("api", "web")
        missing["repos"][1]["default"] = "gone"
        yield f"{provider}-no-default-branch", missing, "scmProvider", scm(provider), {}
        empty = repos("api", "web")
        empty["repos"][1].update(default="", branches={})
        yield f"{provider}-empty-repository", empty, "scmProvider", scm(provider), {}
        yield f"{provider}-empty-repository-all", empty, "scmProvider", scm(provider, allBranches=True), {}
        odd = repos("api")
        odd["repos"].append(repo("acme", "odd", 21, "feature/ü %#?&=+;,:@!'()*[]~", ("feature/ü %#?&=+;,:@!'()*[]~",),
                                 paths=["a b/c#d?.yaml", "x%y", "dots.in.name/f.txt"]))
        if provider not in ("bitbucket",):
            paths = [{"pathsExist": ["dots.in.name/f.txt"]}, {"pathsExist": ["a:b"]}]
            yield f"{provider}-odd-branch", odd, "scmProvider", scm(provider, filters=paths, allBranches=True), {}
    yield "github-not-archived", world(), "scmProvider", scm("github", excludeArchivedRepos=True), {}
    yield "gitea-not-archived", world(), "scmProvider", scm("gitea", excludeArchivedRepos=True), {}
    yield "gitlab-subgroups", world(), "scmProvider", scm("gitlab", includeSubgroups=True), {}
    yield "gitlab-nested-group", world(), "scmProvider", scm("gitlab", "acme/platform", includeSubgroups=True), {}
    yield "gitlab-not-shared", world(), "scmProvider", scm("gitlab", includeSharedProjects=False), {}
    yield "gitlab-topic", world(), "scmProvider", scm("gitlab", topic="backend", includeSubgroups=True), {}
    yield "gitlab-archived", world(archived_too=True), "scmProvider", scm("gitlab", includeArchivedRepos=True), {}
    yield "gitlab-without-totals", world(no_totals=True), "scmProvider", scm("gitlab", allBranches=True), {}
    yield "gitlab-tag-list", world(old=True), "scmProvider", scm("gitlab", filters=FILTERS["label"]), {}
    yield "gitlab-paths-subgroups", world(), "scmProvider", scm(
        "gitlab", includeSubgroups=True, filters=FILTERS["path"]), {}
    yield "github-dots-in-path", world(), "scmProvider", scm("github", filters=[{"pathsExist": ["a/../b"]}]), {}
    yield "github-odd-paths", odd, "scmProvider", scm(
        "github", filters=[{"pathsExist": [path]} for path in ("a b/c#d?.yaml", "x%y", "./a:b", "a/./b", "/deploy")]), {}
    yield "gitlab-odd-paths", odd, "scmProvider", scm(
        "gitlab", filters=[{"pathsExist": [path]} for path in ("a b/c#d?.yaml", "x%y", "/deploy", "dots.in.name")]), {}
    yield "gitea-odd-paths", odd, "scmProvider", scm(
        "gitea", filters=[{"pathsExist": [path]} for path in ("a b/c#d?.yaml", "x%y", "/deploy", "dots.in.name")]), {}
    yield "two-providers", world(), "scmProvider", {**scm("gitea"), **scm("github")}, {}
    yield "no-provider", world(), "scmProvider", {"filters": []}, {}
    for version in ("1.10.6", "1.11.0", "1.11.0-rc1", "1.22.0+dev-123-gabc", "v1.21", "7.0.0~rc1", "x", "",
                    "1.22.0+gitea-1.2", "1.a"):
        yield f"gitea-version-{version}", world(version=version), "scmProvider", scm("gitea"), {}


def pull_cases():
    for provider in PROVIDERS:
        yield f"{provider}-pulls", world(), "pullRequest", pulls(provider), {}
        yield f"{provider}-pulls-one-page", world(page=100), "pullRequest", pulls(provider), {}
        for name, filters in {
            "branch": [{"branchMatch": "^feature"}], "target": [{"targetBranchMatch": "release"}],
            "title": [{"titleMatch": "(?i)BUMP|quoted"}], "both": [{"branchMatch": "a", "titleMatch": "deps"}],
            "either": [{"branchMatch": "^fix"}, {"targetBranchMatch": "^release"}], "empty": [{}], "none": [],
            "broken": [{"titleMatch": "[a"}],
        }.items():
            yield f"{provider}-pulls-{name}", world(), "pullRequest", pulls(provider, filters), {}
        nowhere = pulls(provider)
        nowhere[provider]["project" if provider == "gitlab" else "repo"] = "acme/nowhere" if provider == "gitlab" else "no"
        yield f"{provider}-pulls-unknown", world(), "pullRequest", nowhere, {}
        yield f"{provider}-pulls-unknown-continue", world(), "pullRequest", {
            **nowhere, "continueOnRepoNotFoundError": True}, {}
        yield f"{provider}-no-pulls", world(pulls=[]), "pullRequest", pulls(provider), {}
    for provider in ("github", "gitlab", "gitea"):
        for labels in (["preview"], ["preview", "backend"], ["nothing"], []):
            yield (f"{provider}-pulls-labels-{'-'.join(labels)}", world(page=100), "pullRequest",
                   pulls(provider, labels=labels), {})
    for state in ("opened", "closed", "merged", "all", ""):
        yield f"gitlab-pulls-state-{state}", world(), "pullRequest", pulls("gitlab", pullRequestState=state), {}
    yield "pulls-no-provider", world(), "pullRequest", {}, {}


def token_cases():
    for provider in PROVIDERS:
        for kind, generator in (("scmProvider", scm(provider)), ("pullRequest", pulls(provider))):
            for name, secret in (("right", "s3cr3t"), ("wrong", "other")):
                yield (f"{provider}-{kind}-token-{name}", world(page=100, token="s3cr3t"), kind,
                       signed_in(provider, copy.deepcopy(generator)), {"secret": secret})
            yield f"{provider}-{kind}-no-token", world(page=100, token="s3cr3t"), kind, generator, {}
    for name, kind, generator in (
            ("bitbucketServer", "scmProvider", scm("bitbucketServer")),
            ("bitbucketServer", "pullRequest", pulls("bitbucketServer")),
            ("bitbucket", "pullRequest", pulls("bitbucket"))):
        generator[name]["basicAuth"] = {"username": "user", "passwordRef": {"secretName": "scm", "key": "token"}}
        yield f"{name}-{kind}-basic", world(page=100, token="s3cr3t"), kind, generator, {"secret": "s3cr3t"}


LISTS = {"github": "orgs/acme/repos", "gitlab": "groups/acme/projects", "gitea": "orgs/acme/repos",
         "bitbucket": "repositories/acme", "bitbucketServer": "projects/acme/repos"}


def fault_cases():
    more = {}
    for provider in PROVIDERS:
        always = {"times": 99}
        for name, answer in {
            "404": {"status": 404, **always}, "401": {"status": 401, **always}, "403": {"status": 403, **always},
            "400": {"status": 400, **always}, "not-json": {"status": 200, "body": "<html>", **always},
            "half": {"status": 200, "body": "[{\"id\": 1, ", **always},
            "object": {"status": 200, "body": "{}", **always}, "array": {"status": 200, "body": "[]", **always},
            "text": {"status": 200, "body": "\"x\"", **always}, "null": {"status": 200, "body": "null", **always},
            "empty": {"status": 200, "body": "", **always}, "null-item": {"status": 200, "body": "[null]", **always},
            "values": {"status": 200, "body": "{\"values\": {\"id\": 1}}", **always},
            "bare-item": {"status": 200, "body": "[{}]", **always},
            "bare-value": {"status": 200, "body": "{\"values\": [{}]}", **always},
            "wrong-type": {"status": 200, "body": "[{\"id\": \"x\", \"number\": \"x\"}]", **always},
            "deep": {"status": 200, "body": "[" * 20000, **always},
        }.items():
            yield (f"{provider}-list-{name}", world(faults=[{"match": LISTS[provider] + "(\\?|$)", **answer}]),
                   "scmProvider", scm(provider), more)
            yield (f"{provider}-pulls-list-{name}",
                   world(faults=[{"match": "pulls|merge_requests|pullrequests|pull-requests", **answer}]),
                   "pullRequest", pulls(provider), more)
        for name, answer in {"404": {"status": 404}, "403": {"status": 403}, "not-json": {"status": 200, "body": "x"},
                             "empty": {"status": 200, "body": ""}, "object": {"status": 200, "body": "{}"},
                             "moved": {"status": 301, "headers": {"Location": "$URL/elsewhere"}}}.items():
            broken = world(page=100, faults=[{"match": "branches", "times": 99, **answer}])
            yield f"{provider}-branches-{name}", broken, "scmProvider", scm(provider), more
            yield f"{provider}-branches-{name}-all", broken, "scmProvider", scm(provider, allBranches=True), more
            broken = world(page=100, faults=[{"match": "contents|/files/|/tree|/src/|/browse", "times": 99, **answer}])
            yield (f"{provider}-paths-{name}", broken, "scmProvider", scm(provider, filters=FILTERS["path"]), more)
        second = r"[?&](page=2|start=2)"
        for name, answer in {"404": {"status": 404}, "403": {"status": 403}}.items():
            broken = world(faults=[{"match": second, "times": 99, **answer}])
            yield f"{provider}-second-page-{name}", broken, "scmProvider", scm(provider), more
            yield f"{provider}-second-page-{name}-pulls", broken, "pullRequest", pulls(
                provider, continues=True), more
        for name, body in {"not-json": "x", "array": "[]", "empty": "", "half": "{\"values\": ["}.items():
            broken = world(faults=[{"match": second, "times": 99, "status": 200, "body": body}])
            cut = {"stricter": SWALLOWED} if provider == "bitbucket" else more
            yield f"{provider}-second-page-{name}", broken, "scmProvider", scm(provider), cut
            yield f"{provider}-second-page-{name}-pulls", broken, "pullRequest", pulls(provider), cut
        moved = {"status": 302, "headers": {"Location": "$URL" + "/api/v3/orgs/other/repos?per_page=100"}}
        if provider == "github":
            yield "github-list-moved", world(page=100, faults=faults("orgs/acme", moved)), "scmProvider", scm(
                provider), more
    # what passes is retried by celldrift; by Argo CD for GitLab alone
    for name, answer in {"429": {"status": 429, "headers": {"Retry-After": "0"}}, "500": {"status": 500},
                         "503": {"status": 503}}.items():
        yield f"gitlab-{name}-once", world(faults=faults("projects\\?", answer)), "scmProvider", scm("gitlab"), more
    yield "gitlab-slow", world(faults=faults("projects\\?", {"delay": 0.3})), "scmProvider", scm("gitlab"), more


def plugin_case(name, given, parameters=None, base="$URL/plugin", data=None, secret="s3cr3t", **more):
    spec = {"configMapRef": {"name": "my-plugin"}}
    if parameters is not None:
        spec["input"] = {"parameters": parameters}
    plugin = {"baseUrl": base, "token": "$plugin.token", **(data or {})}
    objects = [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "my-plugin"},
                "data": {key: value for key, value in plugin.items() if value is not None}}]
    return (f"plugin-{name}", world(plugin=given, token="s3cr3t", **more), "plugin", spec,
            {"objects": objects, "secret": secret})


def plugin_cases():
    yield plugin_case("sets", [{"name": "a", "n": 1, "deep": {"x": [1, "2", None]}}, {"name": "b"}])
    yield plugin_case("none", [])
    yield plugin_case("told", "echo", {"b": "x", "a": {"z": 1, "y": [True, None, 1.5, "ü<&>"]}})
    yield plugin_case("told-nothing", "echo", {})
    yield plugin_case("final-slash", [{"a": "b"}], base="$URL/plugin/")
    yield plugin_case("own-secret", [{"a": "b"}], data={"token": "$my-secret:plugin.token"})
    yield plugin_case("wrong-token", [{"a": "b"}], secret="other")
    yield plugin_case("plain-token", [{"a": "b"}], data={"token": "s3cr3t"})
    yield plugin_case("no-token", [{"a": "b"}], data={"token": None})
    yield plugin_case("no-url", [{"a": "b"}], data={"baseUrl": ""})
    yield plugin_case("timeout-text", [{"a": "b"}], data={"requestTimeout": "5s"})
    yield plugin_case("timeout-empty", [{"a": "b"}], data={"requestTimeout": ""})
    yield plugin_case("timeout-negative", [{"a": "b"}], data={"requestTimeout": "-5"})
    yield plugin_case("too-slow", [{"a": "b"}], data={"requestTimeout": "1"}, faults=faults("plugin", {"delay": 1.4}))
    for name, answer in {"404": {"status": 404}, "500": {"status": 500}, "not-json": {"status": 200, "body": "x"},
                         "empty": {"status": 200, "body": ""}, "array": {"status": 200, "body": "[]"},
                         "null": {"status": 200, "body": "null"}, "bare": {"status": 200, "body": "{}"},
                         "no-list": {"status": 200, "body": "{\"output\": {\"parameters\": {}}}"},
                         "no-map": {"status": 200, "body": "{\"output\": {\"parameters\": [1]}}"},
                         "created": {"status": 201, "body": "{\"output\": {\"parameters\": [{\"a\": 1}]}}"},
                         "moved": {"status": 307, "headers": {"Location": "$URL/nowhere"}}}.items():
        yield plugin_case(f"answer-{name}", [], faults=faults("plugin", answer))
    name, there, kind, spec, more = plugin_case("no-config-map", [])
    yield name, there, kind, spec, {**more, "objects": []}


def all_cases():
    parts = (scm_cases, pull_cases, token_cases, fault_cases, plugin_cases)
    cases = [case for part in parts for case in part()]
    assert len({case[0] for case in cases}) == len(cases), "two cases have the same name"
    return cases
