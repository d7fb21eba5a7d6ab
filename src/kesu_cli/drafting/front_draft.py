"""The head of a drafted plan: title, issuer, dates, the document itself and what it cites."""

from dataclasses import dataclass
from datetime import date

from kesu_cli.drafting.structure import Outline
from kesu_cli.drafting.when import times
from kesu_cli.model.document import Document, Paragraph
from kesu_cli.model.window import YEARS, Days, year_of
from kesu_cli.yamltext.write import COMMENT, Node

_LONGEST = 15  # years


@dataclass(frozen=True, slots=True)
class DraftSpan:
    """The period of a plan, and where it was taken from if not from the title."""

    days: Days
    review: str = ""


def span_of(taken: Outline, document: Document) -> DraftSpan:
    """Return the period: as the title says, else from the deadlines, else the year of issue."""
    if taken.period:
        return DraftSpan(taken.period)
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    latest = max((when.by for text in texts for when in times(text) if when.by), default=None)
    said = [day.year for text in texts for when in times(text) for day in (when.start, when.by) if day]
    said += [when.during for text in texts for when in times(text) if when.during]
    years = [year for year in said if latest is None or latest.year - _LONGEST <= year]
    first = taken.issued.year if taken.issued else min(years, default=0)
    if first not in YEARS:
        return DraftSpan(
            year_of(latest.year if latest else 2000), "标题里没有写起止年份，这里是暂填的，请改正"
        )
    last = max(first, latest.year if latest and latest.year <= first + _LONGEST else first)
    return DraftSpan(
        Days(date(first, 1, 1), date(last, 12, 31)), "标题里没有写起止年份，这里按正文推定，请核对"
    )


def front_data(taken: Outline, document: Document, period: DraftSpan) -> dict[str, Node]:
    """Return the first keys of measures.yaml."""
    issued = taken.issued or period.days.start
    reviews = [period.review] if period.review else []
    if taken.issued is None:
        reviews.append("没有找到印发日期，issued 是暂填的，请改正")
    if not taken.issuer:
        reviews.append("没有找到印发机关，issuer 是暂填的，请改正")
    comments: dict[str, Node] = (
        {f"{COMMENT} review": "\n".join(f"review: {r}" for r in reviews)} if reviews else {}
    )
    cites: list[Node] = [
        {"title": cited.title, **({"number": cited.number} if cited.number else {})} for cited in taken.cites
    ]
    return {
        **comments,
        "title": taken.title,
        "issuer": taken.issuer or "待补",
        "issued": issued.isoformat(),
        "period": {"from": period.days.start.isoformat(), "to": period.days.end.isoformat()},
        "source": {"file": document.name, "sha256": document.sha256},
        **({"cites": cites} if cites else {}),
    }
