"""A progress file with other content: what did not change keeps its bytes, and the outcome is read again."""

import re
from collections.abc import Mapping
from typing import Any

from kesu_cli.diagnostic import Place
from kesu_cli.model.progress_file import ProgressFile
from kesu_cli.source.progress_as_typed import ProgressText, progress_text
from kesu_cli.source.validate import fit
from kesu_cli.yamltext.amend import Path, amend, amend_at, put
from kesu_cli.yamltext.text_edit import CannotAmend
from kesu_cli.yamltext.write import scalar

_COMMENT = re.compile(r"^#.*$", re.MULTILINE)


class CannotRewrite(Exception):
    """The file can't be changed without laying it out anew."""


def rewritten(before: ProgressText, wanted: Mapping[str, Any], *, anew: bool = False) -> bytes:
    """Return the bytes of a progress file that says what is wanted, as the reference reader reads it.

    Raises CannotRewrite where the text is laid out in a way that can't be changed in place; with
    ``anew`` it is laid out anew, its comments kept at the top.
    """
    try:
        text = amend(before.text, wanted) if before.content is not None else _new(wanted)
    except CannotAmend as refused:
        if not anew:
            raise CannotRewrite from refused
        comments = "".join(f"{line}\n" for line in _COMMENT.findall(before.text))
        text = comments + _new(wanted)
    return _checked(before, text, wanted)


def rewritten_at(before: ProgressText, values: Mapping[Path, str]) -> bytes:
    """Return the bytes of a progress file with other values at some places; raises as ``rewritten`` does."""
    wanted: Any = before.data
    for path, value in values.items():
        wanted = put(wanted, path, value)
    try:
        return _checked(before, amend_at(before.text, values), wanted)
    except CannotAmend as refused:
        raise CannotRewrite from refused


def _checked(before: ProgressText, text: str, wanted: Mapping[str, Any]) -> bytes:
    content = before.encoded(text)
    after = progress_text(content, before.file)
    meant, _ = fit(ProgressFile, wanted, Place(before.file))
    if after.faults or after.written != meant:
        raise CannotRewrite
    return content


def _new(wanted: Mapping[str, Any]) -> str:
    return amend(f"unit: {scalar(wanted['unit'])}\n", wanted)
