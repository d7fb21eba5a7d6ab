"""The table of formats; the file of a format, with its libraries, is imported when it is used."""

from collections.abc import Callable

from kesu_cli.render.format import Format


def _table() -> Format:
    from kesu_cli.render.terminal.check_page import FORMAT

    return FORMAT


def _text() -> Format:
    from kesu_cli.render.terminal.finding_lines import FORMAT

    return FORMAT


def _json() -> Format:
    from kesu_cli.render.json.report_v2 import FORMAT

    return FORMAT


def _jsonl() -> Format:
    from kesu_cli.render.json.finding_lines_v2 import FORMAT

    return FORMAT


def _csv() -> Format:
    from kesu_cli.render.office.standings_csv import FORMAT

    return FORMAT


def _sarif() -> Format:
    from kesu_cli.render.ci.sarif import FORMAT

    return FORMAT


def _junit() -> Format:
    from kesu_cli.render.ci.junit import FORMAT

    return FORMAT


def _github() -> Format:
    from kesu_cli.render.ci.github import FORMAT

    return FORMAT


def _gitlab() -> Format:
    from kesu_cli.render.ci.gitlab import FORMAT

    return FORMAT


def _markdown() -> Format:
    from kesu_cli.render.ci.markdown import FORMAT

    return FORMAT


def _html() -> Format:
    from kesu_cli.render.web.board_page import FORMAT

    return FORMAT


def _xlsx() -> Format:
    from kesu_cli.render.office.ledger_workbook import FORMAT

    return FORMAT


def _docx() -> Format:
    from kesu_cli.render.office.circular import FORMAT

    return FORMAT


FORMATS: dict[str, Callable[[], Format]] = {
    "table": _table,
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "gitlab": _gitlab,
    "markdown": _markdown,
    "html": _html,
    "xlsx": _xlsx,
    "docx": _docx,
}


def format_named(name: str) -> Format:
    """Return the format of a name that is listed."""
    return FORMATS[name]()
