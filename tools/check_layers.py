#!/usr/bin/env python3
"""Fails when a file includes a module that its own module does not declare, or another module's room.

Usage: check_layers.py ROOT LAYERS, where LAYERS has a line "module: dependency ..." for each module.
"""
import pathlib
import re
import sys

root, layers = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
direct = {}
for line in layers.read_text().splitlines():
    name, _, dependencies = line.partition(":")
    direct[name] = set(dependencies.split())


def reachable(module):
    """A module sees what its dependencies' doors show, so their dependencies too."""
    seen, todo = {module}, [module]
    while todo:
        for dependency in direct[todo.pop()] - seen:
            seen.add(dependency)
            todo.append(dependency)
    return seen


allowed = {module: reachable(module) for module in direct}
# Third-party headers belong to the .cpp files of exactly one module (tests may use doctest anywhere).
owner_of = {"git2": "git", "curl": "http", "yaml-cpp": "yaml", "CLI": "cli", "openssl": None, "zlib": "observe",
            "re2": "regexp", "expat": "store"}
bad = 0


def complain(path, number, text):
    global bad
    bad += 1
    print(f"{path.relative_to(root)}:{number}: {text}")


for path in sorted([*root.glob("src/**/*.[ch]pp"), *root.glob("include/celldrift/**/*.hpp")]):
    parts = path.relative_to(root).parts
    if parts == ("src", "main.cpp"):
        continue
    module = parts[1] if parts[0] == "src" else parts[2]
    if module not in allowed:
        complain(path, 1, f"folder {module} is not a declared module")
        continue
    for number, line in enumerate(path.read_text().splitlines(), 1):
        door = re.match(r'#include "celldrift/(\w+)/', line)
        room = re.match(r'#include "(\w+)/', line)
        library = re.match(r"#include <([\w+-]+)[./]", line)
        if door and door[1] not in allowed[module]:
            complain(path, number, f"{module} may not include {door[1]} (not in its DEPENDS)")
        if room and room[1] in allowed and room[1] != module:
            complain(path, number, f"{module} may not look into the room of {room[1]}")
        if library and owner_of.get(library[1]) and owner_of[library[1]] != module:
            complain(path, number, f"<{library[1]}…> belongs to module {owner_of[library[1]]}")
        if library and owner_of.get(library[1]) and parts[0] == "include":
            complain(path, number, f"<{library[1]}…> leaks through a public header")
sys.exit(bad != 0)
