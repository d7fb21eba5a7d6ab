"""Report to bytes: one file a format, listed here; a format's libraries are imported when it is used."""

MODULES = {
    "table": "kesu_cli.render.table",
    "text": "kesu_cli.render.text",
    "json": "kesu_cli.render.json_v1",
    "jsonl": "kesu_cli.render.jsonl",
    "csv": "kesu_cli.render.csv_standings",
    "sarif": "kesu_cli.render.sarif",
    "junit": "kesu_cli.render.junit",
    "github": "kesu_cli.render.github",
    "gitlab": "kesu_cli.render.gitlab",
    "markdown": "kesu_cli.render.markdown",
    "html": "kesu_cli.render.html",
    "xlsx": "kesu_cli.render.workbook.book",
    "docx": "kesu_cli.render.document.circular",
}
