"""Browsers, validators and the printer take the page; tests/clients/install installs them."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from client import program
from kesu_cli.render.web.board_page import render
from kesu_cli.report import Report
from page_client import add_axe, html_faults, nu_faults, opened, violations
from test_formats import lay_out
from test_hostile_text import TEXTS
from test_html_page import PROGRESS, judged

SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def year() -> Report:
    return judged(PROGRESS / "2024")


@pytest.fixture(scope="module")
def pages(year: Report, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write the pages that are tried: one year, all years, the odd sample, a plan that can't be read."""
    folder = tmp_path_factory.mktemp("pages")
    sample, broken = folder / "sample", folder / "broken"
    lay_out(sample)
    lay_out(broken)
    (broken / "plan" / "measures.yaml").write_text("title： 缺\n", "utf-8")
    reports = {
        "year": year,
        "all": judged(PROGRESS),
        "sample": hostile(judged(sample / "progress" / "2024")),
        "broken": judged(broken / "progress" / "2024"),
    }
    paths = {name: folder / f"{name}.html" for name in reports}
    for name, report in reports.items():
        paths[name].write_bytes(render(report))
    return paths


def hostile(report: Report) -> Report:
    """Put the odd texts into the entries of M06-1 and into findings."""
    (chosen,) = (s for s in report.standings if s.task.id == "M06-1")
    model = chosen.contributions[0]
    odd = tuple(model._replace(entry=model.entry._replace(name=text)) for text in TEXTS)
    standings = tuple(replace(s, contributions=odd) if s is chosen else s for s in report.standings)
    findings = tuple(
        replace(report.findings[0], message=text, hint=text, owners=("某单位",)) for text in TEXTS
    )
    return replace(report, standings=standings, findings=findings)


def filtered(page: Page, **wanted: str) -> list[str]:
    """Set the filter and return the ids of the tasks that stay, once the page says that it did so."""
    said = page.locator("#filter-said")
    page.locator("#filter button[type=reset]").click()
    expect(said).to_have_text("")
    for field, value in wanted.items():
        if field == "text":
            page.fill("#filter-text", value)
        else:
            page.select_option(f"#filter-{field}", value)
    values = [wanted[field] for field in ("unit", "action", "verdict") if field in wanted]
    terms = "，".join([*values, *wanted.get("text", "").lower().split()])
    expect(said).to_have_text(re.compile(f"^按“{re.escape(terms)}”筛选："))
    return page.locator("tr[data-task]:not([hidden]) > th .code").all_inner_texts()


@pytest.mark.parametrize("name", ["year", "all", "sample", "broken"])
def test_no_request_leaves_the_page_and_the_console_stays_silent(
    name: str, pages: dict[str, Path], browser: Browser
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(pages[name].as_uri())
    for cell in page.locator("button.cell:not([disabled])").all()[:3]:
        cell.click()
        page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert [pages[name].as_uri()] == asked
    assert said == []


def test_even_a_script_that_got_in_could_ask_for_nothing(pages: dict[str, Path], browser: Browser) -> None:
    page = opened(browser, pages["year"])
    refused = "fetch('https://demo.invalid/').then(() => 'sent', (error) => error.constructor.name)"
    tried = (
        "document.body.append(Object.assign(new Image(), {src: 'https://demo.invalid/x.png'}))",
        "document.body.insertAdjacentHTML('beforeend', '<p onclick=alert(1)>x</p>')",
        "document.body.insertAdjacentHTML('beforeend', '<p style=color:red>x</p>')",
    )
    said: list[str] = []

    def is_the_last(message: ConsoleMessage) -> bool:
        said.append(message.text)
        return len(said) == len(tried) + 1

    with page.expect_console_message(is_the_last):
        assert page.evaluate(refused) == "TypeError"
        for attempt in tried:
            page.evaluate(attempt)
    assert all("Content Security Policy" in line for line in said)


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        *(("year", 1280, "light"), ("year", 375, "dark"), ("all", 1280, "dark")),
        *(("sample", 1280, "dark"), ("sample", 375, "light"), ("broken", 1280, "light")),
    ],
)
def test_axe_finds_nothing(
    name: str, width: int, scheme: Literal["light", "dark"], pages: dict[str, Path], browser: Browser
) -> None:
    page = opened(browser, pages[name], width, bypass_csp=True, scheme=scheme)
    add_axe(page)
    assert violations(page) == []
    cells = page.locator("button.cell")
    if cells.count():
        cells.first.click()
        assert violations(page) == []


