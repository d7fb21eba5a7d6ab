"""Fills a Word template: the words of the report in, the same bytes for the same report out."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time
from importlib.resources import files
from typing import NamedTuple

import docxtpl
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from kesu_cli.render.format import CannotRender
from kesu_cli.report import Report

_LONG_AGO = (1980, 1, 1, 0, 0, 0)


class DocxTemplate(NamedTuple):
    """A document to write: which template, its title, and what fills it."""

    template: str
    title: str
    fields: Mapping[str, object]


def filled(report: Report, paper: DocxTemplate) -> bytes:
    """Fill the office's own template, or where it has none the one that ships with kesu.

    Raises CannotRender for a template of the office's that can't be filled.
    """
    own = report.templates.get(paper.template)
    if own is None:
        shipped = files("kesu_cli.render.office") / "template" / paper.template
        return _fill(shipped.read_bytes(), paper, report.as_of.day)
    try:
        return _fill(own, paper, report.as_of.day)
    except Exception as error:  # a template may be wrong in any way, and none of them is ours
        said = f"{type(error).__name__}: {error}"
        raise CannotRender(
            f"模板 {paper.template} 填不了（{said}）；请对照 docs/formats.md 里可用的名称修改，"
            "或移走它，改用自带的模板"
        ) from error


def _fill(template: bytes, paper: DocxTemplate, day: date) -> bytes:
    document = docxtpl.DocxTemplate(io.BytesIO(template))
    document.render(dict(paper.fields), _environment())
    about = document.docx.core_properties
    about.title = paper.title
    about.created = about.modified = datetime.combine(day, time())
    stream = io.BytesIO()
    document.docx.save(stream)
    return _dated(stream.getvalue())


def _environment() -> SandboxedEnvironment:
    """Return an environment in which a template can read what it is given and nothing else."""
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_literal)


def _literal(value: object) -> object:
    """Keep text from meaning anything to docxtpl, which turns {_{ into {{ after all is filled in."""
    return Markup(str(escape(value)).replace("_", "&#95;")) if isinstance(value, str) else value  # noqa: S704


def _dated(package: bytes) -> bytes:
    """Write the parts again with a fixed time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _LONG_AGO)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return stream.getvalue()
