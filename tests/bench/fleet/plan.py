"""What is planted where: drawn by a seed before anything is written, so that Git and the cells are made to fit."""

import dataclasses
import random

from services import Service

EDGE_LABEL = "tier"


@dataclasses.dataclass(frozen=True)
class Planted:
    kind: str  # a row of edits.KINDS
    service: Service
    cells: tuple

    def is_in(self, cell):
        return cell in self.cells


# Kind -> which services can have it. In the order in which services are given to them.
HOSTS = {
    "canary": lambda service: service.is_of_cells,
    "secret-changed": lambda service: service.has_secret,
    "lag": lambda service: not service.is_of_cells,
    "image-by-hand": lambda service: True,
    "scaled": lambda service: not service.is_scaled,
    "config-edited": lambda service: True,
    "variable-added": lambda service: True,
    "label-added": lambda service: True,
    "probe-removed": lambda service: True,
    "missing": lambda service: True,
    "extra": lambda service: True,
    "object-by-hand": lambda service: True,
    "webhook": lambda service: True,
}


class Plan:
    """What is planted in `services` and `cells` (names). Each service has one kind of difference at most, in fewer than
    half of the cells, so that what is to be found follows from each alone."""

    def __init__(self, services, cells, seed, rounds):
        drawn = random.Random(seed)
        free = [service for service in services if not service.is_edge]
        drawn.shuffle(free)
        self.all = []
        for _ in range(rounds):
            for kind, fits in HOSTS.items():
                service = next((each for each in free if fits(each)), None)
                if service is not None:
                    free.remove(service)
                    self.all.append(Planted(kind, service, self._draw_cells(drawn, cells)))
        self.mislabelled = drawn.choice(cells) if rounds else None
        self.by_service = {planted.service: planted for planted in self.all}

    @staticmethod
    def _draw_cells(drawn, cells):
        most = max(1, min(3, (len(cells) - 1) // 2))
        return tuple(sorted(drawn.sample(cells, drawn.randint(1, most))))

    def of(self, service, cell):
        """What is planted there, or None."""
        planted = self.by_service.get(service)
        return planted if planted is not None and planted.is_in(cell) else None

    def kind_of(self, service, cell):
        planted = self.of(service, cell)
        return planted.kind if planted else None

    def released(self, service):
        """Whether the newest commit brought a version of the service that some cell lacks."""
        planted = self.by_service.get(service)
        return planted is not None and planted.kind == "lag"

    def runs(self, service, cell):
        """Whether the cell is to have the service at all, as its labels are."""
        return not (service.is_edge and cell == self.mislabelled)

    def labels(self, cell):
        return {EDGE_LABEL: "Edge" if cell == self.mislabelled else "edge"}

    def wanted_version(self, service, cell):
        return service.version(1 if self.kind_of(service, cell) == "canary" else 0)
