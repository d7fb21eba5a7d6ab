"""Report to bytes: one file a format, listed here; a format's libraries are imported when it is used."""

from importlib import import_module

from kesu_cli.render.format import Format

MODULES = {
    "table": "kesu_cli.render.table",
    "text": "kesu_cli.render.text",
    "json": "kesu_cli.render.json_v1",
    "html": "kesu_cli.render.html",
}


def form_of(name: str) -> Format:
    """Return the format of a name that is listed in MODULES."""
    form: Format = import_module(MODULES[name]).FORMAT
    return form
