"""What is wrong with a form that came back: the sheet and cell, what was read and what is wanted."""

from typing import NamedTuple


class FormFault(NamedTuple):
    """One thing wrong; ``sheet`` and ``cell`` are empty where it is the file as a whole."""

    sheet: str
    cell: str
    message: str
    hint: str = ""

    @property
    def where(self) -> str:
        """The cell as spreadsheets name it: 台账!D17."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


class NotAForm(Exception):
    """The file as a whole is not one that can be read; ``message`` and ``hint`` are for the user."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.fault = FormFault("", "", message, hint)
