"""What Argo CD and Flux say of themselves, held against Git and what is live: in the demo's cells, as their snapshots."""

import json
import subprocess

from case import Case
from tools import CONTROLLER, FLUX_KINDS, GROUP, application, healthy, owned, snapshot_of


class Claims(Case):
    def setUp(self):
        super().setUp()
        self.head = self.git("rev-parse", "HEAD")
        self.objects = healthy(self.head)

    def git(self, *arguments):
        who = ["-c", "user.name=Test", "-c", "user.email=test@shop.example"]
        return subprocess.run(["git", "-C", self.fleet.repo, *who, *arguments], check=True, capture_output=True,
                              text=True).stdout.strip()

    def one(self, name, kind="Application"):
        """The live object, to be changed."""
        return next(one for one in self.objects if (one["kind"], one["metadata"]["name"]) == (kind, name))

    def audit(self, *arguments, code, cell="cell-a", cells=(), **options):
        snapshot = self.fleet.write(f"{cell}.snap", snapshot_of(cell, self.objects, **options), folder=self.fleet.folder)
        return self.report("--snapshot", snapshot, *arguments, code=code, cells=cells)

    def claims(self, *arguments, **options):
        return [one for one in self.audit(*arguments, **options)["findings"] if one["category"] == "gitops"]

    def rules(self, **options):
        return [(one["rule"], one["severity"]) for one in self.claims(**options)]

    def only(self, rule, severity, code, **options):
        claim, = self.claims(code=code, **options)
        self.assertEqual((rule, severity), (claim["rule"], claim["severity"]), claim["message"])
        return claim

    def test_a_healthy_fleet(self):
        report = self.audit(code=0)
        self.assertEqual(([], []), (report["findings"], report["problems"]))

    def test_a_cell_without_argo_cd(self):
        self.assertEqual([], self.report(code=0)["findings"])

    def test_objects_that_could_not_be_read_are_told_and_assumed_of_nothing(self):
        self.objects = []
        report = self.audit(code=0, unread=("Application",))
        self.assertEqual([], report["findings"])
        problem, = [one for one in report["problems"] if "Argo CD" in one["message"]]
        self.assertIn("Application: access denied", problem["message"])

    def test_objects_of_somebody_else_are_not_missing_ours(self):
        self.objects = [{**application("cell-a", "other", self.head), "metadata": {"name": "other", "namespace": "argocd"}}]
        self.objects[0]["spec"]["source"]["repoURL"] = "https://git.example.com/another.git"
        self.assertEqual([], self.rules(code=0))

    # Existence

    def test_an_application_that_its_set_has_not_made(self):
        self.objects.remove(self.one("cell-a-backend"))
        claim = self.only("gitops/missing-application", "error", code=1)
        self.assertEqual(("backend", "cell-a-backend", ["cell-a"]), (claim["component"], claim["application"], claim["cells"]))
        self.assertIn("ApplicationSet backend should make", claim["message"])

    def test_a_set_that_is_not_there(self):
        self.objects = [one for one in self.objects if one["metadata"]["name"] not in ("backend", "cell-a-backend")]
        self.assertEqual([("gitops/missing-application", "error"), ("gitops/missing-set", "error")],
                         sorted(self.rules(code=1)))

    def test_an_application_that_its_set_no_longer_makes(self):
        old = application("cell-z", "backend", self.head)
        self.objects.append(old)
        self.assertEqual([], self.rules(code=0))  # of a cell that is not looked at nothing is known
        old["spec"]["destination"]["server"] = "https://cell-a.shop.example:6443"
        claim = self.only("gitops/extra-application", "warning", code=1)
        self.assertIn("does not make (any more)", claim["message"])
        self.one("backend", "ApplicationSet")["spec"]["syncPolicy"] = {"applicationsSync": "create-only"}
        self.assertIn("policy is create-only", self.only("gitops/extra-application", "warning", code=1)["message"])

    def test_an_application_made_by_hand(self):
        mine = application("cell-a", "backend", self.head)
        mine["metadata"] = {"name": "mine", "namespace": "argocd", "managedFields": [owned("kubectl-create", [("spec",)])]}
        self.objects.append(mine)
        claim = self.only("gitops/extra-application", "warning", code=1)
        self.assertEqual("kubectl-create", claim["changedBy"]["manager"])
        self.assertIn("kubectl-create did it at 2026-11-23T08:10:00Z", claim["message"])

    # Alterations

    def altered(self, change, fields=(), code=1, manager="kubectl-edit"):
        """What is told of cell-a-backend when somebody changes it."""
        live = self.one("cell-a-backend")
        change(live)
        live["metadata"]["managedFields"].append(owned(manager, fields, time="2026-11-23T20:00:00Z"))
        claims = self.claims(code=code)
        self.assertEqual({"gitops/altered"}, {one["rule"] for one in claims})
        return [(one["severity"], one["path"], one["want"], one["have"]) for one in claims], claims

    def test_another_revision(self):
        def change(live):
            live["spec"]["source"]["targetRevision"] = "feature"
        (one,), (claim,) = self.altered(change, [("spec", "source", "targetRevision")])
        self.assertEqual(("error", "/spec/source/targetRevision", "main", "feature"), one)
        self.assertEqual("kubectl-edit", claim["changedBy"]["manager"])
        self.assertIn("follows another revision", claim["message"])
        self.assertEqual("applicationsets/backend.yaml", claim["source"]["file"])

    def test_what_git_does_not_state(self):
        def change(live):
            live["spec"]["ignoreDifferences"] = [{"group": "apps", "kind": "Deployment", "jsonPointers": ["/spec/replicas"]}]
        (one,), (claim,) = self.altered(change, [("spec", "ignoreDifferences")])
        self.assertEqual(("warning", "/spec/ignoreDifferences"), one[:2])
        self.assertIn("does not look at what is named there", claim["message"])

    def test_project_and_destination(self):
        def change(live):
            live["spec"]["project"] = "default"
            live["spec"]["destination"]["namespace"] = "elsewhere"
        found, _ = self.altered(change, code=1)
        self.assertEqual({("error", "/spec/project", "shop", "default"),
                          ("error", "/spec/destination/namespace", "backend", "elsewhere")}, set(found))

    def with_policy(self, **policy):
        """Git has an automated sync for all backends, and so has the ApplicationSet."""
        file = self.fleet.repo / "applicationsets/backend.yaml"
        self.fleet.write("applicationsets/backend.yaml",
                         file.read_text().replace("project: shop", f"project: shop\n      syncPolicy: {json.dumps({'automated': policy})}"))
        self.fleet.commit()
        self.head = self.git("rev-parse", "HEAD")
        self.objects = healthy(self.head)
        self.one("backend", "ApplicationSet")["spec"]["template"]["spec"]["syncPolicy"] = {"automated": policy}

    def test_automated_sync_is_off(self):
        self.with_policy(prune=True, selfHeal=True)
        claim = self.only("gitops/altered", "error", code=1)
        self.assertIn("nothing is synced any more", claim["message"])
        for left in ({"automated": {"enabled": False, "prune": True, "selfHeal": True}}, {"syncOptions": ["A=b"]}):
            self.one("cell-a-backend")["spec"]["syncPolicy"] = left
            self.assertIn("nothing is synced any more", " ".join(one["message"] for one in self.claims(code=1)))

    def test_self_heal_is_off(self):
        self.with_policy(prune=True, selfHeal=True)
        self.one("cell-a-backend")["spec"]["syncPolicy"] = {"automated": {"prune": True}}
        claim = self.only("gitops/altered", "error", code=1)
        self.assertEqual("/spec/syncPolicy/automated/selfHeal", claim["path"])
        self.assertIn("is not undone", claim["message"])

    def test_what_the_set_lets_be(self):
        self.with_policy(selfHeal=True)
        file = self.fleet.repo / "applicationsets/backend.yaml"
        text = file.read_text()
        self.fleet.write("applicationsets/backend.yaml", text.replace(
            "spec:\n  generators", "spec:\n  ignoreApplicationDifferences: [{jsonPointers: [/spec/syncPolicy]}]\n  generators", 1))
        self.fleet.commit()
        self.one("backend", "ApplicationSet")["spec"]["ignoreApplicationDifferences"] = [{"jsonPointers": ["/spec/syncPolicy"]}]
        claim = self.only("gitops/altered", "note", code=0)
        self.assertIn("ignoreApplicationDifferences lets it be", claim["message"])

    def test_what_the_controller_has_not_brought_up_to_date(self):
        def change(live):
            live["spec"]["source"]["path"] = "apps/old"
        (one,), (claim,) = self.altered(change, [("spec", "source", "path")], manager=CONTROLLER)
        self.assertEqual("warning", one[0])
        self.assertIn("has not brought it up to date", claim["message"])

    def test_blocks_that_say_nothing_are_no_alteration(self):
        live = self.one("cell-a-backend")
        live["spec"]["syncPolicy"] = {}
        live["spec"]["source"]["helm"] = {}
        live["operation"] = {"sync": {}}
        self.assertEqual([], self.rules(code=0))

    # States

    def of_cell(self, cell):
        """But that somebody has to sync what is off: Git has no automated sync."""
        claims = self.claims(code=1, cell=cell)
        self.assertEqual([("gitops/paused", "note")],
                         [(one["rule"], one["severity"]) for one in claims if one["rule"] == "gitops/paused"])
        return [one for one in claims if one["rule"] != "gitops/paused"]

    def test_synced_though_live_is_edited(self):
        self.objects = healthy(self.head, cells=("cell-c",))
        claim, = self.of_cell("cell-c")
        self.assertEqual(("gitops/claims-synced", "warning", "cell-c-backend"),
                         (claim["rule"], claim["severity"], claim["application"]))
        self.assertIn(f"Synced at {self.head[:7]} and Healthy", claim["message"])
        self.assertIn("Deployment backend/backend", claim["message"])

    def test_synced_at_the_head_though_an_older_commit_is_live(self):
        self.objects = healthy(self.head, cells=("cell-b",))
        claim, = self.of_cell("cell-b")
        self.assertEqual("gitops/claims-synced", claim["rule"])
        self.assertIn(f"cell-b is proved to run {self.git('rev-parse', 'HEAD~1')[:7]}", claim["message"])
        self.assertEqual("exact", claim["proved"][0]["match"])

    def test_synced_at_the_commit_that_is_live_is_only_behind(self):
        old = self.git("rev-parse", "HEAD~1")
        self.objects = healthy(old, cells=("cell-b",))
        claim, = self.of_cell("cell-b")
        self.assertEqual(("gitops/behind", "warning", "cell-b-backend", self.head, old),
                         (claim["rule"], claim["severity"], claim["application"], claim["want"], claim["have"]))
        self.assertIn("1 change behind", claim["message"])

    def test_what_changed_nothing_of_it_leaves_it_behind_in_nothing(self):
        self.fleet.write("README.md", "x")
        self.fleet.commit()
        self.assertEqual([], self.rules(code=0))

    def test_out_of_sync_though_all_is_right(self):
        status = self.one("cell-a-backend")["status"]
        status["sync"]["status"] = "OutOfSync"
        status["resources"] = [{"kind": "Service", "name": "backend", "status": "OutOfSync"},
                               {"kind": "ConfigMap", "name": "backend", "status": "Synced"}]
        claim = self.only("gitops/claims-out-of-sync", "note", code=0)
        self.assertIn("(Service backend)", claim["message"])

    def test_operations(self):
        state = self.one("cell-a-backend")["status"]["operationState"]
        state.update(phase="Failed", message="one or more objects failed to apply")
        self.only("gitops/sync-failed", "note", code=0)
        self.one("cell-a-backend")["status"]["sync"]["status"] = "OutOfSync"
        self.assertIn(("gitops/sync-failed", "warning"), self.rules(code=1))
        state.update(phase="Running", startedAt="2026-11-24T01:00:00Z")
        self.assertNotIn("gitops/sync-stuck", [rule for rule, _ in self.rules(code=0)])
        state["startedAt"] = "2026-11-23T22:00:00Z"
        self.assertIn(("gitops/sync-stuck", "warning"), self.rules(code=1))

    def test_conditions(self):
        status = self.one("cell-a-backend")["status"]
        status["conditions"] = [{"type": "ComparisonError", "message": "cannot reach the repo", "lastTransitionTime": "2026-11-24T00:38:11Z"},
                                {"type": "OrphanedResourceWarning", "message": "x"}]
        status["sync"]["status"] = "Unknown"
        claim = self.only("gitops/condition", "warning", code=1)
        self.assertIn("since 2026-11-24T00:38:11Z (1 hour ago)", claim["message"])
        del status["conditions"]
        self.assertIn("does not know", self.only("gitops/condition", "warning", code=1)["message"])

    def test_a_refresh_that_does_not_come(self):
        metadata = self.one("cell-a-backend")["metadata"]
        metadata["annotations"] = {"argocd.argoproj.io/refresh": "normal"}
        self.assertEqual([], self.rules(code=0))
        asked = owned("kubectl-annotate", [("metadata", "annotations", "argocd.argoproj.io/refresh")], time="2026-11-24T01:00:00Z")
        metadata["managedFields"].append(asked)
        self.only("gitops/refresh-stuck", "warning", code=1)
        asked["time"] = "2026-11-24T01:35:00Z"
        self.assertEqual([], self.rules(code=0))

    # What Argo CD never looked at

    FROM_THE_SET = {"sync": {"status": "", "comparedTo": {"source": {"repoURL": ""}, "destination": {}}},
                    "health": {}, "summary": {}, "sourceHydrator": {}}

    def unseen(self, *names, made="2026-11-24T01:00:00Z", status=None):
        for name in names:
            live = self.one(name)
            live["metadata"]["creationTimestamp"] = made
            live.pop("status")
            live.update({"status": status} if status else {})

    def test_an_application_that_was_never_looked_at(self):
        for status in (None, self.FROM_THE_SET):
            self.objects = healthy(self.head)
            self.unseen("cell-a-backend", status=status)
            claim = self.only("gitops/never-looked-at", "warning", code=1)
            self.assertEqual(("cell-a-backend", ["cell-a"]), (claim["application"], claim["cells"]))
            self.assertIn("made at 2026-11-24T01:00:00Z (38 minutes ago)", claim["message"])
            self.assertIn("it looks at others that deploy to cell-a", claim["reason"])

    def test_one_that_was_just_made(self):
        self.unseen("cell-a-backend", made="2026-11-24T01:34:00Z", status=self.FROM_THE_SET)
        self.assertEqual([], self.rules(code=0))
        self.unseen("cell-a-backend", made="2026-11-24T01:33:00Z", status=self.FROM_THE_SET)
        self.only("gitops/never-looked-at", "warning", code=1)

    def test_an_error_is_a_look(self):
        error = {"type": "InvalidSpecError", "message": "no such project", "lastTransitionTime": "2026-11-24T00:38:11Z"}
        self.unseen("cell-a-backend", status={"sync": {"status": "Unknown"}, "health": {"status": "Unknown"}, "conditions": [error]})
        self.only("gitops/condition", "warning", code=1)

    def test_a_word_of_another_shard_is_no_look(self):
        error = {"type": "InvalidSpecError", "message": "no such project", "lastTransitionTime": "2026-11-24T00:38:11Z"}
        self.unseen("cell-a-backend", status={"conditions": [error]})
        self.assertEqual([("gitops/condition", "warning"), ("gitops/never-looked-at", "warning")], sorted(self.rules(code=1)))

    def test_a_controller_that_does_not_run(self):
        self.unseen("cell-a-backend", "cell-a-frontend")
        claims = self.claims(code=1)
        self.assertEqual({("gitops/never-looked-at", "it has looked at nothing there: its application controller may not run")},
                         {(one["rule"], one["reason"]) for one in claims})
        self.objects = healthy(self.head)
        self.one("cell-a-frontend")["status"]["reconciledAt"] = "2026-11-24T00:59:00Z"
        self.unseen("cell-a-backend")
        self.assertIn("nothing there since 2026-11-24T00:59:00Z (39 minutes ago): its application controller may be down",
                      self.only("gitops/never-looked-at", "warning", code=1)["reason"])

    def test_a_shard_that_nobody_runs(self):
        def reasons():
            claims = self.claims(code=1, cells=("cell-b",))
            return {one["reason"] for one in claims if one["rule"] == "gitops/never-looked-at"}

        self.objects += healthy(self.head, cells=("cell-b",))[2:]
        self.unseen("cell-b-backend", "cell-b-frontend")
        self.assertEqual({"it has looked at nothing that deploys to cell-b: nobody may run the shard of that cluster"}, reasons())
        self.one("cell-b-frontend")["status"] = {"sync": {"status": "Synced", "revision": self.head}, "health": {"status": "Healthy"},
                                                 "reconciledAt": "2026-11-24T00:50:00Z"}
        reason, = reasons()
        self.assertIn("nothing that deploys to cell-b since 2026-11-24T00:50:00Z (48 minutes ago): the controller that has the shard", reason)

    def test_what_is_not_to_be_looked_at(self):
        self.unseen("cell-a-backend")
        self.one("cell-a-backend")["metadata"]["annotations"] = {"argocd.argoproj.io/skip-reconcile": "true"}
        self.only("gitops/paused", "warning", code=1)

    # Pauses

    def test_skip_reconcile(self):
        metadata = self.one("cell-a-backend")["metadata"]
        metadata["annotations"] = {"argocd.argoproj.io/skip-reconcile": "true"}
        metadata["managedFields"].append(owned("kubectl-annotate", [("metadata", "annotations", "argocd.argoproj.io/skip-reconcile")]))
        claim = self.only("gitops/paused", "warning", code=1)
        self.assertEqual("kubectl-annotate", claim["changedBy"]["manager"])
        metadata["annotations"]["argocd.argoproj.io/skip-reconcile"] = "no"
        self.assertEqual([], self.rules(code=0))

    def test_sync_windows(self):
        self.with_policy()
        self.one("cell-a-backend")["spec"]["syncPolicy"] = {"automated": {}}
        window = {"kind": "deny", "schedule": "0 1 * * *", "duration": "1h", "applications": ["*-backend"]}
        self.objects.append({"apiVersion": f"{GROUP}/v1alpha1", "kind": "AppProject",
                             "metadata": {"name": "shop", "namespace": "argocd"}, "spec": {"syncWindows": [window]}})
        claim = self.only("gitops/sync-window", "note", code=0)
        self.assertEqual(["cell-a"], claim["cells"])
        self.assertIn("1 Application in cell-a: the deny window \"0 1 * * *\" of 1h is open", claim["message"])
        window["schedule"] = "0 2 * * *"
        self.assertEqual([], self.rules(code=0))

    def test_sync_windows_of_a_global_project(self):
        self.with_policy()
        self.one("cell-a-backend")["spec"]["syncPolicy"] = {"automated": {}}
        window = {"kind": "deny", "schedule": "0 1 * * *", "duration": "1h", "applications": ["*-backend"]}
        project = {"apiVersion": f"{GROUP}/v1alpha1", "kind": "AppProject"}
        self.objects += [{**project, "metadata": {"name": "shop", "namespace": "argocd", "labels": {"tier": "prod"}}, "spec": {}},
                         {**project, "metadata": {"name": "base", "namespace": "argocd"}, "spec": {"syncWindows": [window]}}]
        self.assertEqual([], self.rules(code=0))
        settings = self.fleet.folder / "argocd-cm.yaml"
        for tier, count in (("prod", 1), ("dev", 0)):
            globals_ = json.dumps([{"projectName": "base", "labelSelector": {"matchLabels": {"tier": tier}}}])
            settings.write_text(json.dumps({"kind": "ConfigMap", "metadata": {"name": "argocd-cm"}, "data": {"globalProjects": globals_}}))
            report = self.audit("--argocd-cm", settings, code=0)
            found = [one["message"] for one in report["findings"] if one["category"] == "gitops"]
            self.assertEqual(count, len(found), found)
        self.assertEqual([], report["problems"])
        settings.write_text(settings.read_text().replace("dev", "prod"))
        claim, = self.claims("--argocd-cm", settings, code=0)
        self.assertEqual(("gitops/sync-window", "AppProject", "shop"),
                         (claim["rule"], claim["object"]["kind"], claim["object"]["name"]))
        self.assertIn("the deny window \"0 1 * * *\" of 1h of the global project base is open", claim["message"])

    def test_errors_of_a_set(self):
        self.one("backend", "ApplicationSet")["status"]["conditions"] = [
            {"type": "ErrorOccurred", "status": "True", "message": "cannot list the repo", "lastTransitionTime": "2026-11-24T00:38:11Z"},
            {"type": "ResourcesUpToDate", "status": "False", "message": "cannot list the repo"}]
        claim = self.only("gitops/set-error", "warning", code=1)
        self.assertEqual(["cell-a"], claim["cells"])
        self.assertIn("cannot list the repo", claim["message"])

    # Flux

    def flux(self, kind, name, spec=None, status=None, group="kustomize.toolkit.fluxcd.io"):
        return {"apiVersion": f"{group}/v1", "kind": kind, "metadata": {"name": name, "namespace": "flux-system"},
                "spec": spec or {}, "status": status or {}}

    def ready(self, status, message="", time="2026-11-24T00:38:11Z", **more):
        return {"conditions": [{"type": "Ready", "status": status, "message": message, "lastTransitionTime": time}], **more}

    def of_flux(self, *objects, code):
        self.objects = objects
        return self.claims(code=code, kinds=FLUX_KINDS)

    def test_flux_suspended(self):
        apps = self.flux("Kustomization", "apps", {"suspend": True}, self.ready("False"))
        claim, = self.of_flux(apps, code=1)
        self.assertEqual(("gitops/suspended", "warning"), (claim["rule"], claim["severity"]))
        self.fleet.write("flux/apps.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
                         "metadata: {name: apps, namespace: flux-system}\nspec: {suspend: true}\n")
        self.fleet.commit()
        claim, = self.of_flux(apps, code=0)
        self.assertEqual(("gitops/suspended", "note"), (claim["rule"], claim["severity"]))

    def test_flux_not_ready(self):
        claim, = self.of_flux(self.flux("HelmRelease", "web", {}, self.ready("False", "install retries exhausted"),
                                        "helm.toolkit.fluxcd.io"), code=1)
        self.assertEqual("gitops/not-ready", claim["rule"])
        self.assertIn("since 2026-11-24T00:38:11Z (1 hour ago); Flux says \"install retries exhausted\"", claim["message"])
        self.assertEqual([], self.of_flux(self.flux("Kustomization", "apps", {}, self.ready("True")), code=0))
        hanging = self.flux("Kustomization", "apps", {}, self.ready("Unknown"))
        self.assertEqual(["gitops/not-ready"], [one["rule"] for one in self.of_flux(hanging, code=1)])

    def test_flux_behind_its_source(self):
        source = self.flux("GitRepository", "apps", {}, self.ready("True", artifact={
            "revision": "main@sha1:bbbb", "lastUpdateTime": "2026-11-23T20:00:00Z"}), "source.toolkit.fluxcd.io")
        apps = self.flux("Kustomization", "apps", {"sourceRef": {"kind": "GitRepository", "name": "apps"}},
                         self.ready("True", lastAppliedRevision="main@sha1:aaaa"))
        claim, = self.of_flux(source, apps, code=1)
        self.assertEqual(("gitops/behind", "main@sha1:bbbb", "main@sha1:aaaa"), (claim["rule"], claim["want"], claim["have"]))
        source["status"]["artifact"]["lastUpdateTime"] = "2026-11-24T01:30:00Z"
        self.assertEqual([], self.of_flux(source, apps, code=0))

    # Texts

    def test_what_is_the_same_of_many_is_told_once(self):
        for name in ("cell-a-backend", "cell-a-frontend"):
            self.one(name)["status"]["conditions"] = [{"type": "ComparisonError", "message": "the repo server is down"}]
        report = self.audit(code=1)
        cause, = report["causes"]
        self.assertEqual(("same-change", 2), (cause["kind"], len(cause["findings"])))
        snapshot = self.fleet.folder / "cell-a.snap"
        text = " ".join(self.fleet.check("--snapshot", snapshot, cells=()).stdout.split())
        self.assertIn("2 objects in cell-a: an error; Argo CD says \"the repo server is down\"", text)
