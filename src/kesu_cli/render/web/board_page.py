"""The report as one web page: complete without a network, for a leader's desk, a phone and the printer."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from kesu_cli.render.format import Format
from kesu_cli.render.tallies import ANSWERS_WORDS
from kesu_cli.render.web.action_year_grid import board_of
from kesu_cli.render.web.cell_detail import details
from kesu_cli.render.web.coming_due import due_days
from kesu_cli.render.web.figures_and_charts import figure_lines, figures
from kesu_cli.render.web.headline import headline, key_figures
from kesu_cli.render.web.problem_rows import problem_counts, problems
from kesu_cli.render.web.unit_ranking import ranking
from kesu_cli.render.wording import as_of_words, day_words, heading, since_line, skipped_words, subject
from kesu_cli.report import Report

PROBLEMS_AT_FIRST = 100


def render(report: Report) -> bytes:
    """Fill the template; the page may load nothing and run no script but its own."""
    board, found = board_of(report), problems(report)
    style, script = _part("board_page.css"), _part("board_page.js")
    text: str = _template().render(
        report=report,
        heading=heading(report),
        subject=subject(report),
        headline=headline(report),
        judged=as_of_words(report.as_of),
        since=since_line(report),
        issued=day_words(report.plan.file.issued) if report.plan else "",
        key_figures=key_figures(report),
        board=board,
        figures=figures(report),
        figure_lines=figure_lines(report),
        due=due_days(report),
        ranking=ranking(report),
        answers_words=ANSWERS_WORDS,
        problems=found,
        problems_at_first=PROBLEMS_AT_FIRST,
        counts=problem_counts(report),
        skipped=skipped_words(report),
        data=details(report, board, found),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return text.encode()


@cache
def _template() -> Template:

    loader = PackageLoader("kesu_cli.render", "web")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("board_page.html")


def _part(name: str) -> str:
    return (files("kesu_cli.render.web") / name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


FORMAT = Format("html", ".html", render, located=True)
