"""The same fleet, and the same changes to it, on the oldest Kubernetes that is covered, beside a cell of the newest."""

from areas import changes_server_side, clean

# cell-b stays on the newest: that is told, and must lead to nothing else.
oldest = {"cell-a": "1.33", "cell-c": "1.33"}
new_defaults = {("note", "StatefulSet", "spec.updateStrategy.rollingUpdate.maxUnavailable")}


class OfTwoMinors:
    """Every report says that the cells' Kubernetes differs; what else it says is as on one version."""

    versions = oldest

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        check = cls.world.check

        def check_but_for_kubernetes(*arguments, **options):
            run = check(*arguments, **options)
            _take_out_kubernetes(run)
            return run

        cls.world.check = check_but_for_kubernetes


def _take_out_kubernetes(run):
    told = [one for one in run.report["findings"] if one["rule"] == "skew/kubernetes"]
    assert [(one["severity"], one["cells"]) for one in told] == [("warning", ["cell-b"])], run
    # What only the newer one fills in is a note, and says why.
    by_default = [one for one in run.report["findings"]
                  if one["rule"] == "parity/field" and one["reason"].startswith("a default of Kubernetes, which is ")]
    assert {(one["severity"], one["object"]["kind"], one["pathText"]) for one in by_default} <= new_defaults, run
    for one in told + by_default:
        run.report["findings"].remove(one)
    if not run.report["findings"]:
        run.exit_code = 0
        run.report["verdict"] = "clean"


class Clean(OfTwoMinors, clean.Clean):
    pass


class Changes(OfTwoMinors, changes_server_side.ChangesServerSide):
    pass
