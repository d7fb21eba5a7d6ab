"""The page of a transcription beside its document: browsers and validators take it, links lead both ways."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from kesu_cli.drafting.verification import verify
from kesu_cli.model.plan_file import PlanFile
from kesu_cli.render.terminal import verification_lines
from kesu_cli.render.web import verification_page
from kesu_cli.verification import Cover, CoveredStretch, Verification
from page_client import add_axe, html_faults, nu_faults, opened, violations
from test_draft import DOCUMENTS, PLACE, drafted, loaded, units_of
from test_hostile_text import TEXTS


def verification(*, without: int = 0) -> Verification:
    """Hold the first document against its draft, of which so many tasks of the first measure are left out."""
    document, made = drafted(DOCUMENTS[0])
    data = loaded(made.measures)
    tasks = data["actions"][0]["measures"][0]["tasks"]
    data["actions"][0]["measures"][0]["tasks"] = tasks[without:]
    return verify(PlanFile.model_validate(data), PLACE, units_of(made), document)


def hostile(found: Verification) -> Verification:
    """Put the odd texts in the place of the document's own words."""
    (first, *rest) = found.parts
    stretches = tuple(CoveredStretch(text, Cover.BARE) for text in TEXTS)
    passage = replace(first.passages[0], stretches=stretches)
    return replace(found, parts=(replace(first, passages=(passage, *first.passages[1:])), *rest))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("transcripts")
    found = {
        "whole": verification(),
        "lacking": verification(without=1),
        "odd": hostile(verification()),
    }
    paths = {name: folder / f"{name}.html" for name in found}
    for name, one in found.items():
        paths[name].write_bytes(verification_page.render(one))
    return paths


NAMES = ("whole", "lacking", "odd")


@pytest.mark.parametrize("name", NAMES)
def test_html_validate_finds_nothing(name: str, pages: dict[str, Path], tmp_path: Path) -> None:
    assert html_faults(pages[name], tmp_path) == ""


def test_the_nu_validator_finds_nothing(pages: dict[str, Path]) -> None:
    assert nu_faults(pages.values()) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(
    name: str, scheme: Literal["light", "dark"], pages: dict[str, Path], browser: Browser
) -> None:
    page = opened(browser, pages[name], scheme=scheme, bypass_csp=True)
    add_axe(page)
    assert violations(page) == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_scrolls_sideways_on_a_phone_and_the_console_stays_silent(
    name: str, pages: dict[str, Path], browser: Browser
) -> None:
    page = opened(browser, pages[name], 375)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url))
    page.reload()
    assert said == [pages[name].as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_a_clause_leads_to_its_task_and_the_task_back_to_the_clause(
    pages: dict[str, Path], browser: Browser
) -> None:
    page = opened(browser, pages["whole"], scripts=False)
    clause = page.locator("a.task").first
    clause.click()
    task = page.locator(".tasks li:target")
    assert clause.get_attribute("href") == f"#{task.get_attribute('id')}"
    task.locator("a").click()
    assert page.locator(".words :target").get_attribute("id") == clause.get_attribute("id")


def test_every_clause_and_every_task_has_its_other_end(pages: dict[str, Path], browser: Browser) -> None:
    page = opened(browser, pages["whole"])
    links = page.locator("a[href^='#']").evaluate_all("all => all.map(a => a.getAttribute('href').slice(1))")
    ids = page.locator("[id]").evaluate_all("all => all.map(e => e.id)")
    assert links
    assert set(links) <= set(ids)
    assert len(ids) == len(set(ids))


def test_what_no_task_covers_stands_in_plain_sight(pages: dict[str, Path], browser: Browser) -> None:
    page = opened(browser, pages["lacking"])
    bare = page.locator(".words mark.bare")
    assert bare.count() == 1
    assert "未覆盖" in bare.first.inner_text()
    assert page.locator(".differences li").count() > 0


def test_odd_texts_are_shown_as_they_were_written(pages: dict[str, Path], browser: Browser) -> None:
    page = opened(browser, pages["odd"])
    shown = page.locator(".words mark.bare").evaluate_all("all => all.map(e => e.firstChild.textContent)")
    assert [text.replace("\r\n", "\n").replace("\r", "\n") for text in TEXTS] == shown


def test_the_lines_name_what_differs_and_sum_up_what_is_covered() -> None:
    found = verification(without=1)
    said = verification_lines.text(found).splitlines()
    assert len(said) == len(found.discrepancies) + 3
    assert "处不一致" in said[-2]
    assert f"分句 {found.clauses.done}/{found.clauses.all}" in said[-1]


def test_the_same_verification_gives_the_same_page() -> None:
    assert verification_page.render(verification()) == verification_page.render(verification())
