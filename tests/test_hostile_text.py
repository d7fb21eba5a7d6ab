"""Whatever an office writes into a field, each format for machines gives it back as it was written."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from examples import TODAY
from kesu_cli.diagnostic import Finding
from kesu_cli.engine.check import Request, check
from kesu_cli.render import FORMAT_NAMES
from kesu_cli.render.ci import markdown
from kesu_cli.render.format import Format
from kesu_cli.render.format_table import format_named
from kesu_cli.render.office import circular, notice
from kesu_cli.report import Report
from office import texts, workbook
from test_formats import lay_out

TEXTS = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "'=1+1", "<b>粗</b>", "a|b\\|c", "]]>", "<![CDATA[x]]>", "&amp;&#10;"),
    *(
        "[/red]",
        "[粗]bold[/]",
        "::error::假的",
        "##[error]假的",
        "第一行\n第二行",
        "😀👨‍👩‍👧",
        "\u200f\u202eabc",
    ),
    *("`a` ``b``", "**a** _b_ ~~c~~", "@someone @org/team", "#12 owner/repo#3", "100%25 %0A a:b,c"),
    *("[a](http://e.invalid) ![b](c)", "{0} {a: b} {{", "$x$ $$y$$", "\"引号\",'单'", "\\", "<!-- a --> -->"),
)
LINES = re.compile(r"<br ?/?>")


@pytest.fixture
def hostile(tmp_path: Path) -> Report:
    """Make a report with one finding a text: in its message, hint, owner and file."""
    report = check(Request((lay_out(tmp_path),), TODAY), "test")
    return replace(report, findings=about(report, TEXTS), plan_findings=())


def about(report: Report, texts: Sequence[str]) -> tuple[Finding, ...]:
    """Make a finding about each text."""
    model = next(finding for finding in report.findings if finding.code == "KS404")
    return tuple(_about(model, text, f"{number:032}") for number, text in enumerate(texts))


def _about(model: Finding, text: str, mark: str) -> Finding:
    file = f"progress/2024/{text.replace('/', '')}.yaml"
    return replace(
        model, message=text, hint=text, owners=(text,), unit=text, file=file, task="", fingerprint=mark
    )


def said(text: str) -> str:
    return f"{text} → {text}（演示数据）"


def test_json_lines(hostile: Report) -> None:
    lines = format_named("jsonl").render(hostile).decode().split("\n")
    assert list(TEXTS) == [json.loads(line)["message"] for line in lines if line]


def test_gitlab(hostile: Report) -> None:
    issues = json.loads(format_named("gitlab").render(hostile))
    assert [said(text) for text in TEXTS] == [issue["description"] for issue in issues]


def test_sarif(hostile: Report) -> None:
    results = json.loads(format_named("sarif").render(hostile))["runs"][0]["results"]
    messages = [result["message"]["text"].replace("{{", "{").replace("}}", "}") for result in results]
    assert [said(text) for text in TEXTS] == messages
    places = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]
    assert [finding.file for finding in hostile.findings] == [unquote(place) for place in places]


def test_junit(hostile: Report) -> None:
    suites = {suite.get("name"): suite for suite in ET.fromstring(format_named("junit").render(hostile))}
    for finding in hostile.findings:
        (failure,) = suites[finding.unit].iter("failure")
        assert finding.message == failure.get("message")
        assert f"{finding.message} → {finding.hint}" in (failure.text or "")
        assert finding.file in {case.get("classname") for case in suites[finding.unit].iter("testcase")}


def test_github_annotations_as_the_runner_reads_them(hostile: Report) -> None:
    *annotations, last = format_named("github").render(hostile).decode().split("\n")[:-1]
    assert len(annotations) == len(TEXTS)
    assert not last.startswith("::")
    assert "##[" not in last
    read = [re.fullmatch(r"::error ([^\n]*?)::(.*)", line) for line in annotations]
    assert [said(text) for text in TEXTS] == [_data(match[2]) for match in read if match]
    fields = [dict(field.split("=", 1) for field in match[1].split(",")) for match in read if match]
    files = [_data(field["file"].replace("%3A", ":").replace("%2C", ",")) for field in fields]
    assert [finding.file for finding in hostile.findings] == files


def _data(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


class Cells(HTMLParser):
    """Collects the text of every table cell, a line break for every <br>, and the tags in cells."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: set[str] = set()
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "td":
            self.cells.append("")
            self.inside = True
        elif tag == "br":
            self.cells[-1] += "\n"
        elif self.inside:
            self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "td"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data


def test_markdown_as_github_flavoured_markdown_shows_it(hostile: Report) -> None:
    page = cmarkgfm.github_flavored_markdown_to_html(
        format_named("markdown").render(hostile).decode(), options=Options.CMARK_OPT_UNSAFE
    )
    cells = Cells()
    cells.feed(page)
    rows = [cells.cells[start : start + 4] for start in range(0, 4 * len(TEXTS), 4)]
    expected = [[f"{f.file}:9", f.code, f.unit, f"{f.message}\n→ {f.hint}"] for f in hostile.findings]
    line = hostile.findings[0].span.line
    assert [[row[0].replace(":9", f":{line}"), *row[1:]] for row in expected] == rows
    assert cells.tags <= {"a"}  # an address in a text becomes a link to what it says
    assert not re.search(r"(?<!\w)@\w", re.sub(r"<!-- -->", "\0", page))


def test_the_workbook(hostile: Report) -> None:
    sheet = workbook(format_named("xlsx").render(hostile))["问题清单"]
    rows = [row for row in sheet.iter_rows(min_row=6) if row[10].value == "KS404"]
    assert [(text,) * 3 for text in TEXTS] == [
        tuple(row[column].value for column in (6, 7, 3)) for row in rows
    ]
    assert {cell.data_type for row in rows for cell in row[1:]} == {"s", "n"}  # an empty cell is an "n"
    places = [row[9].value for row in rows]
    assert [f"{finding.file}:{finding.span.line}" for finding in hostile.findings] == places


@pytest.mark.parametrize("form", [circular.FORMAT, notice.FORMAT], ids=["circular", "notice"])
def test_documents(form: Format, hostile: Report) -> None:
    found = texts(form.render(replace(hostile, scope="市教体局")))
    more = ("{_{", "{_% if %_}", "{{ 演示 }}", "{%p if 演示 %}", "\ttab")
    assert {text for text in (*TEXTS, *more) if text not in found} == set(more)
    findings = about(hostile, more)
    found = texts(form.render(replace(hostile, findings=findings, scope="市教体局")))
    assert {text for text in more if text not in found and f"1．{text}" not in found} == set()


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_no_format_breaks_down_or_differs_the_second_time(name: str, hostile: Report) -> None:
    form = format_named(name)
    assert form.render(hostile) == form.render(hostile)


def test_a_comment_keeps_below_the_limit_and_counts_what_it_leaves_out(hostile: Report) -> None:
    many = replace(hostile, findings=hostile.findings * 100)
    page = format_named("markdown").render(many).decode()
    assert 60_000 < len(page) < 65_536
    shown = page.count("KS404")
    assert f"篇幅所限没有列出的：错误 {len(many.findings) - shown}；全部内容用 kesu check 查看" in page
    assert page.count("<details>") == page.count("</details>")
    assert len(markdown.summary(replace(hostile, findings=hostile.findings * 2000))) < 1_048_576
