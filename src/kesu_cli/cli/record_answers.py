"""What kesu record was told of an entry, on the command line or in answer to its questions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple


class AnswerPart(NamedTuple):
    """A part of an entry: its option, how it is asked for, and an example."""

    option: str
    label: str
    example: str


PARTS = {
    "unit": AnswerPart("--unit", "单位", "市教体局"),
    "task": AnswerPart("--task", "任务编号", "M06-1"),
    "date": AnswerPart("--date", "日期", "2024-07-16"),
    "name": AnswerPart("--name", "名称", "暑期科技辅导员培训班"),
    "value": AnswerPart("--value", "数值", "18"),
    "items": AnswerPart("--item", "覆盖哪一部分", "健康科普行动"),
    "evidence": AnswerPart(
        "--evidence", "佐证材料，文件、网址或“存档：编号”（没有就直接按回车）", "签到表=佐证/2024/签到表.pdf"
    ),
}
REQUIRED = ("unit", "task", "date", "name")


@dataclass(frozen=True)
class Answers:
    """What is known of an entry so far, as it was typed; empty what is not known."""

    unit: str = ""
    task: str = ""
    date: str = ""
    name: str = ""
    value: str = ""
    items: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    def of(self, key: str) -> tuple[str, ...]:
        """Return the texts of a part."""
        value = getattr(self, key)
        return value if isinstance(value, tuple) else tuple([value] if value else [])

    def having(self, key: str, texts: Sequence[str]) -> "Answers":
        """Return the same with other texts in a part."""
        if isinstance(getattr(self, key), tuple):
            several: dict[str, tuple[str, ...]] = {key: tuple(texts)}
            return replace(self, **several)  # type: ignore[arg-type]  # mypy takes the key for any field
        return replace(self, **{key: "".join(texts)})  # type: ignore[arg-type]

    @property
    def known(self) -> tuple[str, ...]:
        """The parts that hold something."""
        return tuple(key for key in PARTS if self.of(key))
