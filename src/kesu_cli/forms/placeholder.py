"""What officers write in place of a value, and the words in which it is refused."""

import re

from kesu_cli.model.amount import normal

_SUM = re.compile(r"[^\W\d]{0,4}[合小总共累]\s*计[:：]?(?:\s*\d+\s*[条项件])?")
_DITTO = frozenset({"同上", "同前", "同左", "〃", "″", '"', "''", "”", "“", "上同", "如上", "ditto"})
_PLACEHOLDERS = frozenset(
    {
        "无",
        "没有",
        "暂无",
        "空",
        "不填",
        "不适用",
        "n/a",
        "na",
        "none",
        "/",
        "\\",
        "-",
        "--",
        "−",
        "–",
        "—",
        "——",
    }
)
_SERIAL = re.compile(r"[1-9]\d{4}")
_FIRST_SERIAL = 367  # the spreadsheet's calendar counts a day too many in 1900


def is_sum(text: str) -> bool:
    """Whether a cell begins a row of sums."""
    return bool(_SUM.fullmatch(normal(text)))


def is_ditto(text: str) -> bool:
    """Whether a cell points at the one above."""
    return text in _DITTO or normal(text).rstrip("。.") in _DITTO


def is_placeholder(text: str) -> bool:
    """Whether a cell says that there is nothing to say."""
    return normal(text).strip("。.()").lower() in _PLACEHOLDERS


def serial(text: str) -> int | None:
    """Return the serial number of a day that a cell shows in place of the day."""
    plain = normal(text)
    return int(plain) if _SERIAL.fullmatch(plain) and int(plain) >= _FIRST_SERIAL else None


def read_words(text: str) -> str:
    """Quote what was read."""
    return f"读到“{text[:40]}{'…' if len(text) > 40 else ''}”"  # noqa: PLR2004 - enough to recognise it
