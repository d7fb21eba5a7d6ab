"""The documents for the office: what they say, and the templates an office may put in their place."""

import io
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest

import form_city
from examples import TODAY, examples, run_example, sections
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.close import close
from kesu_cli.engine.open_workspace import open_workspace
from kesu_cli.render.format import CannotRender
from kesu_cli.render.format_table import format_named
from kesu_cli.render.office import circular, notice
from kesu_cli.render.office.circular_problems import KINDS
from kesu_cli.render.office.official_wording import addressed, numeral, tight
from kesu_cli.report import Outcome, Report, RuleOutcome
from kesu_cli.rule import Category
from kesu_cli.rules.book import BY_CODE, RULES
from kesu_cli.source.office_template import NAMES
from kesu_cli.source.workspace import LayoutError
from office import opened, part, shown, silent, texts
from test_formats import golden, lay_out

HERE = Path(__file__).parent
CITY = HERE.parent / "progress" / "2024"
TEMPLATES = HERE.parent / "src" / "kesu_cli" / "render" / "office" / "template"


@pytest.fixture(scope="module")
def city() -> Report:
    return check(Request((CITY,), TODAY), "0.1.0")


def of_unit(unit: str) -> Report:
    return check(Request((CITY,), TODAY, unit=unit), "0.1.0")


def said(report: Report) -> str:
    return shown(circular.FORMAT, circular.render(report))


def table_of(content: bytes, number: int = 0) -> list[tuple[str, str]]:
    """Return a table of two columns."""
    return [(row.cells[0].text, row.cells[1].text) for row in opened(content).tables[number].rows]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (100, "一百"),
        (103, "一百零三"),
        (110, "一百一十"),
        (1002, "一千零二"),
    ],
)
def test_headings_count_in_chinese(number: int, words: str) -> None:
    assert words == numeral(number)


def test_print_shows_no_space_beside_a_number() -> None:
    assert tight("不少于 20000 人次，3 项各至少 1 次，15% 以上") == "不少于20000人次，3项各至少1次，15%以上"


# --- 通报 --------------------------------------------------------------------


def test_the_circular_gives_differences_in_percentage_points(city: Report) -> None:
    text = said(city)
    assert (
        "农民教育培训人次（2021—2025年，不少于20000人次）完成14990人次，完成率75.0%，"
        "低于序时进度5.1个百分点，欠进度（另有160人次存疑）。"
    ) in text
    assert (
        "市农业农村局要抓紧推进农民教育培训人次，今后平均每月需完成418人次，确保2025年12月31日前完成。"
        in text
    )


def test_the_circular_says_who_handed_in_and_who_did_not(city: Report) -> None:
    assert (
        "2024年度报告应于2025年1月31日以前报送，应报单位50个，按期报送47个；"
        "迟报1个，为涌山镇；仍为草稿1个，为市林业局；未报送1个，为市工商联。"
    ) in said(city)


def test_what_the_office_decides_is_left_for_it_to_fill_in(city: Report) -> None:
    found = texts(circular.render(city))
    assert {"×××〔××××〕×号", "××××年×月×日", "市全民科学素质工作领导小组办公室"} <= found
    assert "各成员单位，各乡（镇）、街道：" in found


def test_without_an_office_or_groups_that_fit_nobody_is_invented(city: Report) -> None:
    assert city.terms is not None
    bare = tuple(row.model_copy(update={"roles": ()}) for row in city.terms.units.rows)
    units = replace(city.terms.units, rows=bare, groups=())
    report = replace(city, terms=replace(city.terms, units=units))
    assert addressed(report) == "各有关单位"
    assert "署名: ××××××" in said(report)


def test_a_report_that_is_incomplete_says_so_at_the_top(city: Report) -> None:
    crash = RuleOutcome(BY_CODE["KS301"], Outcome.CRASHED, why="ValueError")
    outcomes = tuple(crash if outcome.code == "KS301" else outcome for outcome in city.outcomes)
    text = said(replace(city, outcomes=outcomes, scope="progress/2024/市教体局.yaml"))
    assert "检查中有规则运行出错（KS301），以下结论不完整，核实以前不宜印发。" in text
    assert "本件所列问题只限于progress/2024/市教体局.yaml。" in text


def headings_of(report: Report) -> list[str]:
    """Return the headings under which the circular names what is wrong."""
    return [text for text in KINDS.values() if f"{text}。共" in said(report)]


def test_a_closed_year_that_was_changed_is_no_matter_of_waivers(tmp_path: Path) -> None:
    city = form_city.lay_out(tmp_path / "city")
    closed = close(open_workspace((city,)), 2024, "李某", TODAY)
    (city / closed.file).write_bytes(closed.after)
    reported = city / form_city.FILE
    reported.write_text(reported.read_text("utf-8").replace("value: 18", "value: 19"), "utf-8")
    report = check(Request((city / "progress" / "2024",), TODAY), "test")
    found = tuple(finding for finding in report.findings if finding.name == "closed-year-changed")
    assert len(found) == 1
    assert headings_of(replace(report, findings=found)) == ["已经封存的年度有改动"]


