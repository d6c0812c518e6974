"""A network and a server that fail: what passes is tried again, what stays is unknown, nothing hangs, nothing is believed."""

import time

from harness import proxy
from harness.proxy import Fault, Proxy, Relay
from harness.scene import Scene
from recording_server import RecordingServer

deployments = r"^/apis/apps/v1/.*deployments"
anything = r"^/api"


class Faults(Scene):
    def check_through(self, between, *arguments, **options):
        with between:
            return self.world.check(
                *arguments, kubeconfig=self.world.kubeconfig_with("cell-b", server=between.address), **options
            )

    def through_faults(self, *faults, arguments=(), **options):
        between = Proxy(self.world.cells["cell-b"], faults, **options)
        run = self.check_through(between, *arguments)
        self.assertEqual({"GET"}, {method for method, _path in between.requests})
        for fault in faults:
            self.assertGreater(fault.hits, 0, f"nothing asked for {fault.path}")
        return run

    def test_what_passes_is_tried_again(self):
        faults = {
            "429 with Retry-After": proxy.status(429, Retry_After="1"),
            "503": proxy.status(503),
            "500": proxy.status(500),
            "a reset": proxy.reset,
            "a body that ends early": proxy.truncate,
        }
        for name, act in faults.items():
            for where in (deployments, anything):
                with self.subTest(f"{name} at {where}"):
                    self.assert_clean(self.through_faults(Fault(where, act, times=1)))

    def test_a_slow_server_is_waited_for(self):
        self.assert_clean(self.through_faults(Fault(deployments, proxy.slow(2), times=1)))

    def test_what_stays_is_unknown(self):
        wrong_list = b'{"kind":"DeploymentList","apiVersion":"apps/v1","metadata":{},"items":null}'
        faults = {
            "503": proxy.status(503),
            "429": proxy.status(429, Retry_After="1"),
            "resets": proxy.reset,
            "a body that ends early": proxy.truncate,
            "half of the JSON": proxy.cut,
            "a login page": proxy.body(b"<html><body>Please log in</body></html>", "text/html"),
            "an empty body": proxy.body(b""),
            "no list": proxy.body(b'{"kind":"Status","apiVersion":"v1","status":"Success"}'),
        }
        for name, act in faults.items():
            with self.subTest(name):
                run = self.through_faults(Fault(deployments, act), arguments=("--timeout", "8s"))
                self.assert_deployments_unknown(run)
        with self.subTest("an empty list is an answer"):
            run = self.through_faults(Fault(deployments, proxy.body(wrong_list)))
            found = {(one["category"], one["object"]["name"]) for one in run.report["findings"]}
            self.assertEqual({("missing", "web"), ("missing", "worker"), ("missing", "edge")}, found)

    def assert_deployments_unknown(self, run):
        self.assertEqual(3, run.exit_code, run)
        self.assertEqual([], run.report["findings"], run)
        self.assertEqual(3, run.report["summary"]["objects"]["unknown"], run)
        self.assertIn("deployment", " ".join(self.problems_of(run, "cell-b")).lower(), run)

    def test_nothing_hangs(self):
        for name, act in {"no answer": proxy.hang, "an answer that takes for ever": proxy.slow(600)}.items():
            with self.subTest(name):
                start = time.monotonic()
                run = self.through_faults(Fault(deployments, act), arguments=("--timeout", "3s"))
                self.assertLess(time.monotonic() - start, 15)
                self.assert_deployments_unknown(run)

    def test_lists_are_paged(self):
        """The proxy turns the page size down, so that the real server hands out many pages."""
        self.assert_clean(self.through_faults(rewrite=small_pages))

    def test_a_page_that_has_expired_starts_the_list_anew(self):
        expired = Fault(r"configmaps.*continue=", proxy.status(410), times=1)
        self.assert_clean(self.through_faults(expired, rewrite=small_pages))

    def test_pages_without_end(self):
        same_again = b'{"kind":"DeploymentList","apiVersion":"apps/v1","metadata":{"continue":"again"},"items":[]}'
        start = time.monotonic()
        run = self.through_faults(Fault(deployments, proxy.body(same_again)), arguments=("--timeout", "3s"))
        self.assertLess(time.monotonic() - start, 15)
        self.assert_deployments_unknown(run)

    def test_a_redirect_is_not_followed_with_the_token(self):
        with RecordingServer(lambda _question: (404, "{}")) as elsewhere:
            run = self.through_faults(Fault(deployments, proxy.status(302, Location=elsewhere.address + "/x")))
        self.assertEqual([], elsewhere.asked)
        self.assert_deployments_unknown(run)

    def test_connections_that_break_in_the_middle(self):
        for bytes_before in (1_000, 5_000, 20_000):
            with self.subTest(bytes_before):
                between = Relay(self.world.cells["cell-b"], bytes_before, times=1)
                self.assert_clean(self.check_through(between))
                self.assertGreater(between.connections, 1)

    def test_connections_that_fall_silent(self):
        start = time.monotonic()
        run = self.check_through(Relay(self.world.cells["cell-b"], 20_000, stall=True), "--timeout", "3s")
        self.assertLess(time.monotonic() - start, 15)
        self.assertEqual(3, run.exit_code, run)
        self.assertEqual([], run.report["findings"])


def small_pages(path):
    return path.replace("limit=500", "limit=2")
