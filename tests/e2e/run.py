#!/usr/bin/env python3
"""Runs one area of the end-to-end tests: run.py --celldrift BINARY AREA [unittest's arguments].

Starts real API servers (KUBEBUILDER_ASSETS, else what scripts/envtest gets), and ends them however the run ends.
"""

import argparse
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from harness import scene  # noqa: E402
from harness.processes import exit_on_signals  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--celldrift", required=True, help="the binary to test")
    parser.add_argument("--keep", action="store_true", help="keep the working folder, with its repo and logs")
    parser.add_argument("area", help="a module of areas/, as snapshots")
    options, rest = parser.parse_known_args()
    exit_on_signals()
    scene.configure(options.celldrift, options.keep)
    unittest.main(module=f"areas.{options.area}", argv=[sys.argv[0], *rest], verbosity=2)


if __name__ == "__main__":
    main()