@pytest.mark.parametrize("name", ["entry-not-counted", "nothing-contradicted", "unknown-item"])
def test_an_entry_that_is_wrong_stands_with_the_other_entries(name: str, tmp_path: Path) -> None:
    (rule,) = (rule for rule in RULES if rule.name == name)
    report = run_example(examples(sections(rule.manual)["错误示例"])[0], tmp_path)
    found = tuple(finding for finding in report.findings if finding.code == rule.code)
    assert found
    assert headings_of(replace(report, findings=found)) == ["填报内容和佐证材料不合要求"]


def test_the_circular_knows_every_category() -> None:
    assert set(Category) == set(KINDS)


def test_nothing_wrong_makes_no_chapter_of_problems(city: Report) -> None:
    text = said(replace(city, findings=(), standings=()))
    assert "检查没有发现问题。" in text
    assert "存在的主要问题" not in text
    assert "一级标题: 四、下一步工作要求" in text


def test_data_that_is_real_bears_no_mark(city: Report) -> None:
    real = replace(city, demo=False)
    for content in (circular.render(real), notice.render(replace(real, scope="市教体局"))):
        assert "演示" not in shown(circular.FORMAT, content)
    assert "演示" not in shown(format_named("xlsx"), format_named("xlsx").render(real))


@pytest.mark.parametrize("render", [circular.render, notice.render])
def test_without_a_plan_there_is_no_document(render: Callable[[Report], bytes], city: Report) -> None:
    with pytest.raises(CannotRender, match="方案读不出来"):
        render(replace(city, terms=None))


# --- 督办单 ------------------------------------------------------------------


def test_the_notice_writes_its_golden_text(tmp_path: Path) -> None:
    report = check(Request((lay_out(tmp_path),), TODAY, unit="市科协"), "test")
    content = shown(notice.FORMAT, notice.render(report)).encode()
    assert golden("notice.txt", content) == content


def test_a_matter_holds_the_words_of_the_plan_and_a_deadline_that_is_written_somewhere() -> None:
    rows = table_of(notice.render(of_unit("市农业农村局")))
    assert rows[0] == ("方案原文", "开展农民教育培训2万人次以上")
    assert rows[1] == ("考核要求", "2025年12月31日前完成，不少于20000人次；硬任务；市农业农村局汇总")
    deadlines = [text for label, text in rows if label == "办理时限"]
    assert deadlines == [
        "2025年12月31日前完成（考核期截止日），今后平均每月需完成418人次",
        "报送期限2025年1月31日已过，于××××年×月×日前办结",
    ]


def test_before_the_report_is_due_its_due_date_is_the_deadline() -> None:
    due = TODAY.replace(year=2025, month=1, day=10)
    report = check(Request((CITY,), due, due, unit="市卫健委"), "0.1.0")
    deadlines = [text for label, text in table_of(notice.render(report)) if label == "办理时限"]
    assert deadlines == ["2025年1月31日前（年度报告的报送期限）"]


def test_a_duty_that_is_short_is_a_matter_even_where_a_rule_speaks_of_the_whole_report() -> None:
    content = notice.render(of_unit("市工商联"))
    assert {"一、列入年度工作计划（S1-6）", "二、年度报告和填报材料"} <= texts(content)
    assert ("办理时限", "原定2024年12月31日完成，已经逾期，于××××年×月×日前办结") in table_of(content)
    slip = opened(content).tables[-1]
    assert [row.cells[1].text for row in slip.rows] == ["督办事项", "列入年度工作计划", "年度报告和填报材料"]


def test_what_is_waived_is_told_and_not_asked_for(tmp_path: Path) -> None:
    report = check(Request((lay_out(tmp_path),), TODAY, unit="市农业农村局"), "test")
    content = notice.render(report)
    (told,) = (text for text in texts(content) if "示例府办〔2024〕8号" in text)
    assert told.startswith("M08-7 建设农民培训基地")
    assert "以下问题已经批准豁免，本次不要求办理：" in texts(content)
    assert "建设农民培训基地" not in {row.cells[1].text for row in opened(content).tables[-1].rows}


def test_like_duties_share_a_table_and_the_slip_still_names_each(tmp_path: Path) -> None:
    content = notice.render(check(Request((silent(tmp_path),), TODAY, unit="市教体局"), "0.1.0"))
    document = opened(content)
    lists = [table for table in document.tables if table.rows[0].cells[1].text == "任务"]
    listed = [(row.cells[0].text, row.cells[1].text) for table in lists for row in table.rows[1:]]
    slip = [(row.cells[0].text, row.cells[1].text) for row in document.tables[-1].rows[1:]]
    assert len(listed) >= 10
    assert slip[-len(listed) :] == listed
    assert [str(number) for number in range(1, len(slip) + 1)] == [number for number, _ in slip]
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "一级标题"]
    assert len(slip) - len(listed) + len(lists) == len(headings)
    assert f"等{len(lists[0].rows) - 1}项任务" in headings[-len(lists)]
    assert any(f"你单位有下列{len(slip)}项需要办理" in text for text in texts(content))


