"""From paths to report: dates, years, waivers, crashes, marks that survive edits."""

import shutil
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from kesu_cli.cli.exit_code import exit_code
from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.engine import check as engine
from kesu_cli.engine import load_reports
from kesu_cli.engine.check import Request, check, check_plan
from kesu_cli.model.window import Basis
from kesu_cli.report import Outcome, Report
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule
from kesu_cli.rules.book import RULES
from kesu_cli.standing import Standing

HERE = Path(__file__).parent
TODAY = date(2026, 11, 24)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "world" / "plan", tmp_path / "plan")
    shutil.copytree(HERE / "sample" / "progress", tmp_path / "progress")
    return tmp_path


def judge(city: Path, *paths: str, as_of: date | None = None, unit: str = "", today: date = TODAY) -> Report:
    return check(Request(tuple(city / path for path in paths), today, as_of, unit=unit), "test")


def test_a_past_year_is_judged_by_its_last_day_and_the_day_reports_were_due(city: Path) -> None:
    as_of = judge(city, "progress/2024").as_of
    assert (as_of.day, as_of.over, as_of.basis) == (date(2024, 12, 31), True, Basis.PAST_YEAR)
    assert (as_of.reporting, as_of.reporting_over) == (date(2025, 1, 31), True)


def test_before_reports_are_due_nobody_is_late(city: Path) -> None:
    report = judge(city, "progress/2024", today=date(2025, 1, 31))
    assert [f.code for f in report.findings if f.code in ("KS401", "KS402", "KS403")] == []
    codes = {f.code for f in judge(city, "progress/2024", today=date(2025, 2, 1)).findings}
    assert {"KS401", "KS402", "KS403"} <= codes


def test_the_running_year_is_judged_by_today_which_is_not_over(city: Path) -> None:
    as_of = judge(city, "progress/2024", today=date(2024, 9, 1)).as_of
    assert (as_of.day, as_of.over, as_of.basis) == (date(2024, 9, 1), False, Basis.TODAY)


def test_the_progress_folder_passes_over_no_year_up_to_the_date(city: Path) -> None:
    assert judge(city, "progress").years == (2024, 2025)
    assert judge(city, ".", as_of=date(2024, 12, 31)).years == (2024,)


def test_a_single_file_is_judged_among_all_but_shows_its_own_findings(city: Path) -> None:
    report = judge(city, "progress/2024/市科协.yaml")
    assert {"市科协"} == {
        unit for finding in report.findings for unit in (finding.unit, *finding.owners) if unit
    }
    whole = judge(city, "progress/2024")
    assert report.standings == whole.standings


def test_one_unit_sees_what_it_must_act_on(city: Path) -> None:
    report = judge(city, "progress/2024", unit="市教育体育局")
    assert report.scope == "市教体局"
    assert {f.code for f in report.findings} >= {"KS301", "KS404", "KS406"}
    assert "KS403" not in {f.code for f in report.findings}


def test_marks_survive_edits_elsewhere_in_the_file(city: Path) -> None:
    before = judge(city, "progress/2024")
    path = city / "progress" / "2024" / "市教体局.yaml"
    path.write_text("# 一行说明\n\n" + path.read_text("utf-8"), "utf-8")
    after = judge(city, "progress/2024")
    assert [f.fingerprint for f in before.findings] == [f.fingerprint for f in after.findings]
    assert [f.span for f in before.findings] != [f.span for f in after.findings]


def test_marks_are_unique(city: Path) -> None:
    report = judge(city, "progress/2024")
    marks = [f.fingerprint for f in (*report.findings, *report.plan_findings)]
    assert len(set(marks)) == len(marks)


WAIVER = """waivers:
  - rule: KS304
    task: M08-7
    unit: 市农业农村局
    reason: 选址调整
    document: 示例府办〔2024〕8号
    approved_by: {by}
    until: {until}
"""


