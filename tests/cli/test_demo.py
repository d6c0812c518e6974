"""The demo's output, which is the README's. CELLDRIFT_UPDATE_GOLDENS=1 writes it anew."""

import os

from case import Case
from fleet import DEMO


class Demo(Case):
    def assert_golden(self, name, text):
        golden = DEMO / "golden" / name
        if os.environ.get("CELLDRIFT_UPDATE_GOLDENS"):
            golden.parent.mkdir(exist_ok=True)
            golden.write_text(text)
        self.assertEqual(golden.read_text(), text)

    def test_text(self):
        for width in (80, 100):
            with self.subTest(width):
                run = self.fleet.run("demo", environment={"COLUMNS": str(width)})
                self.assert_exit(1, run)
                self.assertLessEqual(max(len(line) for line in run.stdout.splitlines()), width)
                self.assert_golden(f"demo-{width}.txt", run.stdout)

    def test_json(self):
        run = self.fleet.run("demo", "-o", "json")
        self.assert_exit(1, run)
        self.assert_golden("demo.json", run.stdout)

    def test_it_leaves_nothing_behind(self):
        self.fleet.run("demo", environment={"TMPDIR": str(self.fleet.folder)})
        self.assertEqual([], [p for p in self.fleet.folder.iterdir() if p.name.startswith("celldrift-demo")])

    def test_the_readme_shows_it(self):
        readme = (DEMO.parents[1] / "README.md").read_text()
        self.assertIn((DEMO / "golden/demo-80.txt").read_text(), readme)
