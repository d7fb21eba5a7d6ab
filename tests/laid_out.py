"""Draws progress files as people lay them out, each with what is to be mended and what it is to become.

A file is a list of pieces: a text that must stay, or a pair of what stands there and what shall.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from hypothesis import strategies as st

UNIT = "市科协"
ROLE = "市全民科学素质工作领导小组办公室"
EVIDENCE = {f"佐证/{name}.csv": f"{name}\n".encode() for name in "甲乙丙"}

BLANKS = st.sampled_from(
    ["", "", "", "\n", "# 说明：value：１８\n", "      # 更深的：一\n", "\n# 一\n\n#二：\n", "  \n"]
)
ENDS = st.sampled_from(["", "", "   ", "  # 备注", " # a: b：１８", "  #", "\t# 制表"])
QUOTES = st.sampled_from(["", "", "'", '"'])
BREAKS = st.sampled_from(["\n", "\n", "\r\n", "\r"])
ENCODINGS = st.sampled_from(
    ["utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be-mark", "utf-16-le"]
)


class Spot(NamedTuple):
    """What stands somewhere, what shall stand there, and by which rule (empty where none asks for it)."""

    before: str
    after: str
    code: str = ""


Piece = str | Spot


@dataclass(frozen=True)
class Laid:
    """A file: its pieces, its line breaks and its encoding."""

    pieces: tuple[Piece, ...]
    newline: str
    encoding: str

    @property
    def before(self) -> bytes:
        return self.encoded(
            "".join(p if isinstance(p, str) else p.before for p in self.pieces), self.encoding
        )

    @property
    def after(self) -> bytes:
        text = "".join(p if isinstance(p, str) else p.after for p in self.pieces)
        return self.encoded(text, "utf-8-sig" if self.encoding == "utf-8-sig" else "utf-8")

    @property
    def codes(self) -> list[str]:
        odd = [] if self.encoding.startswith("utf-8") else ["KS102"]
        return sorted([*odd, *(p.code for p in self.pieces if isinstance(p, Spot) and p.before != p.after)])

    def encoded(self, text: str, encoding: str) -> bytes:
        text = text.replace("\n", self.newline)
        if encoding == "utf-16-be-mark":
            return b"\xfe\xff" + text.encode("utf-16-be")
        return text.encode(encoding)


def _digits(plain: str) -> str:
    return plain.translate(str.maketrans("0123456789.,-", "０１２３４５６７８９．，－"))


@st.composite
def colons(draw: st.DrawFn, *, chinese: bool) -> Piece:
    if not chinese or draw(st.integers(0, 9)) < 9:
        return draw(st.sampled_from([": ", ": ", ":  "]))
    return Spot(draw(st.sampled_from(["：", "： ", " ：", "：\u3000"])), ": ", "KS101")


@st.composite
def values(draw: st.DrawFn, before: str, after: str, code: str, *, in_flow: bool) -> list[Piece]:
    """Draw a value in some quotes; in flow what holds a comma gets quotes if it has none."""
    quote = draw(QUOTES)
    if not quote and in_flow and "," in before:
        quote = '"'
    plain = f'"{after}"' if in_flow and "," in after and not quote else f"{quote}{after}{quote}"
    return [Spot(f"{quote}{before}{quote}", plain, code if before != after else "")]


@st.composite
def numbers(draw: st.DrawFn, plain: str, *, in_flow: bool) -> list[Piece]:
    is_wide = draw(st.booleans())
    return draw(values(_digits(plain) if is_wide else plain, plain, "", in_flow=in_flow))


@st.composite
def units(draw: st.DrawFn, *, in_flow: bool) -> list[Piece]:
    before, after = draw(
        st.sampled_from(
            [
                ("市教体局", "市教体局"),
                ("市教育体育局", "市教体局"),
                (ROLE, UNIT),
                ("市农业局", "市农业局"),
                ("各街道", "各街道"),
            ]
        )
    )
    return draw(values(before, after, "", in_flow=in_flow))


@st.composite
def names(draw: st.DrawFn, *, in_flow: bool) -> list[Piece]:
    words = ["市教育体育局第１８期", "'it''s：a'", '"x: y，１"', "‘暑期’：班"]
    return [draw(st.sampled_from(words if in_flow else [*words, "a, b：１"]))]


@st.composite
def dates(draw: st.DrawFn, *, in_flow: bool) -> list[Piece]:
    if draw(st.booleans()):
        return draw(
            numbers(draw(st.sampled_from(["2024-07-16", "2024-06", "2024年7月16日"])), in_flow=in_flow)
        )
    first = draw(numbers("2024-05-06", in_flow=True))
    return ["{from: ", *first, ", to: ", *draw(numbers("2024-05-10", in_flow=True)), "}"]


@st.composite
def joint(draw: st.DrawFn, *, inner: str, in_flow: bool) -> list[Piece]:
    """Draw a name, or several in brackets: on one line, or on some with comments within."""
    if draw(st.booleans()):
        return draw(units(in_flow=in_flow))
    gap = f",\n{inner}   " if draw(st.booleans()) else ", "
    comment = f",  # 主办：１\n{inner}   "
    pieces: list[Piece] = ["["]
    for number in range(draw(st.integers(1, 3))):
        pieces += [draw(st.sampled_from([gap, comment])) if number else "", *draw(units(in_flow=True))]
    return [*pieces, draw(st.sampled_from(["]", " ]", ",]"]))]


FIELDS = ["date", "name", "number", "jointly_with", "counted_by", "note"]


@st.composite
def fields(draw: st.DrawFn, *, inner: str, in_flow: bool) -> list[tuple[str, list[Piece]]]:
    """Draw the keys and values of an entry, the task first."""
    task = draw(values(draw(st.sampled_from(["M06-1", "Ｍ０６－１"])), "M06-1", "KS108", in_flow=in_flow))
    others = draw(st.permutations(FIELDS))[: draw(st.integers(2, len(FIELDS)))]
    rows: list[tuple[str, list[Piece]]] = [("task", task)]
    for key in dict.fromkeys([*others, "date", "name"]):
        rows += draw(_row(key, inner=inner, in_flow=in_flow))
    return rows


@st.composite
def _row(draw: st.DrawFn, key: str, *, inner: str, in_flow: bool) -> list[tuple[str, list[Piece]]]:
    if key == "number":
        return draw(_amounts(in_flow=in_flow))
    counting = st.sampled_from([(UNIT, UNIT), (ROLE, UNIT)])
    drawn: dict[str, st.SearchStrategy[list[Piece]]] = {
        "date": dates(in_flow=in_flow),
        "name": names(in_flow=in_flow),
        "jointly_with": joint(inner=inner, in_flow=in_flow),
        "counted_by": counting.flatmap(lambda pair: values(*pair, "", in_flow=in_flow)),
        "note": st.sampled_from(["１：见附件", *([] if in_flow else _texts(inner))]).map(lambda text: [text]),
    }
    return [(key, draw(drawn[key]))]


def _texts(inner: str) -> list[str]:
    return [
        f"|\n{inner}  unit：个\n\n{inner}  value：１８",
        f">-\n{inner}  一：\n{inner}  # 不是注释",
        f"两行：\n{inner}  二：２",
    ]


@st.composite
def _amounts(draw: st.DrawFn, *, in_flow: bool) -> list[tuple[str, list[Piece]]]:
    if draw(st.booleans()):
        share = [("numerator", draw(numbers("124", in_flow=in_flow)))]
        return [*share, ("denominator", draw(numbers("1,000", in_flow=in_flow)))]
    plain = draw(st.sampled_from(["18", "12,000", "2万", "15.4", "1.2万人次"]))
    return [("value", draw(numbers(plain, in_flow=in_flow)))]


@st.composite
def evidence(draw: st.DrawFn, *, inner: str, digests: dict[str, str]) -> list[Piece]:
    """Draw the evidence of an entry in block style: pieces in braces, or with a line for each key."""
    pieces: list[Piece] = [f"{inner}evidence:{draw(ENDS)}\n"]
    for path in draw(
        st.lists(st.sampled_from([*digests, "佐证/没有.pdf"]), min_size=1, max_size=2, unique=True)
    ):
        digest = digests.get(path, "")
        pieces.append(draw(BLANKS))
        if draw(st.booleans()):
            added = Spot("", f", sha256: {digest}" if digest else "")
            gap = draw(st.sampled_from([", ", f",  # 原件：１\n{inner}    "]))
            close = draw(st.sampled_from(["}", " }", ", }"]))
            note = draw(st.sampled_from(["", f"{gap}note: '１：页'"]))
            pieces += [f"{inner}- {{kind: 签到表{gap}path: {path}{note}", added, f"{close}{draw(ENDS)}\n"]
        else:
            added = Spot("", f"{inner}  sha256: {digest}\n" if digest else "")
            pieces += [
                f"{inner}- kind: 照片{draw(ENDS)}\n",
                draw(BLANKS),
                f"{inner}  path: {path}{draw(ENDS)}\n",
                added,
            ]
    return pieces


@st.composite
def block_entry(draw: st.DrawFn, *, indent: str, chinese: bool, digests: dict[str, str]) -> list[Piece]:
    gap = draw(st.sampled_from([" ", " ", "   "]))
    inner = f"{indent} {gap}"
    pieces: list[Piece] = [draw(BLANKS)]
    rows = draw(fields(inner=inner, in_flow=False))
    for number, (key, value) in enumerate(rows):
        lead = inner if number else f"{indent}-{gap}"
        is_text = isinstance(value[0], str) and "\n" in value[0]
        end = "" if is_text else draw(ENDS)
        pieces += [draw(BLANKS) if number else "", f"{lead}{key}"]
        pieces += [": " if is_text else draw(colons(chinese=chinese)), *value, f"{end}\n"]
    if draw(st.booleans()):
        pieces += draw(evidence(inner=inner, digests=digests))
    return pieces


@st.composite
def flow_entry(draw: st.DrawFn, *, indent: str, end: str) -> list[Piece]:
    """Draw an entry in braces, on one line or on some."""
    inner = f"{indent}    "
    gap = draw(st.sampled_from([", ", f",\n{inner}", f", # 中间：１\n{inner}"]))
    pieces: list[Piece] = ["{"]
    for number, (key, value) in enumerate(draw(fields(inner=inner, in_flow=True))):
        pieces += [gap if number else "", f"{key}: ", *value]
    return [*pieces, draw(st.sampled_from(["}", " }"])), end]


@st.composite
def laid_out(draw: st.DrawFn, digests: dict[str, str]) -> Laid:
    """Draw a whole file."""
    chinese = draw(st.booleans())
    indent = draw(st.sampled_from(["", "  ", "    "]))
    head: list[tuple[str, list[Piece]]] = [
        ("unit", draw(values(*draw(st.sampled_from([(UNIT, UNIT), (ROLE, UNIT)])), "KS107", in_flow=False))),
        ("year", draw(numbers("2024", in_flow=False))),
        ("status", ["complete"]),
        ("submitted", draw(numbers("2025-01-08", in_flow=False))),
    ]
    pieces: list[Piece] = [draw(st.sampled_from(["", "---\n"]))]
    for key, value in head:
        pieces += [draw(BLANKS), key, draw(colons(chinese=chinese)), *value, f"{draw(ENDS)}\n"]
    pieces += draw(_entries(indent=indent, chinese=chinese, digests=digests))
    if draw(st.booleans()):
        wide = draw(values(draw(st.sampled_from(["P2-1", "Ｐ２－１"])), "P2-1", "KS108", in_flow=True))
        pieces += [
            draw(BLANKS),
            "nothing_to_report:\n",
            f"{indent}- {{task: ",
            *wide,
            f", reason: １：无}}{draw(ENDS)}\n",
        ]
    return Laid(tuple(_ended(pieces, draw(st.booleans()))), draw(BREAKS), draw(ENCODINGS))


@st.composite
def _entries(draw: st.DrawFn, *, indent: str, chinese: bool, digests: dict[str, str]) -> list[Piece]:
    count = draw(st.integers(1, 3))
    pieces: list[Piece] = [draw(BLANKS), "entries"]
    if draw(st.integers(0, 4)) == 0:
        pieces += [": ["]
        for number in range(count):
            pieces += [",\n  " if number else "", *draw(flow_entry(indent="  ", end=""))]
        return [*pieces, draw(st.sampled_from(["]", ",]", "\n  ]"])), f"{draw(ENDS)}\n"]
    end = draw(ENDS).lstrip()
    colon = draw(colons(chinese=chinese))
    pieces += [colon if end or isinstance(colon, str) else colon._replace(after=":"), f"{end}\n"]
    for _ in range(count):
        if draw(st.integers(0, 3)) == 0:
            pieces += [draw(BLANKS), f"{indent}- ", *draw(flow_entry(indent=indent, end=f"{draw(ENDS)}\n"))]
        else:
            pieces += draw(block_entry(indent=indent, chinese=chinese, digests=digests))
    return pieces


def _ended(pieces: list[Piece], whole: bool) -> Iterator[Piece]:
    """Leave out the last line break of a file that ends without one."""
    last = max(n for n, piece in enumerate(pieces) if isinstance(piece, Spot) or piece)
    for number, piece in enumerate(pieces):
        is_last = number == last and isinstance(piece, str) and not whole
        yield piece.removesuffix("\n") if is_last and isinstance(piece, str) else piece