def test_duties_with_different_things_to_do_do_not_share_a_table(tmp_path: Path) -> None:
    report = check(Request((silent(tmp_path),), TODAY, unit="市教体局"), "0.1.0")
    single, alike = notice.arranged(report, notice.matters(report))
    assert len(single) + sum(map(len, alike)) == len(notice.matters(report))
    assert "科技工作者走基层" in [matter.name for matter in single]
    for group in alike:
        hints = {finding.hint for matter in group for finding in matter.findings}
        assert (len(hints), len({matter.standings[0].verdict for matter in group})) == (1, 1)


def test_what_was_declared_is_not_asked_for_again(tmp_path: Path) -> None:
    report = check(Request((silent(tmp_path),), TODAY, unit="市教体局"), "0.1.0")
    (finding,) = (finding for finding in report.findings if finding.task == "M04-5")
    assert finding.message.endswith("2024年已声明无可报送（上级没有安排）")
    assert (
        finding.advice == "原因已经写明，不必再报；请报送补救办法，确实不需要开展的，请办公室按程序办理豁免"
    )
    found = texts(notice.render(report))
    assert "科技工作者走基层（2024年）已声明无可报送（上级没有安排），未达标。" in found
    others = [f for f in report.findings if f.code == "KS306" and f.task != "M04-5"]
    assert others
    assert all("nothing_to_report" in finding.advice for finding in others)


# --- templates ---------------------------------------------------------------


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    lay_out(tmp_path)
    (tmp_path / "plan" / "模板").mkdir()
    return tmp_path


def put(workspace: Path, *paragraphs: str) -> Report:
    """Put a template of the office's own into a workspace and judge it."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(workspace / "plan" / "模板" / "通报.docx"))
    return check(Request((workspace / "progress" / "2024",), TODAY), "test")


def test_the_office_may_put_a_template_of_its_own(workspace: Path) -> None:
    report = put(workspace, "我办的格式：{{ 标题 }}", "{%p for 项 in 总体 %}", "{{ 项 }}", "{%p endfor %}")
    found = [paragraph.text for paragraph in opened(circular.render(report)).paragraphs]
    assert found[0] == "我办的格式：关于2024年度方案任务落实情况的通报"
    assert found[1].startswith("硬指标6项（有数量和频次要求的详见附件1），按考核期分解为7项次，其中")
    assert "plan/模板/通报.docx" in report.inputs


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ 没有的名称 }}", "没有的名称"),
        ("{% for %}", "TemplateSyntaxError"),
        ("{{ 标题.__class__.__mro__ }}", "SecurityError"),
        ("{{ 总体.append('x') }}{{ ''.__class__.__subclasses__() }}", "SecurityError"),
    ],
)
def test_a_template_that_cannot_be_filled_is_named_with_the_reason(
    text: str, reason: str, workspace: Path
) -> None:
    report = put(workspace, text)
    with pytest.raises(CannotRender, match=rf"模板 通报\.docx 填不了（.*{reason}"):
        circular.render(report)


def test_a_file_that_is_no_document_is_named(workspace: Path) -> None:
    (workspace / "plan" / "模板" / "通报.docx").write_bytes(b"not a zip")
    report = check(Request((workspace / "progress" / "2024",), TODAY), "test")
    with pytest.raises(CannotRender, match=r"模板 通报.docx 填不了（BadZipFile"):
        circular.render(report)


def test_a_template_that_cannot_be_read_stops_with_a_sentence(workspace: Path) -> None:
    (workspace / "plan" / "模板" / "督办单.docx").mkdir()
    with pytest.raises(LayoutError, match=r"读不了模板 plan/模板/督办单\.docx"):
        check(Request((workspace / "progress" / "2024",), TODAY), "test")


@pytest.mark.parametrize("name", NAMES)
def test_the_templates_that_ship_are_those_the_script_builds(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(HERE.parent / "tools"), *sys.path])
    from make_templates import built

    made, shipped = dict(built())[name], (TEMPLATES / name).read_bytes()
    with zipfile.ZipFile(io.BytesIO(made)) as new, zipfile.ZipFile(io.BytesIO(shipped)) as old:
        assert new.namelist() == old.namelist()
        assert [entry for entry in new.namelist() if new.read(entry) != old.read(entry)] == []


def test_a_page_is_that_of_the_standard() -> None:
    upright, flat = opened((TEMPLATES / "通报.docx").read_bytes()).sections
    sides = [
        round(side.mm)
        for side in (upright.top_margin, upright.bottom_margin, upright.left_margin, upright.right_margin)
        if side
    ]
    assert sides == [37, 35, 28, 26]
    assert flat.page_width is not None
    assert (round(flat.page_width.mm), flat.orientation) == (297, 1)
    styles = part((TEMPLATES / "通报.docx").read_bytes(), "word/styles.xml")
    assert "Theme=" not in styles
    body = part((TEMPLATES / "通报.docx").read_bytes(), "word/document.xml")
    assert body.count('<w:docGrid w:type="lines" w:linePitch="579"/>') == 2
    assert body.count("<w:tblHeader/>") == 4
