"""What the office lays down in plan/policy.yaml decides, and only as it is written there."""

from kesu_cli.rules import counted_by_nobody, policy_not_applied
from kesu_cli.standing import Declaration, Known, Source, Standing, stand
from kesu_cli.verdict import Verdict
from sample_task import AT_LEAST_30, as_of, entry_of, policy_of, row_of, standing_of, task_of, window_of
from test_rules_together import context_of, entry, filing, messages

# --- source_of_record

OF_RECORD = policy_of(source_of_record={"M06-1": "市科协"})
AT_MOST_30 = {"at_most": "30", "unit": "名"}


def _told(standing: Standing) -> list[tuple[str, str]]:
    return [(c.entry.unit, c.why) for c in standing.contributions]


def test_only_the_ledger_of_record_counts_and_the_rest_is_part_of_it() -> None:
    task = task_of(OF_RECORD, target=AT_LEAST_30)
    standing = standing_of(task, entry_of("18"), entry_of("20", unit="市科协"))
    assert standing.actual == 20
    assert sorted(_told(standing)) == [("市教体局", "以市科协的台账为准，这里是其中数"), ("市科协", "")]


def test_while_the_ledger_of_record_is_silent_nobody_has_reported() -> None:
    task = task_of(OF_RECORD, target=AT_LEAST_30)
    assert standing_of(task, entry_of("40")).verdict is Verdict.UNREPORTED


def test_a_ceiling_is_not_kept_by_a_unit_whose_ledger_is_not_of_record() -> None:
    task = task_of(OF_RECORD, target=AT_MOST_30)
    known = Known(
        declared=[Declaration("市教体局", 2024, "没有开展")],
        sources=[Source("市科协", 2024, is_zero=False)],
    )
    standing = stand(task, window_of(task), "", [entry_of("18")], as_of("2024-12-31"), OF_RECORD, known)
    assert (standing.actual, standing.verdict) == (None, Verdict.UNREPORTED)
    overdue = known._replace(sources=[Source("市科协", 2024, is_zero=False, unknown="到期没有报送")])
    standing = stand(task, window_of(task), "", [entry_of("18")], as_of("2025-02-01"), OF_RECORD, overdue)
    assert standing.worst in (Verdict.MISSED, Verdict.UNREPORTED)


def test_a_ledger_of_record_may_be_named_by_an_alias() -> None:
    task = task_of(policy_of(source_of_record={"M06-1": "市教育体育局"}), target=AT_LEAST_30)
    assert (task.source_of_record, task.sources) == ("市教体局", ("市教体局",))


def test_a_ledger_of_record_that_counts_nothing_is_named() -> None:
    rows = [row_of(target=AT_LEAST_30), row_of(id="M06-2", target=AT_LEAST_30, spread="each")]
    named = {"M06-1": "洎阳街道", "M06-2": "市科协"}
    policy = policy_of(source_of_record=named)
    assert messages(policy_not_applied.RULE, context_of(rows, policy=policy)) == [
        "M06-1 任务：以洎阳街道的台账为准，而它不是这项任务的牵头或责任单位，谁报的都不计入",
        "M06-2 任务：各单位各算各的，不能以市科协的台账为准",
    ]
    standing = standing_of(task_of(policy, target=AT_MOST_30), entry_of("18"))
    assert (standing.actual, standing.verdict) == (None, Verdict.UNREPORTED)


def test_a_part_of_the_ledger_of_record_is_not_lost_whoever_else_is_said_to_count_it() -> None:
    theirs = filing("市教体局", entry("18", counted_by="团市委"))
    rows = [row_of(target=AT_LEAST_30)]
    assert messages(counted_by_nobody.RULE, context_of(rows, theirs, policy=OF_RECORD)) == []


def test_what_the_ledger_of_record_leaves_to_another_unit_is_lost() -> None:
    ours = filing("市科协", entry("18", counted_by="市教体局"))
    theirs = filing("市教体局", entry("18"))
    context = context_of([row_of(target=AT_LEAST_30)], ours, theirs, policy=OF_RECORD)
    assert messages(counted_by_nobody.RULE, context) == [
        "“条目”（2024-07-16）写了由市教体局计数，市教体局的条目只作其中数（以市科协的台账为准），报了也不计入，"
        "这个数哪里都没有算进去"
    ]
