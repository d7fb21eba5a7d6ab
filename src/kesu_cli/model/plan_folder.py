"""The terms (依据): what a verdict rests on besides the data — plan, units, policy and waivers."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from kesu_cli.diagnostic import Place
from kesu_cli.model.plan import Plan
from kesu_cli.model.plan_file import PlanFile
from kesu_cli.model.policy import Policy
from kesu_cli.model.unit import Units
from kesu_cli.model.waiver import Waiver


@dataclass(frozen=True)
class Terms:
    """What a plan folder lays down; ``waivers`` is None where that file could not be read."""

    plan: Plan
    units: Units
    policy: Policy
    waivers: tuple[Waiver, ...] | None = ()

    @property
    def binding_from(self) -> date:
        """The day before which nothing is held against anybody (追溯): that of the plan's issue.

        Where the office judges what lay before all the same, the first day there is.
        """
        return date.min if self.policy.judge_before_issue else self.plan.file.issued


@cache
def blank_terms() -> Terms:
    """Return terms that ask for nothing, to stand where the real ones could not be read."""
    day = {"from": "1970-01-01", "to": "1970-01-01"}
    file = PlanFile.model_validate(
        {"title": "-", "issuer": "-", "issued": "1970-01-01", "period": day, "actions": []}
    )
    due = {"years_after": "0", "day": "12-31"}
    policy = Policy.model_validate({"report_due": due})
    return Terms(Plan(file, Place(""), (), ()), Units((), (), ""), policy, None)