def test_axe_would_find_something(pages: dict[str, Path], browser: Browser) -> None:
    page = opened(browser, pages["year"], bypass_csp=True)
    add_axe(page)
    page.evaluate("document.querySelector('#filter-text').removeAttribute('placeholder')")
    page.evaluate("document.querySelector('label[for=filter-text]').remove()")
    assert any(line.startswith("label:") for line in violations(page))


@pytest.mark.parametrize("name", ["year", "all", "sample", "broken"])
def test_html_validate_finds_nothing(name: str, pages: dict[str, Path], tmp_path: Path) -> None:
    assert html_faults(pages[name], tmp_path) == ""


def test_the_nu_validator_finds_nothing(pages: dict[str, Path]) -> None:
    assert nu_faults(pages.values()) == []


@pytest.mark.parametrize("name", ["year", "all", "sample", "broken"])
def test_nothing_scrolls_sideways_on_a_phone(name: str, pages: dict[str, Path], browser: Browser) -> None:
    page = opened(browser, pages[name], 375)
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    cells = page.locator("button.cell")
    if cells.count():
        cells.first.click()
        box = page.locator("#detail").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375
        assert page.evaluate("(d => d.scrollWidth <= d.clientWidth)(document.getElementById('detail'))")


def test_a_unit_sees_what_it_leads_and_on_request_what_it_shares_in(
    pages: dict[str, Path], browser: Browser, year: Report
) -> None:
    page = opened(browser, pages["year"])
    unit = "市教体局"
    led = [
        s.task.id
        for s in year.standings
        if unit in (s.unit, *(() if s.unit else (*s.task.lead, *s.task.answering(None))))
    ]
    assert list(dict.fromkeys(led)) == filtered(page, unit=unit)
    page.check("#filter-others")
    shared = [s.task.id for s in year.standings if s.unit == unit or (not s.unit and unit in s.task.owners)]
    expect(page.locator("#filter-said")).to_contain_text(f"任务 {len(set(shared))} 项")


def test_a_verdict_leaves_the_tasks_that_have_it(
    pages: dict[str, Path], browser: Browser, year: Report
) -> None:
    page = opened(browser, pages["year"])
    for verdict in {standing.verdict for standing in year.standings}:
        expected = dict.fromkeys(s.task.id for s in year.standings if s.verdict is verdict)
        assert list(expected) == filtered(page, verdict=verdict.label)


def test_an_action_leaves_its_tasks_and_its_problems(
    pages: dict[str, Path], browser: Browser, year: Report
) -> None:
    page = opened(browser, pages["year"])
    of_action = [s.task for s in year.standings if s.task.chapter.id == "A2"]
    chapter = f"A2 {of_action[0].chapter.name}"
    assert list(dict.fromkeys(task.id for task in of_action)) == filtered(page, action=chapter)
    expected = {f.fingerprint[:7] for f in year.findings if f.task in {task.id for task in of_action}}
    shown = page.locator("#problem-list .mark").all_inner_texts()
    assert expected == {mark.removeprefix("#") for mark in shown}


def test_the_search_finds_words_of_the_plan_entries_and_evidence(
    pages: dict[str, Path], browser: Browser
) -> None:
    page = opened(browser, pages["year"])
    assert filtered(page, text="每年培训30名科技辅导员") == ["M06-1"]
    assert filtered(page, text="职业中专班") == ["M06-1"]
    assert "M06-1" in filtered(page, text="1016签到表.csv")
    assert filtered(page, text="职业中专班 没有这个词") == []
    assert filtered(page, text="辅导员", verdict="未达标") == ["M06-1"]


def test_clearing_the_filter_brings_everything_back(pages: dict[str, Path], browser: Browser) -> None:
    page = opened(browser, pages["all"])
    table = page.locator("table.tasks")
    before = table.inner_html()
    filtered(page, unit="洎阳街道", text="科普")
    assert before != table.inner_html()
    page.locator("#filter button[type=reset]").click()
    expect(page.locator("#filter-said")).to_have_text("")
    assert re.sub(r' (class|disabled|hidden)=""', "", table.inner_html()) == re.sub(
        r' (class|disabled|hidden)=""', "", before
    )