@pytest.mark.parametrize(
    ("by", "until", "holds"),
    [
        ("示例市人民政府", "2024-12-31", True),
        ("示例市人民政府", "2024-12-30", False),
        ("市农业农村局", "2025-12-31", False),
        ("市农业局", "2025-12-31", False),
        ("市农业农村局党组", "2025-12-31", False),
        ("示例市农业局办公室", "2025-12-31", False),
        ("某人", "2025-12-31", False),
        ("市教育体育局", "2025-12-31", True),
    ],
)
def test_a_waiver_holds_to_its_last_day_and_not_by_the_unit_itself(
    by: str, until: str, *, holds: bool, city: Path
) -> None:
    (city / "plan" / "waivers.yaml").write_text(WAIVER.format(by=by, until=until), "utf-8")
    report = judge(city, "progress/2024")
    waived = {f.task for f in report.findings if f.waiver}
    assert waived == ({"M08-7"} if holds else set())
    verdicts = {s.verdict.value for s in report.standings if s.task.id == "M08-7"}
    assert verdicts == ({"waived"} if holds else {"missed"})
    assert (
        report.counts[Severity.ERROR] + report.waived >= judge(city, "progress/2024").counts[Severity.ERROR]
    )


def test_a_waived_finding_does_not_count_towards_the_exit_code(city: Path) -> None:
    report = judge(city, "progress/2024")
    assert exit_code(report, "error") == 1
    assert exit_code(check_plan(Request((city,), TODAY), "test"), "error") == 0


def _fails(context: Context) -> Iterator[Problem]:
    message = f"no such thing in {context.plan.title}"
    raise RuntimeError(message)
    yield


