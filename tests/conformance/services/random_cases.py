"""Random worlds and generators; the same seed makes the same cases."""
import random

import cases

NAMES = ["api", "web", "data-pipeline", "a.b", "x_y", "Infra", "old", "lib", "z9"]
BRANCHES = ["main", "master", "develop", "release/1.x", "feature/a+b", "v1.2.3", "ünï", "a b", "x~y", "hot@fix", "p&q=r"]
TOPICS = ["backend", "frontend", "go", "data", "a,b", "Ünï", ""]
PATHS = ["deploy/app.yaml", "deploy/web/k.yaml", "README.md", "a b/c.yaml", "main:only.txt", "k8s/über.yaml", "a+b/&=.y"]
PATTERNS = ["^api$", "a", ".*", "^(main|master)$", "release", "[a-m]", "^$", "(?i)INFRA", "x|y", "\\d", "z{2}", "(", "[", "back"]
FILTER_PATHS = ["deploy", "deploy/", "deploy/app.yaml", "README.md", "a b", "a b/c.yaml", "only.txt", "k8s/über.yaml",
                "a+b/&=.y", "nothing", "", "/deploy"]
TITLES = ["feat: x", "chore(deps): bump", "Ünï \"q\"", "WIP", "", "a\nb"]


def some(rng, items, most=3):
    return rng.sample(items, rng.randint(0, min(most, len(items))))


def one(rng, chance, make):
    return make() if rng.random() < chance else None


def random_repo(rng, org, name, number, providers):
    branches = some(rng, BRANCHES, 4) or (["main"] if rng.random() < 0.9 else [])
    default = rng.choice(branches) if branches and rng.random() < 0.93 else rng.choice(["gone", ""])
    return cases.repo(org, name, number, default, branches, topics=some(rng, TOPICS), paths=some(rng, PATHS, 5),
                      archived=rng.random() < 0.2, **({"shared": "acme"} if rng.random() < 0.2 else {}))


def random_world(rng):
    orgs = ["acme", "acme/platform", "acme/platform/deep", "other"]
    repos, number = [], 100
    for org in orgs:
        for name in some(rng, NAMES, 5):
            number += rng.randint(1, 10**rng.randint(1, 9))
            repos.append(random_repo(rng, org, name, number, None))
    if not any(repo["org"] == "acme" and repo["name"] == "api" for repo in repos) and rng.random() < 0.8:
        repos.append(cases.repo("acme", "api", 7))
    pulls = [cases.pull(number, rng.choice(BRANCHES), some(rng, TOPICS), title=rng.choice(TITLES),
                        target=rng.choice(BRANCHES), state=rng.choice(["open", "open", "open", "closed", "merged"]))
             for number in rng.sample(range(1, 10**6), rng.randint(0, 7))]
    return {"page": rng.choice([1, 2, 3, 100]), "repos": repos, "pulls": pulls, "no_totals": rng.random() < 0.1,
            "old": rng.random() < 0.2, "archived_too": rng.random() < 0.5, "faults": random_faults(rng)}


def random_faults(rng):
    if rng.random() < 0.85:
        return []
    answer = rng.choice([{"status": 404}, {"status": 403}, {"status": 400}, {"status": 401}, {"status": 200, "body": "{"},
                         {"status": 200, "body": "{}"}, {"status": 200, "body": "[]"}, {"status": 200, "body": "[{}]"}])
    match = rng.choice(["repos", "branches", "projects", "pull", "merge", "contents|files|tree|src|browse", "version",
                        "labels", "page=2|start=", "default"])
    return [{"match": match, "times": rng.choice([1, 99]), **answer}]


def random_scm_filter(rng):
    made = {"repositoryMatch": one(rng, 0.4, lambda: rng.choice(PATTERNS)),
            "labelMatch": one(rng, 0.25, lambda: rng.choice(PATTERNS)),
            "branchMatch": one(rng, 0.25, lambda: rng.choice(PATTERNS)),
            "pathsExist": one(rng, 0.25, lambda: some(rng, FILTER_PATHS, 2)),
            "pathsDoNotExist": one(rng, 0.2, lambda: some(rng, FILTER_PATHS, 2))}
    return {key: value for key, value in made.items() if value is not None}


def random_pull_filter(rng):
    made = {key: one(rng, 0.4, lambda: rng.choice(PATTERNS)) for key in ("branchMatch", "targetBranchMatch", "titleMatch")}
    return {key: value for key, value in made.items() if value is not None}


def random_scm(rng):
    provider = rng.choice(cases.PROVIDERS)
    more = {"allBranches": rng.random() < 0.5}
    if provider == "gitlab":
        more.update(includeSubgroups=rng.random() < 0.5, includeSharedProjects=rng.random() < 0.5,
                    includeArchivedRepos=rng.random() < 0.3, topic=rng.choice(["", "", "backend", "go"]))
    if provider in ("github", "gitea"):
        more["excludeArchivedRepos"] = rng.random() < 0.5
    filters = one(rng, 0.7, lambda: [random_scm_filter(rng) for _ in range(rng.randint(0, 3))])
    owner = rng.choice(["acme", "acme", "acme", "other", "nobody"] + (["acme/platform"] if provider == "gitlab" else []))
    protocol = rng.choice([None, None, "ssh", "https", "", "git"])
    return "scmProvider", cases.scm(provider, owner, filters, protocol, **more)


def random_pulls(rng):
    provider = rng.choice(cases.PROVIDERS)
    more = {}
    if provider in ("github", "gitlab", "gitea"):
        more["labels"] = some(rng, [topic for topic in TOPICS if "," not in topic], 2)
    if provider == "gitlab":
        more["pullRequestState"] = rng.choice(["", "opened", "closed", "merged", "all"])
    filters = one(rng, 0.6, lambda: [random_pull_filter(rng) for _ in range(rng.randint(0, 3))])
    return "pullRequest", cases.pulls(provider, filters, rng.choice([None, True, False]), **more)


def cases_of(rng, number):
    world = random_world(rng)
    kind, spec = random_scm(rng) if rng.random() < 0.7 else random_pulls(rng)
    later_page_broken = "bitbucket" in spec and any(fault["status"] == 200 for fault in world["faults"])
    return f"random-{number}", world, kind, spec, {"stricter": cases.SWALLOWED} if later_page_broken else {}


def random_cases(seed, count):
    return [cases_of(random.Random(f"{seed}-{number}"), number) for number in range(count)]
