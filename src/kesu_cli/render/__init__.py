"""Report to bytes: one file a format, listed here."""

from kesu_cli.render import json_v1, table, text
from kesu_cli.render.format import Format

FORMATS: tuple[Format, ...] = (table.FORMAT, text.FORMAT, json_v1.FORMAT)

BY_NAME = {form.name: form for form in FORMATS}