@pytest.mark.parametrize("reach", [Reach.FILE, Reach.WHOLE])
def test_a_rule_that_crashes_becomes_a_finding_and_the_others_go_on(
    reach: Reach, city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    healthy = judge(city, "progress/2024")
    broken = Rule(
        "KS301", "target-missed", Severity.ERROR, Category.STANDING, PROGRESS, "坏。", _fails, reach
    )
    rules = tuple(broken if rule.code == "KS301" else rule for rule in RULES)
    monkeypatch.setattr(engine, "RULES", rules)
    monkeypatch.setattr(load_reports, "RULES", rules)
    report = judge(city, "progress/2024")
    crashes = [f for f in report.findings if f.code == "KS001"]
    assert [f.message.split("（2021")[0] for f in crashes] == [
        "规则 KS301 运行出错（RuntimeError: no such thing in 示例市全民科学素质行动规划纲要实施方案"
    ]
    assert {f.code for f in report.findings} - {"KS001"} == {f.code for f in healthy.findings} - {"KS301"}
    assert [o.code for o in report.outcomes if o.outcome is Outcome.CRASHED] == ["KS301"]
    assert exit_code(report, "error") == 2


def test_a_rule_without_its_input_is_skipped_with_the_reason(city: Path) -> None:
    (city / "plan" / "waivers.yaml").write_text("waivers: 没有\n", "utf-8")
    outcomes = {o.code: o for o in judge(city, "progress/2024").outcomes}
    assert (outcomes["KS602"].outcome, outcomes["KS602"].why) == (Outcome.SKIPPED, "豁免文件读不出来")
    (city / "plan" / "units.yaml").write_text("units: 没有\n", "utf-8")
    outcomes = {o.code: o for o in judge(city, "progress/2024").outcomes}
    assert {o.why for o in outcomes.values() if o.outcome is Outcome.SKIPPED} == {"方案读不出来"}
    assert outcomes["KS104"].outcome is Outcome.FAILED


def test_the_report_of_a_year_counts_the_entries_of_the_years_before(city: Path) -> None:
    folder = city / "progress" / "2023"
    folder.mkdir()
    text = (city / "progress" / "2024" / "市农业农村局.yaml").read_text("utf-8")
    earlier = text.replace("2024", "2023").replace("2025-02-17", "2024-01-10").replace("0.3万", "0.5万")
    (folder / "市农业农村局.yaml").write_text(earlier, "utf-8")
    (city / "progress" / "2024" / "塔山街道.yaml").unlink()
    training = next(s for s in judge(city, "progress/2024").standings if s.task.id == "M08-3")
    assert training.actual == 8000


def test_a_second_report_of_the_same_unit_and_year_is_not_counted(city: Path) -> None:
    first = city / "progress" / "2024" / "市教体局.yaml"
    (city / "progress" / "2024" / "市教育体育局.yaml").write_bytes(first.read_bytes())
    report = judge(city, "progress/2024")
    training = next(s for s in report.standings if s.task.id == "M06-1")
    assert training.actual == 18
    assert "KS111" in {f.code for f in report.findings}


# --- a dispute follows the standing ------------------------------------------

HEAD = "unit: {unit}\nyear: {year}\nstatus: complete\nsubmitted: {after}-01-10\ndemo: true\nentries:\n"
COURSE = "  - task: M08-3\n    date: {year}-05-10\n    name: {unit}农民培训\n    value: {value}\n"
PROVEN = '    evidence:\n      - {{kind: 台账, url: "https://demo.invalid/{year}"}}\n'


@pytest.fixture
def farmers(city: Path) -> Path:
    """Report on a total over five years: in 2023 a township named 600 of it without evidence."""
    shutil.rmtree(city / "progress")
    for unit, year, value, proof in (
        ("洎阳街道", 2023, 600, ""),
        ("市农业农村局", 2023, 700, PROVEN),
        ("市农业农村局", 2024, 900, PROVEN),
        ("洎阳街道", 2024, 100, PROVEN),
    ):
        text = (HEAD + COURSE + proof).format(unit=unit, year=year, after=year + 1, value=value)
        file = city / "progress" / str(year) / f"{unit}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return city


def total(report: Report) -> Standing:
    return next(standing for standing in report.standings if standing.task.id == "M08-3")


def disputing(report: Report) -> list[tuple[str, str]]:
    return [(finding.code, finding.file) for finding in report.findings if finding.code == "KS406"]


OF_2023 = [("KS406", "progress/2023/洎阳街道.yaml")]


def test_a_finding_of_an_earlier_year_that_touches_a_total_is_shown_and_counted(farmers: Path) -> None:
    report = judge(farmers, "progress/2024")
    assert disputing(report) == OF_2023
    assert (total(report).actual, total(report).in_doubt) == (Fraction(1700), Fraction(600))
    (finding,) = (f for f in report.findings if f.code == "KS406")
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize("unit", ["市农业农村局", "洎阳街道"])
def test_who_answers_for_the_total_is_shown_what_disputes_it_whosever_the_entry(
    unit: str, farmers: Path
) -> None:
    assert disputing(judge(farmers, "progress/2024", unit=unit)) == OF_2023
    assert disputing(judge(farmers, f"progress/2024/{unit}.yaml")) == OF_2023


@pytest.mark.parametrize("unit", ["团市委", "塔山街道"])
def test_who_only_contributes_to_it_or_has_no_part_in_it_is_not(unit: str, farmers: Path) -> None:
    assert disputing(judge(farmers, "progress/2024", unit=unit)) == []


def test_what_no_judged_figure_rests_on_is_left_to_its_own_year(farmers: Path) -> None:
    file = farmers / "progress" / "2023" / "洎阳街道.yaml"
    file.write_text(file.read_text("utf-8").replace("M08-3", "M06-1"), encoding="utf-8")
    assert disputing(judge(farmers, "progress/2024")) == []


def test_no_waiver_covers_a_dispute(farmers: Path) -> None:
    row = "{task: M08-3, unit: 洎阳街道, reason: 材料遗失, document: 示例府办〔2024〕8号,"
    row += " approved_by: 示例市人民政府, until: 2026-12-31"
    waivers = farmers / "plan" / "waivers.yaml"
    for rule in ("", ", rule: KS406"):
        waivers.write_text(f"waivers:\n  - {row}{rule}}}\n", encoding="utf-8")
        report = judge(farmers, "progress/2024")
        assert [f.waiver for f in report.findings if f.code == "KS406"] == [""]
        assert exit_code(report, "error") == 1
        assert total(report).in_doubt == 600


def test_the_exit_code_goes_by_the_worse_end(farmers: Path) -> None:
    measures = farmers / "plan" / "measures.yaml"
    text = measures.read_text("utf-8")
    measures.write_text(text.replace("at_least: 20000", "at_least: 2000"), encoding="utf-8")
    report = judge(farmers, "progress", as_of=date(2026, 1, 31))
    assert total(report).word == "待核实"
    assert total(report).weight is Severity.ERROR
    short = [finding for finding in report.findings if finding.task == "M08-3" and finding.code == "KS301"]
    assert [finding.severity for finding in short] == [Severity.ERROR]
    settled = total(judge(farmers, "progress", as_of=date(2026, 6, 30)))
    assert (settled.word, settled.in_doubt) == ("未达标", Fraction(600))
