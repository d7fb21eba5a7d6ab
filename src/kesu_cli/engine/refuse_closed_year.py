"""Whether a progress file may be changed: not one of a closed year, unless its unit was let in again."""

import re
from pathlib import PurePosixPath

from kesu_cli.diagnostic import Refusal
from kesu_cli.engine.open_workspace import OpenWorkspace
from kesu_cli.model.window import year_of
from kesu_cli.source.closing import read_closing
from kesu_cli.source.closing_history import closed_file

_YEAR = re.compile(r"(?:19|20)\d\d")


class YearIsClosed(Refusal):
    """The file may not be changed; the message is for the user."""


def refuse_closed(office: OpenWorkspace, file: str) -> None:
    """Raise YearIsClosed for a file of a year that is closed for its unit."""
    folder = PurePosixPath(file).parent.name
    if not _YEAR.fullmatch(folder):
        return
    year = int(folder)
    closing, faults = read_closing(office.workspace, year)
    name = closed_file(office.workspace, year)
    if faults:
        raise YearIsClosed(f"{file} 没有改：封存记录 {name} 读不出来（{faults[0].message}）；请先恢复它")
    if closing is None:
        return
    unit = office.terms.units.find_one(PurePosixPath(file).stem, year_of(year)) or ""
    if not closing.is_sealed:
        raise YearIsClosed(f"{file} 没有改：封存记录 {name} 被手工改过；请先恢复它")
    if unit not in closing.open_again:
        raise YearIsClosed(
            f"{year} 年已由{closing.closed_by}于 {closing.closed_on} 封存，{file} 不能改；确需更正的，"
            f"请先运行 kesu reopen {year} --unit {unit or '单位'} --reason 理由，改完再运行 kesu close {year}"
        )