def test_a_cell_opens_by_keyboard_says_where_all_is_written_and_gives_the_focus_back(
    pages: dict[str, Path], browser: Browser
) -> None:
    page = opened(browser, pages["year"])
    cell = (
        page.locator("tr[data-task]", has=page.get_by_text("M06-1", exact=True)).locator("button.cell").first
    )
    cell.focus()
    page.keyboard.press("Enter")
    said = page.locator("#detail").inner_text()
    assert "每年培训30名科技辅导员" in said
    assert re.search(r"plan/measures\.yaml:\d+", said)
    assert re.search(r"progress/2024/市教体局\.yaml:\d+", said)
    assert "progress/佐证/2024/1016签到表.csv" in said
    assert "完成率 = 28 名 ÷ 30 名 = 93.33%" in said
    assert page.evaluate("document.getElementById('detail').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert not page.locator("#detail").is_visible()
    assert cell.evaluate("(button) => document.activeElement === button")


def test_wide_tables_can_be_scrolled_by_keyboard(pages: dict[str, Path], browser: Browser) -> None:
    page = opened(browser, pages["all"], 375)
    for region in page.locator(".scroll").all():
        if not region.is_visible():
            continue
        region.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("(element) => element.scrollLeft > 0", arg=region.element_handle())


def test_odd_texts_are_shown_as_they_were_written(pages: dict[str, Path], browser: Browser) -> None:
    page = opened(browser, pages["sample"])
    shown = page.locator("#problem-list .message bdi").evaluate_all(
        "(all) => all.map((one) => one.textContent)"
    )
    assert list(TEXTS) == shown
    page.locator("tr[data-task]", has=page.get_by_text("M06-1", exact=True)).locator(
        "button.cell"
    ).first.click()
    names = page.locator(".entry-head bdi").evaluate_all("(all) => all.map((one) => one.textContent)")
    assert list(TEXTS) == names
    filtered_marks = filtered_problems(page, "::error::")
    assert filtered_marks == ["::error::假的"]


def filtered_problems(page: Page, text: str) -> list[str]:
    page.keyboard.press("Escape")
    filtered(page, text=text)
    found: list[str] = page.locator("#problem-list .message bdi").evaluate_all(
        "(all) => all.map((one) => one.textContent)"
    )
    return found


def test_the_switch_turns_light_into_dark_and_is_remembered(pages: dict[str, Path], browser: Browser) -> None:
    page = opened(browser, pages["year"], scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="深色显示").click()
    dark = page.evaluate(ground)
    assert light != dark
    page.reload()
    assert dark == page.evaluate(ground)
    assert page.locator("#theme").get_attribute("aria-pressed") == "true"


def test_without_scripts_the_findings_figures_and_tables_are_there(
    pages: dict[str, Path], browser: Browser
) -> None:
    page = opened(browser, pages["year"], scripts=False)
    text = page.locator("main").inner_text()
    for part in ("硬指标到期", "达标率", "挂图作战", "各单位欠账情况", "培训科技辅导员", "怎么办："):
        assert part in text
    assert not page.locator("#filter").is_visible()
    assert not page.locator("button").first.is_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_it_prints_on_a4_and_the_first_page_is_the_one_for_the_deputy_mayor(
    scheme: Literal["light", "dark"], pages: dict[str, Path], browser: Browser, tmp_path: Path
) -> None:
    for name in ("year", "all"):
        pdf = tmp_path / f"{name}.pdf"
        page = opened(browser, pages[name], scheme=scheme)
        page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
        info = subprocess.run([program("pdfinfo"), pdf], capture_output=True, text=True, check=True).stdout
        assert "(A4)" in info
        first, *others = printed(pdf)
        for part in (
            "硬指标到期",
            "一般任务达标率",
            "挂图作战",
            "P2",
            "M06-1 培训科技辅导员",  # the first charts
            "— 1 —",
        ):
            assert re.sub(r"\s", "", part) in first
        assert "数据截至" in first
        assert all("演示数据" in page for page in (first, *others))
        assert "含作为责任单位的任务" not in "".join((first, *others))


def printed(pdf: Path) -> list[str]:
    """Return the text of every page without white space."""
    text = subprocess.run([program("pdftotext"), pdf, "-"], capture_output=True, check=True).stdout.decode()
    return [re.sub(r"\s", "", page) for page in text.split("\f")[:-1]]
