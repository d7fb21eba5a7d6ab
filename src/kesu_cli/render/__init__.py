"""Report to bytes: one file a format, listed here; a format's libraries are imported when it is used."""

MODULES = {
    "table": "kesu_cli.render.terminal.check_page",
    "text": "kesu_cli.render.terminal.finding_lines",
    "json": "kesu_cli.render.json.report_v1",
    "jsonl": "kesu_cli.render.json.finding_v1",
    "csv": "kesu_cli.render.office.standings_csv",
    "sarif": "kesu_cli.render.ci.sarif",
    "junit": "kesu_cli.render.ci.junit",
    "github": "kesu_cli.render.ci.github",
    "gitlab": "kesu_cli.render.ci.gitlab",
    "markdown": "kesu_cli.render.ci.markdown",
    "html": "kesu_cli.render.web.board_page",
    "xlsx": "kesu_cli.render.office.ledger_workbook",
    "docx": "kesu_cli.render.office.circular",
}
