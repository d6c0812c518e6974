"""The base of the tests: a fresh fleet for each."""

import json
import unittest

from fleet import SECRET, Fleet

binary = None  # set by run.py


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.fleet = Fleet(binary)
        self.addCleanup(self.fleet.remove)

    def assert_exit(self, code, run):
        self.assertEqual(code, run.returncode, f"--- stdout\n{run.stdout}--- stderr\n{run.stderr}")
        for stream in (run.stdout, run.stderr):
            self.assertNotIn(SECRET, stream)
            self.assertNotIn("\x1b", stream)

    def assert_refused(self, run, *words):
        """Exit 2, nothing audited, one line that says why."""
        self.assert_exit(2, run)
        self.assertEqual("", run.stdout)
        self.assertEqual(1, run.stderr.count("\n"), run.stderr)
        for word in words:
            self.assertIn(word, run.stderr)

    def report(self, *arguments, code, **options):
        """The JSON report of a check that ends with `code`."""
        run = self.fleet.check("-o", "json", *arguments, **options)
        self.assert_exit(code, run)
        return json.loads(run.stdout)
