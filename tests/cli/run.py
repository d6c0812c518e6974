#!/usr/bin/env python3
"""Runs the tests of the command line: run.py CELLDRIFT-BINARY [unittest's arguments]."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import case  # noqa: E402

if __name__ == "__main__":
    case.binary = pathlib.Path(sys.argv[1]).resolve()
    suite = unittest.defaultTestLoader.discover(pathlib.Path(__file__).parent, pattern="test_*.py")
    result = unittest.TextTestRunner(verbosity=2, failfast="--failfast" in sys.argv).run(suite)
    sys.exit(not result.wasSuccessful())
