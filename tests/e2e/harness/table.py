"""Runs a table of changes: change, check, compare, put back."""

import collections
from concurrent.futures import ThreadPoolExecutor

import cases.by_hand
import cases.configuration
import cases.extras
import cases.metadata
import cases.network
import cases.workloads
import cases.writers

from .changes import api_path
from .expect import difference

tables = (cases.workloads, cases.by_hand, cases.metadata, cases.configuration, cases.network, cases.extras, cases.writers)


def cases_named(part):
    """The cases whose names have that text; all of them for ""."""
    return [case for case in all_cases() if part in case.name]


def all_cases():
    found = [case for table in tables for case in table.cases]
    twice = [name for name, count in collections.Counter(case.name for case in found).items() if count > 1]
    assert not twice, f"two cases have one name: {twice}"
    return found


def _delete(world, cell, object):
    """By the API: kubectl starts three times for the same, and this is done after every case."""
    api, path = world.api(cell, "celldrift-e2e"), api_path(object)
    answer = api.get(path)
    if answer.status == 404:
        return
    if answer.json["metadata"].get("finalizers"):  # which nobody here would serve
        api.patch(path, {"metadata": {"finalizers": None}})
        if api.get(path).status == 404:  # it was being deleted
            return
    api.delete(path)


class Table:
    def __init__(self, world, mode):
        self._world = world
        self._mode = mode
        self._head = world.repo.head
        self._files = world.files_of_objects("cell-a")

    def judge(self, case):
        """Makes the change, and says how the report differs from what the case expects; "" when it does not."""
        for cell in case.cells:
            case.change(self._world, cell)
        expected = [self._world.place(finding) for finding in case.expected(self._mode == ())]
        run = self._world.check()
        if not run.report:
            return str(run)
        text = difference(expected, run.report)
        exit_code = 1 if expected else 0
        if run.exit_code != exit_code:
            text += f"\n  exit code {run.exit_code} in place of {exit_code}\n{run.stderr}"
        return text

    def put_back(self, case):
        """Makes what the case touched anew, so that no trace of it is left, and Git what it was."""
        self._world.repo.reset(self._head)
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda cell: self._put_back(cell, case), case.cells))

    def _put_back(self, cell, case):
        if case.undo:
            case.undo(self._world, cell)
        for object in (*case.creates, *case.touches):
            _delete(self._world, cell, object)
        for file in sorted({self._files[object] for object in case.touches}):
            self._world.apply(cell, self._mode, only=file)
