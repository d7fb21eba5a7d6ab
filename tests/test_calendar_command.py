"""kesu calendar: what falls due, as a table, as JSON, and as a file that calendars import."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from client import installed, program
from kesu_cli.calendar import Calendar, DueReport, DueTask, EndingWaiver
from kesu_cli.engine.calendar import calendar
from kesu_cli.engine.check import Request, check
from kesu_cli.loaded import PlanUnreadable
from kesu_cli.model.unit import UnknownUnit
from kesu_cli.render.json import calendar_v1
from kesu_cli.render.json.json_base import written
from kesu_cli.render.office import calendar_ics
from kesu_cli.render.terminal import calendar_page as page
from kesu_cli.render.terminal.layout_to_text import to_bytes
from past_city import founded, report
from test_formats import golden

ROOT = Path(__file__).parent.parent
KESU = Path(sys.executable).with_name("kesu")
TODAY = date(2024, 11, 20)
READ_BACK = """
import { readFileSync } from "node:fs";
const ICAL = (await import(process.argv[1])).default;
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((part) => {
  const event = new ICAL.Event(part);
  const alarms = part.getAllSubcomponents("valarm").map((alarm) =>
    alarm.getFirstPropertyValue("trigger").toString());
  const [start, end] = [event.startDate, event.endDate];
  return { summary: event.summary, start: `${start}`, end: `${end}`, whole: start.isDate, alarms };
});
process.stdout.write(JSON.stringify(events));
"""
# a carriage return is no part of a text in a plan: it is refused at the gate
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters='\n,;\\":'), max_size=200)
NASTY = "一,二;三\\四\n五 [/red] 🎓 " + "长" * 60


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return peopled(tmp_path)


def peopled(tmp_path: Path) -> Path:
    folder = founded(tmp_path / "城市")
    report(folder, "市教体局", 10, 25)
    report(folder, "团市委")
    row = "{task: M08-7, unit: 市农业农村局, reason: 停, document: 示例府办〔2024〕8号,"
    (folder / "plan" / "waivers.yaml").write_text(
        f"waivers:\n  - {row} approved_by: 示例市人民政府, until: 2025-01-15}}\n", encoding="utf-8"
    )
    return folder


def ahead(folder: Path, days: int = 90, unit: str = "", today: date = TODAY) -> Calendar:
    return calendar(Request((folder,), today, unit=unit), days, "test")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Calendar:
    return ahead(peopled(tmp_path_factory.mktemp("known")))


def with_document(found: Calendar, name: str) -> Calendar:
    """Leave nothing but the waiver, granted by a document of this name."""
    (due,) = (item for item in found.items if isinstance(item, EndingWaiver))
    row = due.waiver.row.model_copy(update={"document": name})
    return replace(found, items=(replace(due, waiver=replace(due.waiver, row=row)),))


def tasks(found: Calendar) -> list[tuple[str, str, str]]:
    return [(i.task.id, i.window.label, i.day.isoformat()) for i in found.items if isinstance(i, DueTask)]


def test_windows_of_hard_tasks_and_deadlines_that_end_in_time_are_listed_by_day(city: Path) -> None:
    expected = [
        ("M08-7", "2024年", "2024-12-31"),
        ("M30-5", "2024年", "2024-12-31"),
        ("S1-5", "2024年", "2024-12-31"),
        ("M04-2", "2024年秋季学期", "2025-01-31"),
    ]
    assert expected == tasks(ahead(city))


def test_what_is_met_is_counted_and_not_listed(city: Path) -> None:
    found = ahead(city)
    assert "M06-1" not in [task for task, _, _ in tasks(found)]
    assert found.settled == 1
    assert "另有 1 项任务在此期间到期，已经达标" in to_bytes(page.layout(found)).decode()


def test_both_ends_of_the_days_belong_to_them(city: Path) -> None:
    assert tasks(ahead(city, 40)) == []
    assert [task for task, _, _ in tasks(ahead(city, 41))] == ["M08-7", "M30-5", "S1-5"]
    assert [task for task, _, _ in tasks(ahead(city, 0, today=date(2024, 12, 31)))] == [
        "M08-7",
        "M30-5",
        "S1-5",
    ]


def test_a_window_of_the_year_to_come_is_not_forgotten(city: Path) -> None:
    found = ahead(city, 90, today=date(2024, 12, 1))
    assert found.until == date(2025, 3, 1)
    far = tasks(ahead(city, 300))
    assert ("M04-2", "2025年春季学期", "2025-07-31") in far


def test_reports_fall_due_until_they_are_handed_in(city: Path) -> None:
    (due,) = (item for item in ahead(city).items if isinstance(item, DueReport))
    assert (due.year, due.day, len(due.units)) == (2024, date(2025, 1, 31), 7)
    path = report(city, "市教体局", 10, 25)
    text = path.read_text("utf-8").replace("status: draft", "status: complete\nsubmitted: 2024-11-19")
    path.write_text(text, encoding="utf-8")
    (due,) = (item for item in ahead(city).items if isinstance(item, DueReport))
    assert "市教体局" not in due.units
    assert not [item for item in ahead(city, unit="市教体局").items if isinstance(item, DueReport)]


def test_the_last_day_of_a_waiver_is_listed(city: Path) -> None:
    (ending,) = (item for item in ahead(city).items if isinstance(item, EndingWaiver))
    assert (ending.day, ending.unit) == (date(2025, 1, 15), "市农业农村局")


def test_a_unit_sees_what_it_owes_or_answers_for(city: Path) -> None:
    found = ahead(city, unit="市教育体育局")
    assert found.unit == "市教体局"
    assert [task for task, _, _ in tasks(found)] == ["M30-5", "S1-5", "M04-2"]
    (own,) = (item for item in found.items if isinstance(item, DueTask) and item.task.id == "S1-5")
    assert [standing.unit for standing in own.standings] == ["市教体局"]
    with pytest.raises(UnknownUnit):
        ahead(city, unit="市交通局")


def test_without_any_report_all_that_is_owed_is_overdue_and_the_rest_falls_due(tmp_path: Path) -> None:
    found = ahead(founded(tmp_path / "新"))
    assert [task for task, _, _ in tasks(found)] == ["P1-1", "M06-1", "M08-7", "M30-5", "S1-5", "M04-2"]
    due = {item.year: found.days_left(item) < 0 for item in found.items if isinstance(item, DueReport)}
    assert due == {2021: True, 2022: True, 2023: True, 2024: False}
    words = {item.task.id: item.standings[0].word for item in found.items if isinstance(item, DueTask)}
    assert {"P1-1": "未报送", "M06-1": "尚未报送", "M04-2": "尚未报送"}.items() <= words.items()
    assert found.settled == 0


def test_before_the_plan_begins_it_alone_says_what_falls_due(tmp_path: Path) -> None:
    found = ahead(founded(tmp_path / "新"), 380, today=date(2020, 12, 20))
    assert "P1-1" in [task for task, _, _ in tasks(found)]
    assert all(not item.standings for item in found.items if isinstance(item, DueTask))
    soon = ahead(tmp_path / "新", 30, today=date(2020, 12, 20))
    assert soon.items == ()
    assert "没有到期的事项。" in to_bytes(page.layout(soon)).decode()


def test_a_report_due_before_the_plan_was_issued_is_owed_by_nobody(tmp_path: Path) -> None:
    folder = founded(tmp_path / "新")
    measures = folder / "plan" / "measures.yaml"
    text = measures.read_text("utf-8")
    measures.write_text(text.replace("issued: 2021-03-29", "issued: 2022-03-29"), encoding="utf-8")
    found = ahead(folder, today=date(2023, 6, 1))
    assert [item.year for item in found.items if isinstance(item, DueReport)] == [2022]
    assert "P1-1" not in [task for task, _, _ in tasks(found)]


def test_what_is_waived_is_not_overdue(city: Path) -> None:
    late = [item.task.id for item in ahead(city, today=date(2025, 1, 10)).items if isinstance(item, DueTask)]
    assert "M08-7" not in late
    (city / "plan" / "waivers.yaml").unlink()
    late = [item.task.id for item in ahead(city, today=date(2025, 1, 10)).items if isinstance(item, DueTask)]
    assert "M08-7" in late


def test_a_plan_that_can_not_be_read_is_said(city: Path) -> None:
    (city / "plan" / "units.yaml").write_text("units: [", encoding="utf-8")
    with pytest.raises(PlanUnreadable, match="方案读不出来"):
        ahead(city)


def test_after_the_plan_nothing_falls_due_but_what_is_overdue_stays(city: Path) -> None:
    found = ahead(city, today=date(2027, 6, 1))
    assert all(found.days_left(item) < 0 for item in found.items)
    other = ahead(founded(city.parent / "空"), today=date(2027, 6, 1))
    assert {"P1-1", "M08-7", "G-1", "M08-3"} == {task for task, _, _ in tasks(other)}
    assert all(other.days_left(item) < 0 for item in other.items)


def test_what_is_overdue_comes_first_and_says_for_how_long(city: Path) -> None:
    found = ahead(city, today=date(2025, 2, 3))
    left = [found.days_left(item) for item in found.items]
    assert left == sorted(left)
    missing = next(item for item in found.items if isinstance(item, DueReport))
    assert (missing.year, missing.day, len(missing.units)) == (2024, date(2025, 1, 31), 7)
    late = [item.task.id for item in found.items if isinstance(item, DueTask) and found.days_left(item) < 0]
    assert late == ["M08-7"]
    shown = to_bytes(page.layout(found)).decode()
    assert "逾期 34 天" in shown
    assert "逾期 3 天" in shown
    titles = [str(event["SUMMARY"]) for event in events(calendar_ics.render(found))]
    assert [title.startswith("【演示数据】【已逾期】") for title in titles] == [days < 0 for days in left]


def test_what_was_done_late_is_not_asked_for_any_more(city: Path) -> None:
    done = "  - task: M08-7\n    date: 2025-01-20\n    name: 基地挂牌\n"
    path = city / "progress" / "2025" / "市农业农村局.yaml"
    path.parent.mkdir()
    path.write_text(f"unit: 市农业农村局\nyear: 2025\nstatus: draft\nentries:\n{done}", encoding="utf-8")
    found = ahead(city, today=date(2025, 2, 3))
    assert not [item for item in found.items if isinstance(item, DueTask) and found.days_left(item) < 0]


def test_a_unit_is_not_told_what_others_are_late_with(city: Path) -> None:
    late = {
        i.year for i in ahead(city, unit="市教体局", today=date(2025, 2, 3)).items if isinstance(i, DueReport)
    }
    found = ahead(city, unit="市教体局", today=date(2025, 2, 3))
    assert late == {2024}
    assert not [item for item in found.items if isinstance(item, DueTask) and found.days_left(item) < 0]


def test_it_is_the_same_from_any_folder_of_the_workspace(city: Path) -> None:
    assert ahead(city, today=date(2025, 2, 3)) == ahead(city / "progress" / "2024", today=date(2025, 2, 3))


# --- the file for calendars --------------------------------------------------


def events(content: bytes) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(content)
    assert not calendar.errors
    assert (str(calendar["VERSION"]), str(calendar["METHOD"])) == ("2.0", "PUBLISH")
    found = [event for event in calendar.walk("VEVENT") if isinstance(event, icalendar.Event)]
    assert not [error for event in found for error in event.errors]
    return found


def test_the_calendar_file_is_read_back_whole(city: Path) -> None:
    found = ahead(city)
    read = events(calendar_ics.render(found))
    assert [event.start for event in read] == [item.day for item in found.items]
    assert all((event.end - event.start).days == 1 for event in read)
    assert {datetime(2024, 11, 20, tzinfo=UTC)} == {event.decoded("DTSTAMP") for event in read}
    assert all(
        "VALUE=DATE" in line
        for line in calendar_ics.render(found).decode().split("\r\n")
        if line[:7] == "DTSTART"
    )
    for event, item in zip(read, found.items, strict=True):
        assert page.what(item) in str(event["SUMMARY"])
        assert str(event["SUMMARY"]).startswith("【演示数据】")
        assert page.state(item) in str(event["DESCRIPTION"])


def test_the_calendar_file_has_its_golden_bytes(city: Path) -> None:
    content = calendar_ics.render(ahead(city))
    assert golden("calendar.ics", content) == content


def test_lines_end_and_fold_as_the_standard_says(city: Path) -> None:
    content = calendar_ics.render(ahead(city))
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is cut in two


def test_any_text_is_read_back_as_it_was(city: Path) -> None:
    measures = city / "plan" / "measures.yaml"
    name = json.dumps(NASTY, ensure_ascii=False)
    measures.write_text(
        measures.read_text("utf-8").replace("name: 定期开展主题科普宣教", f"name: {name}"), encoding="utf-8"
    )
    found = ahead(city)
    said = NASTY.replace("\n", " ")  # a name is one line
    assert said in [item.task.name for item in found.items if isinstance(item, DueTask)]
    content = calendar_ics.render(found)
    assert any(said in str(event["SUMMARY"]) for event in events(content))
    assert max(map(len, content.split(b"\r\n"))) <= 75


@given(name=TEXTS)
def test_texts_of_any_length_are_folded_between_characters_and_read_back(known: Calendar, name: str) -> None:
    found = with_document(known, name)
    content = calendar_ics.render(found)
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    (event,) = events(content)
    assert str(event["SUMMARY"]) == f"【演示数据】{page.what(found.items[0])}"


def test_reminders_go_off_in_the_morning_as_early_as_the_policy_says(city: Path) -> None:
    found = ahead(city)
    assert found.notice == 60
    for event, item in zip(events(calendar_ics.render(found)), found.items, strict=True):
        triggers = [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
        days = [60, 1] if found.days_left(item) >= 60 else [1]
        assert triggers == [timedelta(hours=9) - timedelta(days=number) for number in days]


def test_another_library_reads_the_same(city: Path) -> None:
    found = ahead(city)
    read = subprocess.run(
        [
            program("node"),
            "--input-type=module",
            "-e",
            READ_BACK,
            str(installed("node_modules/ical.js/dist/ical.js")),
        ],
        input=calendar_ics.render(found),
        capture_output=True,
        timeout=60,
        check=True,
    )
    expected = [
        {
            "summary": f"【演示数据】{page.what(item)}",
            "start": item.day.isoformat(),
            "end": (item.day + timedelta(days=1)).isoformat(),
            "whole": True,
            "alarms": ["-P59DT15H", "-PT15H"] if found.days_left(item) >= 60 else ["-PT15H"],
        }
        for item in found.items
    ]
    assert expected == json.loads(read.stdout)


def test_a_matter_keeps_its_uid_from_day_to_day_and_no_two_share_one(city: Path) -> None:
    today = [str(event["UID"]) for event in events(calendar_ics.render(ahead(city)))]
    later = [
        str(event["UID"]) for event in events(calendar_ics.render(ahead(city, 89, today=date(2024, 11, 21))))
    ]
    assert today == later
    assert len(today) == len(set(today))
    assert calendar_ics.render(ahead(city)) == calendar_ics.render(ahead(city))
    other = [str(event["UID"]) for event in events(calendar_ics.render(ahead(city, unit="市教体局")))]
    assert not set(today) & set(other)


# --- table, json, command ----------------------------------------------------


def test_the_table_writes_its_golden_bytes_at_80_columns(city: Path) -> None:
    content = to_bytes(page.layout(ahead(city)), 80)
    assert golden("calendar-80.txt", content) == content
    assert max(cell_len(line) for line in content.decode().splitlines()) <= 80


def test_the_json_holds_to_its_published_schema(city: Path) -> None:
    found = ahead(city)
    schema = json.loads((ROOT / "docs" / "calendar-v1.schema.json").read_text("utf-8"))
    content = written(calendar_v1.public(found))
    jsonschema.Draft202012Validator(schema).validate(json.loads(content))
    assert golden("calendar.json", content) == content


def kesu(*arguments: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(KESU), *arguments], cwd=folder, capture_output=True, timeout=60, check=False)


def test_the_command_saves_a_file_that_a_calendar_imports(city: Path) -> None:
    done = kesu("calendar", "--as-of", "2024-11-20", "--format", "ics", "-o", "日历.ics", folder=city)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    saved = (city / "日历.ics").read_bytes()
    assert len(events(saved)) == len(ahead(city).items)
    assert kesu("calendar", "--as-of", "2024-11-20", "--format", "ics", folder=city).stdout == saved
    shown = kesu("calendar", "--as-of", "2024-11-20", folder=city)
    assert shown.returncode == 0
    assert "年度进展报送截止" in "".join(shown.stdout.decode().split())


@pytest.mark.parametrize(
    "wrong",
    [
        ("--days", "0"),
        ("-o", "日历.ics"),
        ("--days", "9999"),
        ("--format", "pdf"),
        ("--unit", "没有"),
        ("--format", "ics", "-o", "plan/units.yaml"),
    ],
)
def test_a_wrong_option_ends_with_a_sentence(city: Path, wrong: tuple[str, ...]) -> None:
    done = kesu("calendar", *wrong, folder=city)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("错误：")


@pytest.mark.parametrize("day", [None, TODAY])
def test_the_days_left_are_those_that_the_check_says(day: date | None, city: Path) -> None:
    request = Request((city,), TODAY, day)
    found = calendar(request, 90, "test")
    left = {
        (item.task.id, item.window.label): page.left_words(found, item)
        for item in found.items
        if isinstance(item, DueTask) and item.standings
    }
    told = [finding for finding in check(request, "test").findings if finding.code == "KS303"]
    assert told
    for finding in told:
        assert f"，{left[finding.task, finding.window]}" in finding.message
