"""What all JSON of kesu shares: frozen types, how numbers, days and documents are written."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from kesu_cli.model.amount import show_number

_PLACES = 6


class PublicJson(BaseModel):
    """A part of a document that scripts may rely on."""

    model_config = ConfigDict(frozen=True, defer_build=True)


def written(document: PublicJson) -> bytes:
    """Write a document, indented, UTF-8, a line feed at the end."""
    return (document.model_dump_json(indent=2) + "\n").encode()


def decimal(number: Decimal | Fraction) -> str:
    """Write a number as decimals."""
    return show_number(number, _PLACES)


def decimal_or_null(number: Fraction | None) -> str | None:
    """Write a number that may be lacking."""
    return None if number is None else decimal(number)


def day_or_null(day: date | None) -> str | None:
    """Write a day that may be lacking."""
    return day.isoformat() if day else None
