"""A first line for editors disturbs nothing: it is read over, kept, and never moved."""

from pathlib import Path

from form_city import FILE, REPORT, UNIT, form_bytes, lay_out, take_in
from kesu_cli.render.schema.editor_settings import modeline
from test_cli import kesu

HEAD = modeline("../../.kesu/progress.schema.json")
GIVEN = ("--unit", UNIT, "--task", "M06-1", "--date", "2024-07-20", "--name", "二期", "--value", "12")


def test_a_check_says_the_same_one_line_further_down(tmp_path: Path) -> None:
    bare, headed = lay_out(tmp_path / "bare"), lay_out(tmp_path / "headed", HEAD + REPORT)
    said = [kesu("check", "progress/2024", "--format", "text", folder=city) for city in (bare, headed)]
    assert [done.returncode for done in said] == [1, 1]
    moved = [line.split(":", 3)[-1] for line in said[0].stdout.decode().splitlines()]
    assert moved == [line.split(":", 3)[-1] for line in said[1].stdout.decode().splitlines()]


def test_record_keeps_it(tmp_path: Path) -> None:
    city = lay_out(tmp_path, HEAD + REPORT)
    assert kesu("record", *GIVEN, folder=city).returncode == 0
    entry = "  - task: M06-1\n    date: 2024-07-20\n    name: 二期\n    value: 12\n"
    wanted = HEAD + REPORT.replace("nothing_to_report", f"{entry}nothing_to_report")
    assert wanted == (city / FILE).read_text("utf-8")


def test_a_form_that_comes_back_unchanged_changes_nothing(tmp_path: Path) -> None:
    city = lay_out(tmp_path, HEAD + REPORT)
    taken = take_in(city, form_bytes(city))
    assert not taken.changes
    assert (city / FILE).read_text("utf-8") == HEAD + REPORT
