"""Measure the HTML page on 50 units × 220 tasks × 5 years, each unit owing each task by itself.

    pip install '.[test]' && python bench/page.py

That is 55,000 standings with an entry each: the most that a page of this size can be asked to hold.
Needs Chromium (/usr/bin/chromium, or its path in KESU_CHROMIUM).
"""

import json
import os
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from kesu_cli.engine.check import Request, check
from kesu_cli.render.web.board_page import render

UNITS, TASKS, YEARS = 50, 220, range(2021, 2026)
ROOT = Path(__file__).parent.parent
PICK = """(value) => new Promise((done) => {
  const field = document.getElementById(value[0]), said = document.getElementById("filter-said");
  const start = performance.now();
  new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))))
    .observe(said, {childList: true, characterData: true, subtree: true});
  field.value = value[1];
  field.dispatchEvent(new Event("input", {bubbles: true}));
})"""


def main() -> None:
    """Generate, render, load, filter; print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Path(folder))
        began = time.perf_counter()
        report = check(Request((Path(folder) / "progress",), date(2026, 1, 31), located=True), "bench")
        judged = time.perf_counter()
        content = render(report)
        rendered = time.perf_counter()
        page = Path(folder) / "page.html"
        page.write_bytes(content)
        assert report.standings, report.plan_findings
        print(f"standings {len(report.standings)}, findings {len(report.findings)}")
        print(f"check with lines {judged - began:.1f} s, render {rendered - judged:.1f} s")
        print(f"{len(content) / 1e6:.1f} MB")
        in_browser(page)


def lay_out(folder: Path) -> None:
    """Write a plan whose tasks every unit owes by itself, and a report of every unit and year."""
    units = [f"第{number:02d}镇" for number in range(1, UNITS + 1)]
    tasks = [f"M{1 + n // 10:02d}-{1 + n % 10}" for n in range(TASKS)]
    files: dict[str, Any] = {
        "plan/units.yaml": {"units": [{"name": unit, "kind": "镇"} for unit in units]},
        "plan/measures.yaml": plan(units, tasks),
    }
    for year in YEARS:
        for unit in units:
            files[f"progress/{year}/{unit}.yaml"] = filing(unit, year, tasks)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
    policy = (ROOT / "plan" / "policy.yaml").read_text("utf-8")
    (folder / "plan" / "policy.yaml").write_text(policy.partition("# 自己不报送")[0], "utf-8")


def plan(units: list[str], tasks: list[str]) -> dict[str, Any]:
    """Return ten actions; every tenth task has a number."""
    measures: dict[int, list[dict[str, Any]]] = {}
    for position, task in enumerate(tasks):
        row: dict[str, Any] = {
            "id": task,
            "name": f"第{position + 1}项任务",
            "quote": f"开展第{position + 1}项工作",
        }
        target = {"target": {"at_least": 30, "unit": "名"}, "kind": "quantity", "strength": "hard"}
        duty = {"kind": "event", "strength": "firm"}
        row |= (duty if position % 10 else target) | {"every": "year", "spread": "each"}
        measures.setdefault(int(task[1:3]), []).append(row)
    rows = [{"number": n, "title": f"措施{n}", "tasks": group} for n, group in measures.items()]
    actions = [
        {"id": f"A{n + 1}", "name": f"行动{n + 1}", "lead": units, "measures": rows[n::10]} for n in range(10)
    ]
    period = {"from": "2021-01-01", "to": "2025-12-31"}
    return {"title": "方案", "issuer": "市政府", "issued": "2021-03-01", "period": period, "actions": actions}


def filing(unit: str, year: int, tasks: list[str]) -> dict[str, Any]:
    """Return a report with an entry for nearly every task."""
    entries = [
        {
            "task": task,
            "date": f"{year}-{1 + n % 12:02d}-{1 + n % 28:02d}",
            "name": f"{unit}{task}工作现场会（{year}年）",
            "value": 20 + (n * 7 + year) % 40,
            "evidence": [{"kind": "报道", "url": f"https://demo.invalid/{unit}/{year}/{n}"}],
        }
        for n, task in enumerate(tasks)
        if (n + year + len(unit)) % 17
    ]
    head = {"unit": unit, "year": year, "status": "complete", "submitted": f"{year + 1}-01-10", "demo": True}
    return head | {"entries": entries}


def in_browser(path: Path) -> None:
    """Load the page and time it to interactive, then one filter after another."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("KESU_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(path.as_uri())
        timing = page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive")
        loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
        nodes = page.evaluate("document.querySelectorAll('*').length")
        print(f"DOM ready {timing:.0f} ms, script done and loaded {loaded:.0f} ms, {nodes} elements")
        _filters(page)
        browser.close()


def _filters(page: Page) -> None:
    for field, value in (
        ("filter-unit", "第07镇"),
        ("filter-verdict", "未报送"),
        ("filter-text", "现场会"),
        ("filter-text", "M03-4 2023"),
        ("filter-unit", ""),
    ):
        print(
            f"{field} = {value or '全部'}: {page.evaluate(PICK, [field, value]):.0f} ms (60 ms of it waiting)"
        )


if __name__ == "__main__":
    main()
