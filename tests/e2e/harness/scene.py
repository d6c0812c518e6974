"""The base of test classes that need a World: one set of cells per class, ended however the tests end."""

import atexit
import sys
import tempfile
import unittest
from pathlib import Path

from .processes import WorkFolder
from .world import World, as_argocd

_settings = {}


def configure(binary, keep):
    _settings.update(binary=Path(binary).resolve(), keep=keep)


class Scene(unittest.TestCase):
    """Sub-classes say which cells they need and how the fleet is applied to them before the tests."""

    cells = ("cell-a", "cell-b", "cell-c")
    modes = {}  # cell -> how it is applied; as Argo CD does it where nothing is said
    versions = {}  # cell -> its Kubernetes minor, as "1.33"; the newest where nothing is said
    applied = True  # False: the cells stay empty
    fleet = "e2e/fleet"  # the folder of testdata that the manifests repo is made from
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        folder = WorkFolder(_settings["keep"])
        atexit.register(folder.remove)
        cls.world = World(folder, _settings["binary"], cls.cells, cls.versions, cls.fleet)
        atexit.register(cls.world.stop)
        cls.world.start()
        if cls.applied:
            cls.world.apply_everywhere({cell: cls.modes.get(cell, as_argocd) for cell in cls.cells})

    @classmethod
    def tearDownClass(cls):
        cls.world.stop()

    def run(self, result=None):
        super().run(result)
        if result and not result.wasSuccessful():
            self._keep_logs()
        return result

    def _keep_logs(self):
        kept = Path(tempfile.gettempdir(), f"celldrift-failed-{type(self).__module__.rpartition('.')[2]}")
        self.world.keep_logs(kept)
        print(f"the API servers' logs and the repo are in {kept}", file=sys.stderr)

    # What tests ask again and again

    def assert_clean(self, run):
        self.assertEqual(0, run.exit_code, run)
        self.assertEqual("clean", run.report["verdict"])
        self.assertTrue(run.report["complete"])
        self.assertEqual([], run.report["findings"])
        self.assertEqual([], run.report["problems"])

    def problems_of(self, run, cell):
        return [problem["message"] for problem in run.report["problems"] if problem["cell"] == cell]
