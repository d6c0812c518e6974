"""Each change of the tables, in a fleet applied server-side as Argo CD does, gives exactly the findings it should.

CELLDRIFT_E2E_CASE=TEXT runs only the cases whose names have that text."""

import os

from harness.scene import Scene
from harness.table import Table, cases_named
from harness.world import as_argocd


class ChangesServerSide(Scene):
    mode = as_argocd

    @classmethod
    def setUpClass(cls):
        cls.modes = {cell: cls.mode for cell in cls.cells}
        super().setUpClass()
        cls.table = Table(cls.world, cls.mode)

    def test_each_change_gives_exactly_its_findings(self):
        for case in cases_named(os.environ.get("CELLDRIFT_E2E_CASE", "")):
            with self.subTest(case.name):
                try:
                    difference = self.table.judge(case)
                finally:
                    self.table.put_back(case)
                self.assertEqual("", difference, f"{case.name}:\n{difference}")
        self.assert_clean(self.world.check())
