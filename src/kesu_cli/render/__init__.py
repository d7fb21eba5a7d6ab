"""Report to bytes: one file a format. Here are only their names, for help, which needs no more."""

FORMAT_NAMES = (
    "table",
    "text",
    "json",
    "jsonl",
    "csv",
    "sarif",
    "junit",
    "github",
    "gitlab",
    "markdown",
    "html",
    "xlsx",
    "docx",
)
