"""Rounds: every object is changed once, the cell is checked, what is found is held to what must be, all is put back."""

import random
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import autoscalers
import expected
import git_side
import subjects
from differ import content, same
from expected import Case
from subjects import Subject
from wire import Refused

threads = 4


@dataclass
class Tally:
    name: str = "celldrift"
    changes: Counter = field(default_factory=Counter)
    found: Counter = field(default_factory=Counter)
    missed: Counter = field(default_factory=Counter)
    false: Counter = field(default_factory=Counter)
    refused: int = 0
    failures: list = field(default_factory=list)

    def add(self, other):
        for name in ("changes", "found", "missed", "false"):
            getattr(self, name).update(getattr(other, name))
        self.refused += other.refused
        self.failures += other.failures


class Rounds:
    def __init__(self, cell, objects, seed, peers=(), peer_changes=None):
        """`peers` look at all changes, or at no more than about `peer_changes`: they take long."""
        self.cell = cell
        self.seed = seed
        self.peers = peers
        self.peer_changes = peer_changes
        self.tally = Tally()
        with ThreadPoolExecutor(threads) as pool:
            lives = list(pool.map(cell.wire.get, objects))
        self.subjects = [Subject(number, stated, live, cell.schemas.of_object(stated))
                         for number, (stated, live) in enumerate(zip(objects, lives))]

    def run(self, number, only=None):
        """Round `number`; of one object alone where `only` names it."""
        chosen = [one for one in self.subjects if only in (None, str(one))]
        with ThreadPoolExecutor(threads) as pool:
            cases = list(pool.map(lambda subject: self._change(number, subject), chosen))
            scalers = self.cell.wire.request("GET", "/apis/autoscaling/v2/horizontalpodautoscalers")["items"]
            for case in cases:
                autoscalers.settle(case, scalers)
            self._judge(cases, self.cell.check().report)
            list(pool.map(lambda peer: self._ask(peer, cases), self.peers))
            again = [case for case, good in zip(cases, pool.map(self._put_back, cases)) if not good]
        self._apply_again([case for case in again if not self._is_put_back_late(case)])
        return cases

    def _ask(self, peer, cases):
        if self.peer_changes is None or sum(peer.changes.values()) < self.peer_changes:
            peer.judge(cases)

    def _change(self, number, subject):
        name = f"{self.cell.way.name}/{number}/{subject}"
        case, rng = Case(name, subject), random.Random(f"{self.seed}/{name}")
        case.refused, case.extra = 0, {}
        try:
            self._choose(subject, rng, case)
        except Refused as refused:
            case.live = self.cell.wire.get(subject.object)
            case.refused += 1
            case.said.append(f"refused: {str(refused)[:100]}")
        return case

    def _choose(self, subject, rng, case):
        dice = rng.random()
        if dice < 0.03 and subjects.is_deletable(subject):
            subjects.delete(self.cell, subject, case)
        elif dice < 0.06 and subjects.is_deletable(subject) and not subjects.is_excluded(subject):
            subjects.add_extra(self.cell, subject, rng, case)
        elif dice < 0.14:
            git_side.say_otherwise(self.cell, subject, rng, case)
        elif dice < 0.22:
            git_side.drop(self.cell, subject, rng, case)
        else:
            subjects.change_live(self.cell, subject, rng, case)

    # Judging

    def _judge(self, cases, report):
        found_of = defaultdict(list)
        for finding in report["findings"]:
            found_of[expected.key_of_finding(finding)].append(finding)
        for problem in report["problems"]:
            self._fail(None, f"problem: {problem}")
        for case in cases:
            self._judge_case(case, found_of.pop(case.subject.key, []))
            for key, wanted in case.extra.items():
                self._judge_case(Case(case.name, case.subject, case.said, wanted), found_of.pop(key, []))
        for key, findings in found_of.items():
            for finding in findings:
                self.tally.false["untouched"] += 1
                self._fail(None, f"false: {expected.in_words(finding)}")

    def _judge_case(self, case, findings):
        found, missed, false, wrong = expected.hold(case, findings)
        self.tally.changes.update(case.kinds)
        self.tally.refused += getattr(case, "refused", 0)
        self.tally.found.update(one.kind for one in found)
        self.tally.missed.update(one.kind for one in missed)
        self.tally.false.update({(case.kinds or ["untouched"])[0]: len(false)} if false else {})
        lines = [f"missed: {one}" for one in missed] + [f"false: {expected.in_words(one)}" for one in false] + wrong
        if lines:
            self._fail(case, "\n    ".join(lines))

    def _fail(self, case, text):
        if case is None:
            self.tally.failures.append(text)
            return
        said = "; ".join(case.said)
        self.tally.failures.append(f"--seed {self.seed} --case '{case.name}'\n    done: {said}\n    {text}")

    # Putting back

    def _put_back(self, case):
        git_side.put_back(self.cell, case)
        return subjects.put_back(self.cell, case)

    def _is_put_back_late(self, case):
        """What cannot be deleted may have been refused because of another object, as a LimitRange, before that was back."""
        return not subjects.is_deletable(case.subject) and subjects.put_back(self.cell, case)

    def _apply_again(self, cases):
        if not cases:
            return
        self.cell.apply([case.subject.stated for case in cases])
        for case in cases:
            before, case.subject.object = case.subject.object, self.cell.wire.get(case.subject.object)
            if not subjects.is_deletable(case.subject) and not same(content(before), content(case.subject.object)):
                self._fail(case, f"not put back: {case.problem}")
