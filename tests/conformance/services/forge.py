"""A code forge in memory that speaks the REST APIs of GitHub, GitLab, Gitea, Bitbucket and Bitbucket Server, and
a generator plugin: as much of each as ApplicationSet generators ask. It serves on 127.0.0.1, notes what it is asked,
and misbehaves where a case says so.

A world is a dict:
  page      items on a page, at most (a provider's own limit applies too)
  token     what clients must sign in with; "" for no sign-in
  version   of the Gitea server
  repos     list of {org, name, id, default, branches: {name: sha}, topics, archived, shared, paths: [..], uuid}
  pulls     list of {org, repo, number, title, branch, target, sha, labels, author, state}
  plugin    what the plugin gives as parameters
  faults    list of {match: regex of the target, times, status, headers, body, delay}; the first that fits is served
"""
import base64
import http.server
import json
import re
import threading
import time
import urllib.parse

API = {"github": "/api/v3", "gitlab": "/api/v4", "gitea": "/api/v1", "bitbucket": "/2.0",
       "bitbucketServer": "/rest/api/1.0", "plugin": "/plugin"}


class NotFound(Exception):
    pass


def first(items):
    for item in items:
        return item
    raise NotFound()


class Forge:
    """One world, served. A context manager; .url is its address, .asked the requests as "METHOD target"."""

    def __init__(self, world):
        self.world = world
        self.asked = []
        self.signed = set()
        self.faults = [dict(fault) for fault in world.get("faults", [])]
        self.lock = threading.Lock()
        forge = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 20

            def do_GET(self):
                forge.serve(self, None)

            def do_POST(self):
                forge.serve(self, self.rfile.read(int(self.headers.get("Content-Length", 0))))

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # clients hang up when they have had enough
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def fault_for(self, target):
        with self.lock:
            for fault in self.faults:
                if fault.get("times", 1) > 0 and re.search(fault["match"], target):
                    fault["times"] = fault.get("times", 1) - 1
                    return fault
        return None

    def serve(self, request, body):
        with self.lock:
            text = f"{request.command} {request.path.rstrip('?')}"
            if body is not None:  # JSON, which may be written in several ways
                text += " " + json.dumps(json.loads(body), sort_keys=True)
            self.asked.append(text)
        fault = self.fault_for(request.path)
        if fault:
            time.sleep(fault.get("delay", 0))
            if "status" in fault:
                text = fault.get("body", json.dumps({"message": "something broke"}))
                headers = {key: value.replace("$URL", self.url) for key, value in fault.get("headers", {}).items()}
                return self.send(request, fault["status"], text.replace("$URL", self.url), headers)
        if not self.knows(request):
            return self.send(request, 401, json.dumps({"message": "Bad credentials"}), {})
        try:
            status, answer, headers = self.answer(request, body)
        except NotFound:
            status, answer, headers = 404, {"message": "404 Not Found"}, {}
        text = "" if answer is None else json.dumps(answer)
        self.send(request, status, text, headers)

    @staticmethod
    def send(request, status, text, headers):
        content = text.encode()
        try:
            request.send_response(status)
            for key, value in headers.items():
                request.send_header(key, value)
            if "Content-Type" not in headers:
                request.send_header("Content-Type", "application/json")
            request.send_header("Content-Length", str(len(content)))
            request.end_headers()
            request.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def knows(self, request):
        token = self.world.get("token", "")
        if not token:
            return True
        basic = "Basic " + base64.b64encode(f"user:{token}".encode()).decode()
        given = request.headers.get("Authorization", "")
        return given in (f"Bearer {token}", f"token {token}", basic) or request.headers.get("Private-Token") == token

    def answer(self, request, body):
        raw, _, query = request.path.partition("?")
        asked = {key: values[0] for key, values in urllib.parse.parse_qs(query, keep_blank_values=True).items()}
        for kind, prefix in API.items():
            if raw.startswith(prefix + "/"):
                parts = [urllib.parse.unquote(part) for part in raw[len(prefix) + 1:].split("/")]
                return getattr(self, kind)(parts, asked, body)
        raise NotFound()

    # The world

    def repos_of(self, org):
        repos = [repo for repo in self.world.get("repos", []) if repo["org"] == org]
        if not repos and org not in self.world.get("orgs", []):
            raise NotFound()
        return repos

    def repo(self, org, name):
        return first(repo for repo in self.world.get("repos", []) if repo["org"] == org and repo["name"] == name)

    def repo_by_id(self, text):
        return first(repo for repo in self.world.get("repos", [])
                     if str(repo["id"]) == text or f"{repo['org']}/{repo['name']}" == text)

    def pulls_of(self, org, name, states=("open",)):
        self.repo(org, name)
        return [pull for pull in self.world.get("pulls", [])
                if pull["org"] == org and pull["repo"] == name and (not states or pull.get("state", "open") in states)]

    @staticmethod
    def sha_of(repo, branch):
        if branch not in repo["branches"]:
            raise NotFound()
        return repo["branches"][branch]

    @staticmethod
    def has(repo, branch, path):
        """ "file", "folder" or None; a path of the world may be of one branch: "main:a/b"."""
        for text in repo.get("paths", []):
            on, colon, whole = text.partition(":")
            if colon and on != branch:
                continue
            whole = whole if colon else text
            if whole == path:
                return "file"
            if path == "" or whole.startswith(path + "/"):
                return "folder"
        return None

    def page(self, items, number, size):
        size = max(1, min(size or self.world.get("page", 30), self.world.get("page", 30)))
        pages = max(1, -(-len(items) // size))
        return items[(number - 1) * size:number * size], pages

    # GitHub

    def github(self, parts, asked, _):
        def paged(items):
            number = int(asked.get("page", "1"))
            shown, pages = self.page(items, number, int(asked.get("per_page", "30")))
            links = []
            others = "&".join(f"{key}={value}" for key, value in asked.items() if key != "page")
            base = f"{self.url}/api/v3/{'/'.join(parts)}?{others}&page="
            if number < pages:
                links = [f'<{base}{number + 1}>; rel="next"', f'<{base}{pages}>; rel="last"']
            if number > 1:
                links.append(f'<{base}1>; rel="first"')
            return 200, shown, {"Link": ", ".join(links)} if links else {}

        def branch(name, sha):
            return {"name": name, "commit": {"sha": sha, "url": "x"}, "protected": False}

        if parts[0] == "orgs" and parts[2:] == ["repos"]:
            return paged([self.github_repo(repo) for repo in self.repos_of(parts[1])])
        if parts[0] != "repos":
            raise NotFound()
        repo, rest = self.repo(parts[1], parts[2]), parts[3:]
        if rest[0] == "branches" and len(rest) > 1:
            name = "/".join(rest[1:])
            return 200, branch(name, self.sha_of(repo, name)), {}
        if rest == ["branches"]:
            return paged([branch(*each) for each in repo["branches"].items()])
        if rest[0] == "contents":
            kind = self.has(repo, asked.get("ref", repo["default"]), "/".join(rest[1:]))
            if not kind:
                raise NotFound()
            return 200, {"type": "file", "name": rest[-1]} if kind == "file" else [{"type": "file", "name": "x"}], {}
        if rest == ["pulls"]:
            return paged([{
                "number": pull["number"], "title": pull["title"], "draft": pull.get("draft", False),
                "head": {"ref": pull["branch"], "sha": pull["sha"]}, "base": {"ref": pull["target"], "sha": "b"},
                "labels": [{"name": name} for name in pull.get("labels", [])], "user": {"login": pull["author"]},
            } for pull in self.pulls_of(parts[1], parts[2])])
        raise NotFound()

    @staticmethod
    def github_repo(repo):
        name = f"{repo['org']}/{repo['name']}"
        return {"id": repo["id"], "name": repo["name"], "full_name": name, "owner": {"login": repo["org"]},
                "default_branch": repo["default"], "ssh_url": f"git@github.example:{name}.git",
                "clone_url": f"https://github.example/{name}.git", "archived": repo.get("archived", False),
                "fork": repo.get("fork", False), "topics": repo.get("topics", [])}

    # GitLab

    def gitlab(self, parts, asked, _):
        def paged(items):
            number = int(asked.get("page") or "1")
            shown, pages = self.page(items, number, int(asked.get("per_page", "20")))
            headers = {"X-Page": str(number), "X-Next-Page": str(number + 1) if number < pages else "",
                       "X-Total-Pages": str(pages), "X-Total": str(len(items))}
            if self.world.get("no_totals"):  # as GitLab does for long lists
                del headers["X-Total-Pages"], headers["X-Total"]
            return 200, shown, headers

        def branch(name, sha):
            return {"name": name, "commit": {"id": sha}, "default": False}

        if parts[0] == "groups" and parts[2:] == ["projects"]:
            return paged([self.gitlab_project(repo) for repo in self.gitlab_repos(parts[1], asked)])
        repo, rest = self.repo_by_id(parts[1]), parts[2:]
        if rest == []:
            return 200, self.gitlab_project(repo), {}
        if rest == ["merge_requests"]:
            states = {"opened": ("open",), "closed": ("closed",), "merged": ("merged",)}.get(asked.get("state"), ())
            wanted = set(filter(None, asked.get("labels", "").split(",")))
            pulls = [pull for pull in self.pulls_of(repo["org"], repo["name"], states)
                     if wanted <= set(pull.get("labels", []))]
            return paged([{
                "id": 1000 + pull["number"], "iid": pull["number"], "title": pull["title"], "sha": pull["sha"],
                "source_branch": pull["branch"], "target_branch": pull["target"], "labels": pull.get("labels", []),
                "author": {"username": pull["author"]}, "draft": pull.get("draft", False),
            } for pull in pulls])
        rest = rest[1:] if rest[0] == "repository" else [""]
        if rest == ["branches"]:
            return paged([branch(*each) for each in repo["branches"].items()])
        if rest[0] == "branches":
            return 200, branch(rest[1], self.sha_of(repo, rest[1])), {}
        if rest[0] == "files" and self.has(repo, asked["ref"], rest[1]) == "file":
            return 200, {"file_name": rest[1], "content": ""}, {}
        if rest[0] == "tree" and self.has(repo, asked["ref"], asked["path"]) == "folder":
            return 200, [{"name": "x", "type": "blob"}], {}
        raise NotFound()

    def gitlab_repos(self, group, asked):
        below = asked.get("include_subgroups") == "true"
        all_repos = self.world.get("repos", [])
        if not any(repo["org"] == group or repo["org"].startswith(group + "/") for repo in all_repos):
            raise NotFound()
        for repo in all_repos:
            inside = repo["org"] == group or (below and repo["org"].startswith(group + "/"))
            shared = repo.get("shared") == group and asked.get("with_shared") != "false"
            topic = asked.get("topic", "")
            archived = asked.get("archived")
            if (inside or shared) and (not topic or topic in repo.get("topics", [])) \
                    and (archived is None and not repo.get("archived") or archived == "true" and repo.get("archived")
                         or archived == "true" and self.world.get("archived_too")):
                yield repo

    def gitlab_project(self, repo):
        name = f"{repo['org']}/{repo['name']}"
        project = {"id": repo["id"], "name": repo["name"].upper(), "path": repo["name"],
                   "namespace": {"full_path": repo["org"]}, "default_branch": repo["default"] or None,
                   "ssh_url_to_repo": f"git@gitlab.example:{name}.git", "archived": repo.get("archived", False),
                   "http_url_to_repo": f"https://gitlab.example/{name}.git"}
        project["tag_list" if self.world.get("old") else "topics"] = repo.get("topics", [])
        return project

    # Gitea

    def gitea(self, parts, asked, _):
        def paged(items):
            shown, _ = self.page(items, int(asked.get("page") or "1"), int(asked.get("limit", "0")))
            return 200, shown, {"X-Total-Count": str(len(items))}

        def branch(name, sha):
            return {"name": name, "commit": {"id": sha, "message": "m"}}

        if parts == ["version"]:
            return 200, {"version": self.world.get("version", "1.22.3")}, {}
        if parts[0] == "orgs" and parts[2:] == ["repos"]:
            return paged([self.gitea_repo(repo) for repo in self.repos_of(parts[1])])
        repo, rest = self.repo(parts[1], parts[2]), parts[3:]
        if rest == ["labels"]:
            return paged([{"id": 1, "name": name} for name in repo.get("topics", [])])
        if rest == ["branches"]:
            return paged([branch(*each) for each in repo["branches"].items()])
        if rest[0] == "branches":
            name = "/".join(rest[1:])
            return 200, branch(name, self.sha_of(repo, name)), {}
        if rest[0] == "contents":
            kind = self.has(repo, asked["ref"], "/".join(rest[1:]))
            if not kind:
                raise NotFound()
            return 200, {"type": "file"} if kind == "file" else [{"type": "file"}], {}
        if rest == ["pulls"]:
            return paged([{
                "number": pull["number"], "title": pull["title"], "user": {"login": pull["author"]},
                "head": {"ref": pull["branch"], "sha": pull["sha"]}, "base": {"ref": pull["target"], "sha": "b"},
                "labels": [{"name": name} for name in pull.get("labels", [])],
            } for pull in self.pulls_of(parts[1], parts[2])])
        raise NotFound()

    @staticmethod
    def gitea_repo(repo):
        name = f"{repo['org']}/{repo['name']}"
        return {"id": repo["id"], "name": repo["name"], "default_branch": repo["default"],
                "ssh_url": f"git@gitea.example:{name}.git", "html_url": f"https://gitea.example/{name}",
                "clone_url": f"https://gitea.example/{name}.git", "archived": repo.get("archived", False)}

    # Bitbucket

    def bitbucket(self, parts, asked, _):
        def paged(items):
            number = int(asked.get("page", "1"))
            shown, pages = self.page(items, number, int(asked.get("pagelen", "10")))
            answer = {"values": shown, "page": number, "pagelen": 10, "size": len(items)}
            if number < pages:
                others = "".join(f"{key}={value}&" for key, value in asked.items() if key != "page")
                answer["next"] = f"{self.url}/2.0/{'/'.join(parts)}?{others}page={number + 1}"
            return 200, answer, {}

        def branch(name, sha):
            return {"name": name, "type": "branch", "target": {"hash": sha}}

        if parts[0] != "repositories":
            raise NotFound()
        if len(parts) == 2:
            return paged([self.bitbucket_repo(repo) for repo in self.repos_of(parts[1])])
        repo, rest = self.repo(parts[1], parts[2]), parts[3:]
        if rest == ["refs", "branches"]:
            return paged([branch(*each) for each in repo["branches"].items()])
        if rest[:2] == ["refs", "branches"]:
            name = "/".join(rest[2:])
            return 200, branch(name, self.sha_of(repo, name)), {}
        if rest[0] == "src":
            names = [name for name, sha in repo["branches"].items() if sha == rest[1]]
            if not names or not self.has(repo, names[0], "/".join(rest[2:])):
                raise NotFound()
            return 200, {"path": "/".join(rest[2:])}, {}
        if rest == ["pullrequests", ""]:
            return paged([{
                "id": pull["number"], "title": pull["title"], "author": {"nickname": pull["author"]},
                "source": {"branch": {"name": pull["branch"]}, "commit": {"hash": pull["sha"]}},
                "destination": {"branch": {"name": pull["target"]}},
            } for pull in self.pulls_of(parts[1], parts[2])])
        raise NotFound()

    @staticmethod
    def bitbucket_repo(repo):
        name = f"{repo['org']}/{repo['name']}"
        return {"uuid": repo.get("uuid", "{%d}" % repo["id"]), "slug": repo["name"], "name": repo["name"].upper(),
                "mainbranch": {"name": repo["default"], "type": "branch"} if repo["default"] else None,
                "links": {"clone": [{"name": "https", "href": f"https://bitbucket.example/{name}.git"},
                                    {"name": "ssh", "href": f"git@bitbucket.example:{name}.git"}]}}

    # Bitbucket Server

    def bitbucketServer(self, parts, asked, _):
        def paged(items):
            start = int(asked.get("start", "0"))
            size = min(int(asked.get("limit", "25")), self.world.get("page", 25))
            shown = items[start:start + size]
            answer = {"values": shown, "start": start, "limit": size, "size": len(shown)}
            answer["isLastPage"] = start + size >= len(items)
            answer["nextPageStart"] = None if answer["isLastPage"] else start + size
            return 200, answer, {}

        def branch(name, sha):
            return {"id": f"refs/heads/{name}", "displayId": name, "type": "BRANCH", "latestCommit": sha,
                    "isDefault": False}

        if parts[0] != "projects" or parts[2] != "repos":
            raise NotFound()
        if len(parts) == 3:
            return paged([self.bitbucket_server_repo(repo) for repo in self.repos_of(parts[1])])
        repo, rest = self.repo(parts[1], parts[3]), parts[4:]
        if rest == ["branches", "default"]:
            if not repo["default"]:
                return 200, None, {}
            return 200, branch(repo["default"], self.sha_of(repo, repo["default"])), {}
        if rest == ["branches"]:
            return paged([branch(*each) for each in repo["branches"].items()])
        if rest[0] == "browse":
            kind = self.has(repo, asked["at"], "/".join(rest[1:]))
            if not kind:
                raise NotFound()
            return 200, {"type": "FILE" if kind == "file" else "DIRECTORY"}, {}
        if rest == ["pull-requests"]:
            return paged([{
                "id": pull["number"], "title": pull["title"], "author": {"user": {"name": pull["author"]}},
                "fromRef": {"displayId": pull["branch"], "latestCommit": pull["sha"]},
                "toRef": {"displayId": pull["target"], "latestCommit": "b"},
            } for pull in self.pulls_of(parts[1], parts[3])])
        raise NotFound()

    @staticmethod
    def bitbucket_server_repo(repo):
        name = f"{repo['org']}/{repo['name']}"
        return {"id": repo["id"], "slug": repo["name"].lower(), "name": repo["name"], "project": {"key": repo["org"]},
                "archived": repo.get("archived", False),
                "links": {"clone": [{"name": "http", "href": f"https://server.example/scm/{name}.git"},
                                    {"name": "ssh", "href": f"ssh://git@server.example:7999/{name}.git"}]}}

    # The plugin

    def plugin(self, parts, _, body):
        if parts != ["api", "v1", "getparams.execute"] or body is None:
            raise NotFound()
        given = self.world.get("plugin", [])
        if given == "echo":
            given = [{"told": json.loads(body)}]
        return 200, {"output": {"parameters": given}}, {}
