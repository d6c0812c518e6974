"""What every command's flags have in common."""

import re

from case import Case
from fleet import PROJECT

COMMANDS = ("check", "explain", "gate", "apps", "render", "cells", "snapshot", "demo")
# `snapshot -o` names a file, where CELLDRIFT_OUTPUT has the formats of other commands.
WITHOUT_VARIABLE = {("snapshot", "--output"), *((command, "--help") for command in COMMANDS)}


class Flags(Case):
    def flags(self, command):
        """Each flag of a command, by its long name, with what --help says of it."""
        text = self.fleet.run(command, "--help").stdout
        entries = re.split(r"\n  (?=-)", text.partition("Options:")[2])[1:]
        return {re.search(r"--[a-z-]+", entry)[0]: entry for entry in entries}

    def test_every_flag_is_an_environment_variable_too(self):
        for command in COMMANDS:
            for name, text in self.flags(command).items():
                if (command, name) not in WITHOUT_VARIABLE:
                    with self.subTest(f"{command} {name}"):
                        variable = "CELLDRIFT_" + name[2:].upper().replace("-", "_")
                        self.assertIn(f"(Env:{variable})", re.sub(r"\s", "", text))

    def test_every_flag_is_in_the_manual(self):
        for command in COMMANDS:
            page = (PROJECT / f"man/celldrift-{command}.1").read_text().replace("\\-", "-")
            for name in self.flags(command):
                with self.subTest(f"{command} {name}"):
                    self.assertIn(f"Fl {name[2:]}", page)
