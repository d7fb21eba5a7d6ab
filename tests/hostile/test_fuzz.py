"""Whatever is read, only located faults and refusals come out: files changed at random, by the thousand.

Every input follows from its number, so that a run can be repeated. A few are tried each time; by hand

    KESU_FUZZ=100000 pytest -n 0 -s tests/hostile/test_fuzz.py

tries that many of each kind and prints what was tried; KESU_FUZZ_FROM is the number of the first.
"""

import atexit
import io
import os
import re
import shutil
import sys
import time
import traceback
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp

import pytest

import kesu_cli
from form_city import lay_out, sound_form
from kesu_cli.diagnostic import Fault, Place, Refusal
from kesu_cli.drafting.draft import draft
from kesu_cli.drafting.outline import NoPlan
from kesu_cli.drafting.verification import verify
from kesu_cli.engine.fix import fix_basis
from kesu_cli.engine.form_import import Importer
from kesu_cli.engine.judged_years import running
from kesu_cli.engine.open_workspace import OpenWorkspace, open_workspace
from kesu_cli.engine.rule_context import context_of, judged
from kesu_cli.engine.rule_run import run
from kesu_cli.forms.form_context import FormContext
from kesu_cli.forms.form_fault import NotAForm
from kesu_cli.forms.form_reading import take
from kesu_cli.loaded import Loaded
from kesu_cli.model.amount import combine, read_amount, read_unit
from kesu_cli.model.closing import ClosingFile
from kesu_cli.model.document import Document, Paragraph, Table
from kesu_cli.model.evidence import kind_named, leads_outside, relative
from kesu_cli.model.plan_file import PlanFile
from kesu_cli.model.progress_file import ProgressFile
from kesu_cli.model.unit import Units, UnitsFile
from kesu_cli.model.window import Days, read_day, read_days, read_stretch
from kesu_cli.rule import Reach
from kesu_cli.rules.book import RULES
from kesu_cli.source.decode import decode
from kesu_cli.source.documents.document_reader import read_document
from kesu_cli.source.documents.text_blocks import NoDocument, clean
from kesu_cli.source.fix import fixed
from kesu_cli.source.plan import fitted, terms_from
from kesu_cli.source.progress import load_progress
from kesu_cli.source.progress_as_typed import progress_text
from kesu_cli.source.progress_edit import CannotRewrite, rewritten
from kesu_cli.source.validate import fit
from kesu_cli.source.workspace import ProgressPath
from kesu_cli.yamltext.locate import locate
from kesu_cli.yamltext.read import read, read_mapping
from kesu_cli.yamltext.tree import Data, tree_of
from kesu_cli.yamltext.write import Node, yaml_text
from mutation import (
    SCALARS,
    bytes_changed,
    data_changed,
    escaped,
    file_changed,
    package_changed,
    text_changed,
)
from test_quantity_properties import PIECES

TESTS = Path(__file__).parents[1]
CITY = TESTS / "fixtures" / "workspace-0.1"
DOCUMENTS = TESTS / "fixtures" / "documents"
PLAN_FILES = ("measures.yaml", "units.yaml", "policy.yaml", "waivers.yaml")
OWN = (
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    ArithmeticError,
    UnboundLocalError,
)
SLOW = 5.0  # seconds of one input
AS_OF = running(date(2025, 2, 28))
CHINESE = re.compile("[\u4e00-\u9fff]")
KESU = str(Path(kesu_cli.__file__).parent)
WORDS: tuple[str, ...] = (*SCALARS, *PIECES)

Texts = tuple[tuple[str, Data], ...]
Target = Callable[[Random], None]


class Broken(AssertionError):
    """Something else came out than may."""


def held(faults: Iterable[Fault], text: str = "") -> None:
    """See that faults speak Chinese, stand in the text, and hide no failure of a reader."""
    faults = tuple(faults)
    tree = tree_of(text) if faults else None
    for fault in faults:
        span = fault.span or locate(tree, fault.place.path)
        if (
            not CHINESE.search(fault.message)
            or span.line < 1
            or span.line > text.count("\n") + text.count("\r") + 2
        ):
            raise Broken(f"{fault.message} {span}")
        if "读到一半出了错" in fault.message:
            raise Broken(fault.message)


def own_failure(error: BaseException) -> bool:
    """Whether it was raised in the code of kesu, not in a library that it calls, be that compiled."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return last.filename.startswith(KESU) and isinstance(error, OWN)


@cache
def folder() -> Path:
    made = mkdtemp()
    atexit.register(shutil.rmtree, made)
    return lay_out(Path(made) / "city")


@cache
def office() -> OpenWorkspace:
    return open_workspace((CITY,))


@cache
def form_office() -> OpenWorkspace:
    return open_workspace((folder(),))


def _with_data(texts: Iterable[str]) -> Texts:
    return tuple((text, read(text, Place("a"))[0] or {}) for text in texts)


def _read(file: Path) -> str:
    return decode(file.read_bytes(), Place(file.name)).text or ""


@cache
def reports() -> Texts:
    files = (*CITY.glob("progress/*/[!.]*.yaml"), *(TESTS / "sample").glob("progress/*/*.yaml"))
    texts = [_read(file) for file in sorted(files)]
    return _with_data([*texts, (folder() / "progress/2024/市科协.yaml").read_text("utf-8")])


@cache
def closings() -> Texts:
    return _with_data([(CITY / "progress/2023/.closed.yaml").read_text("utf-8")])


@cache
def plan_texts(name: str) -> Texts:
    files = [CITY / "plan" / name, CITY / "plan-before" / name, TESTS / "world" / "plan" / name]
    return _with_data(file.read_text("utf-8") for file in files if file.exists())


def progress(random: Random) -> None:
    report = random.choice(reports())
    content = file_changed((report,), random)
    year, unit = int(report[1].get("year", 2024)), report[1].get("unit", "市科协")
    path = ProgressPath(Path(f"{unit}.yaml"), f"progress/{year}/{unit}.yaml", year)
    loaded = load_progress([path], office().terms.units, lambda _: content)
    text = progress_text(content, path.file)
    held((*loaded.faults, *text.faults), text.text or content.decode(errors="replace"))
    if loaded.filings and random.random() < 0.2:
        judge(loaded)


def judge(loaded: Loaded) -> None:
    """Run every rule on what was read."""
    found = office().workspace.evidence_of(loaded.filings)
    known = replace(loaded, terms=loaded.terms or office().terms, evidence=found)
    context = context_of(known, AS_OF, (2023, 2024))
    file_run = run(context, (rule for rule in RULES if rule.reach is Reach.FILE))
    whole = run(judged(context)[0], (rule for rule in RULES if rule.reach is Reach.WHOLE))
    if crashes := (*file_run.crashes, *whole.crashes):
        raise Broken(str(crashes))


def mended(random: Random) -> None:
    """Mend a report; what is mended once stays as it is."""
    content = file_changed(reports(), random)
    basis = fix_basis(office())
    once = fixed(content, "progress/2024/市科协.yaml", basis)
    twice = fixed(once.after, "progress/2024/市科协.yaml", basis)
    if twice.after != once.after:
        raise Broken(f"mended again: {twice.repairs}")


def amended(random: Random) -> None:
    """Change a sound report in place, or refuse to; what is written is what was wanted."""
    text, data = random.choice(reports())
    wanted = data_changed(data, random)
    before = progress_text(text.encode(), "a.yaml")
    if before.written is None or fit(ProgressFile, wanted, Place("a"))[1]:
        return
    with suppress(CannotRewrite):
        after = progress_text(rewritten(before, wanted, anew=random.random() < 0.2), "a.yaml")
        held(after.faults, after.text)


def written(random: Random) -> None:
    """Write data as YAML; it is read as the same."""
    texts = {f"{number}{_text(random)}": _node(random, 3) for number in range(random.randrange(1, 5))}
    if read(yaml_text(texts), Place("a")) != (texts, ()):
        raise Broken(yaml_text(texts))


def _text(random: Random) -> str:
    word = random.choice(WORDS)
    sign = random.choice(":#-? ,[]{}&*!|>'\"%@`~\t\n")
    return random.choice((word, word + random.choice(SCALARS), sign + word, word + sign + word))[:200]


def _node(random: Random, depth: int) -> Data:
    kind = random.randrange(3) if depth else 0
    count = range(random.randrange(4))
    if kind == 0:
        return _text(random)
    if kind == 1:  # of lists in lists kesu writes none
        return [part for _ in count if not isinstance(part := _node(random, depth - 1), list)]
    return {f"{number}{_text(random)}": _node(random, depth - 1) for number in count}


def _plan(name: str) -> Target:
    def target(random: Random) -> None:
        contents = {other: plan_texts(other)[0][0].encode() for other in PLAN_FILES}
        content = contents[name] = file_changed(plan_texts(name), random)
        loaded = terms_from(contents.get, "plan")
        text = content.decode(errors="replace")
        held(
            (fault for fault in loaded.faults if fault.place.file.endswith(name) and not _encoded(content)),
            text,
        )
        if loaded.terms and random.random() < 0.4:
            judge(loaded)

    return target


def _encoded(content: bytes) -> bool:
    """Whether it is no UTF-8, so that its lines are not those of the text as decoded here."""
    return "\ufffd" in content.decode(errors="replace") or b"\x00" in content


def closing(random: Random) -> None:
    content = file_changed(closings(), random)
    now, faults = fitted(content, ClosingFile, Place(".closed.yaml"))
    held(faults, "\n" * content.count(b"\n") + "\r" * content.count(b"\r"))
    before, _ = fit(ClosingFile, closings()[0][1], Place(".closed.yaml"))
    if now and before:
        now.is_sealed, now.breach(before, str), before.breach(now, str)


def scalars(random: Random) -> None:
    """Read one text as every kind of value; a plain number is exact, a plain day the one of the calendar."""
    text = _scalar(random)
    for reader in (read_day, read_days, read_stretch):
        with suppress(ValueError):
            _in_bounds(reader(text))
    with suppress(ValueError):
        amount = read_amount(text)
        if amount.number < 0:
            raise Broken(text)
        with suppress(ValueError):
            combine(amount, random.choice(SCALARS))
    read_unit(text)
    kind_named(text)
    if relative(text) is None and not leads_outside(text):
        raise Broken(text)


def _in_bounds(days: Days | date) -> None:
    first, last = (days.start, days.end) if isinstance(days, Days) else (days, days)
    if not date(1900, 1, 1) <= first <= last < date(2200, 1, 1):
        raise Broken(str(days))


def exact(random: Random) -> None:
    """Write a number and a day in the ways that people do; both are read as they are."""
    number = Decimal(random.randrange(10 ** random.randrange(1, 12))).scaleb(-random.randrange(4))
    factor, word = random.choice(((1, ""), (10_000, "万"), (100_000_000, "亿")))
    plain = f"{number:,f}" if random.random() < 0.3 else f"{number:f}"
    shown = (
        random.choice((plain, plain.translate(WIDE), f" {plain} "))
        + word
        + random.choice(("", "名", "人次", "%"))
    )
    if read_amount(shown).number != number * factor:
        raise Broken(shown)
    day = date.fromordinal(random.randrange(date(1900, 1, 1).toordinal(), date(2200, 1, 1).toordinal()))
    form = random.choice(
        ("{0}-{1}-{2}", "{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}年{1}月{2}日", "{0}.{1}.{2}")
    )
    text = form.format(day.year, day.month, day.day)
    if read_day(text) != day or read_stretch(f"{text}至{text}") != Days(day, day):
        raise Broken(text)


WIDE = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in "0123456789.,"}


def _scalar(random: Random) -> str:
    made = random.choice(WORDS)[:60]
    for _ in range(random.randrange(4)):
        at = random.randrange(len(made) + 1)
        sign = random.choice(
            (random.choice(SIGNS), random.choice(SCALARS)[:12], chr(random.randrange(1, 0x30000)))
        )
        made = made[:at] + sign + made[at + random.randrange(3) :]
    return (
        made.encode(errors="ignore").decode() if random.random() < 0.9 else unicodedata.normalize("NFD", made)
    )


SIGNS = "0123456789０５.,-−—–~～至到/年月日万亿千百%％‰℃ \t\n名人次+*²½①٣"


@cache
def lines() -> tuple[str, ...]:
    """Return the lines of all documents, and clauses that are read with care."""
    rows = (TESTS / "fixtures" / "clauses.tsv").read_text("utf-8").splitlines()
    return (
        *(line for text in texts() for line in text.splitlines()),
        *(cell for row in rows for cell in row.split("\t")),
    )


@cache
def texts() -> tuple[str, ...]:
    return tuple(_read(file) for file in sorted(DOCUMENTS.iterdir()) if file.suffix in (".txt", ".md"))


def drafted(random: Random) -> None:
    """Draft a plan from a document: it is read again without a fault, or refused."""
    rows = random.choice(texts()).splitlines()
    start = random.randrange(max(len(rows) - 10, 1))
    rows = rows[:1] + rows[start : start + random.choice((2, 3, 4, 6, 20))]
    for _ in range(random.randrange(5)):
        at = random.randrange(len(rows))
        rows[at] = random.choice((random.choice(lines()), _words(rows[at], random), "", rows[at] * 2))
    with suppress(NoPlan):
        document = _document(text_changed("\n".join(rows), random), random)
        _drafted(document, with_verification=random.random() < 0.2)


def _words(row: str, random: Random) -> str:
    at = random.randrange(len(row) + 1)
    return (
        row[:at] + "".join(random.choices(PIECES, k=random.randrange(1, 6))) + row[at + random.randrange(4) :]
    )


def _document(text: str, random: Random) -> Document:
    rows = [clean(row) for row in text.split("\n")]
    blocks: list[Paragraph | Table] = [
        Paragraph(row, number, random.choice((0,) * 20 + (1, 2))) for number, row in enumerate(rows, 1) if row
    ]
    if random.random() < 0.2:
        cells = tuple(
            tuple(random.choice(lines())[:80] for _ in range(3)) for _ in range(random.randrange(1, 5))
        )
        blocks.insert(random.randrange(len(blocks) + 1), Table(cells, tuple(range(len(cells)))))
    return Document("方案.txt", "0" * 64, tuple(blocks))


def _drafted(document: Document, *, with_verification: bool) -> None:
    made = draft(document)
    place = Place("measures.yaml")
    data, faults = read_mapping(made.measures, place)
    file, wrong = fit(PlanFile, data, place) if not faults else (None, ())
    units, wrong_units = fitted(made.units.encode(), UnitsFile, Place("units.yaml"))
    held((*faults, *wrong), made.measures)
    if faults or wrong or wrong_units:
        raise Broken(f"the draft is not read again: {(*faults, *wrong, *wrong_units)}")
    if file and units and with_verification:
        verify(file, place, Units(units.units, units.groups, "units.yaml"), document)


def document_file(random: Random) -> None:
    """Read a document, changed as its kind allows, from disk."""
    file = random.choice(sorted(file for file in DOCUMENTS.iterdir() if file.suffix in KINDS))
    content = file.read_bytes()
    if file.suffix == ".docx":
        content = package_changed(content, random, (*SCALARS, *lines()[:50]))
    else:
        content = text_changed(_read(file), random).encode(errors="replace")
        content = bytes_changed(content, random) if random.random() < 0.2 else content
    path = folder() / f"方案{file.suffix}"
    path.write_bytes(content)
    try:
        read_document(path)
    except NoDocument as refused:
        if refused.__cause__ and own_failure(refused.__cause__):
            raise Broken(repr(refused.__cause__)) from refused.__cause__


KINDS = (".txt", ".md", ".html", ".docx")


def form(random: Random) -> None:
    """Take in a form, changed cell by cell or in any of its parts."""
    content = _filled(random) if random.random() < 0.7 else short_form()
    if random.random() < 0.6:
        content = package_changed(content, random, SCALARS)
    try:
        taken = take(content, FormContext(form_office().terms))
    except NotAForm as refused:
        if refused.__cause__ and own_failure(refused.__cause__):
            raise Broken(repr(refused.__cause__)) from refused.__cause__
        return
    if not taken.found.faults:
        Importer(form_office()).take_in(content)


@cache
def short_form() -> bytes:
    """Return a sound form without most of its empty rows, which cost time and are all alike."""
    return _repacked(sound_form(), lambda _, part: _ROW.sub(_unless_far_down, part))


_ROW = re.compile(rb'<row r="(\d+)"[^>]*(?<!/)>.*?</row>', re.DOTALL)


def _unless_far_down(row: re.Match[bytes]) -> bytes:
    return b"" if int(row[1]) > _EMPTY_ROW + 3 and b"<v>" not in row[0] else row[0]


def _filled(random: Random) -> bytes:
    """Fill cells of a form, the empty ones too."""

    def changed(name: str, part: bytes) -> bytes:
        is_ledger = name == "xl/worksheets/sheet3.xml"
        if is_ledger:
            part = _row_filled(part, random)
        if is_ledger or (name == "xl/worksheets/sheet4.xml" and random.random() < 0.2):
            for _ in range(random.choice((0, 1, 1, 2, 3, 6))):
                part = _cell_filled(part, random)
        return part

    return _repacked(short_form(), changed)


def _repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return made.getvalue()


_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)" s="(\d+)"(?:/>|([^>]*>.*?</c>))')
_FIRST_ROW, _EMPTY_ROW = 10, 15  # of the ledger: what was exported, and the first row below


def _row_filled(part: bytes, random: Random) -> bytes:
    """Fill the first empty row with what stands in another."""
    row = random.randrange(_FIRST_ROW, _EMPTY_ROW)
    there = {cell[1]: cell[4] for cell in _CELL.finditer(part) if int(cell[2]) == row and cell[1] != b"A"}

    def filled(cell: re.Match[bytes]) -> bytes:
        instead = there.get(cell[1]) if int(cell[2]) == _EMPTY_ROW else None
        return b'<c r="' + cell[1] + cell[2] + b'" s="' + cell[3] + b'"' + instead if instead else cell[0]

    return _CELL.sub(filled, part)


def _cell_filled(part: bytes, random: Random) -> bytes:
    """Fill a cell with what stands above or below it, or with anything at all."""
    cells = list(_CELL.finditer(part))
    near = [cell for cell in cells if _FIRST_ROW <= int(cell[2]) <= _EMPTY_ROW]
    match = random.choice(near if near and random.random() < 0.9 else cells)
    head = b'<c r="' + match[1] + match[2] + b'" s="' + match[3] + b'"'
    column = [cell[4] for cell in near if cell[1] == match[1] and cell[4]]
    if column and random.random() < 0.6:
        cell = head + random.choice(column)
    elif random.random() < 0.5:
        kinds = (b' t="n"', b' t="b"', b' t="e"', b' t="s"', b' t="d"')
        kind = random.choice(kinds) if random.random() < 0.1 else b""
        cell = head + kind + b"><v>" + random.choice(NUMBERS) + b"</v></c>"
    else:
        words = escaped(random.choice(SCALARS))
        cell = head + b' t="inlineStr"><is><t xml:space="preserve">' + words + b"</t></is></c>"
    return part[: match.start()] + cell + part[match.end() :]


NUMBERS = (
    b"45489",
    b"0",
    b"-1",
    b"1.5",
    b"1e300",
    b"NaN",
    b"2024.3",
    b"2958466",
    b"0.15",
    b"x",
    b"18",
    b"45300",
)


TARGETS: dict[str, tuple[int, Target]] = {
    "progress": (300, progress),
    "mended": (60, mended),
    "amended": (60, amended),
    "written": (300, written),
    "measures": (30, _plan("measures.yaml")),
    "units": (60, _plan("units.yaml")),
    "policy": (60, _plan("policy.yaml")),
    "waivers": (60, _plan("waivers.yaml")),
    "closing": (200, closing),
    "scalars": (3000, scalars),
    "exact": (2000, exact),
    "drafted": (60, drafted),
    "document": (60, document_file),
    "form": (60, form),
}


WITHOUT_CLAUSES = (
    "某市托育服务行动计划（2024—2026年）",
    "（一）加强队伍建设。每年培养不少于200人；人均不少于60学时。（市教育局、市卫生健康委按职责分工负责）",
    "，，，",
    "1．示范机构建设。每个县每年创建市级示范托育机构2家以上。",
)


def test_a_passage_without_a_clause_is_verified() -> None:
    rows = tuple(Paragraph(row, number) for number, row in enumerate(WITHOUT_CLAUSES, 1))
    _drafted(Document("方案.txt", "0" * 64, rows), with_verification=True)


def test_a_colon_before_a_question_mark_is_quoted_in_brackets() -> None:
    data: dict[str, Node] = {"a": [{"b": "为何:?不办", "c:?d": "e"}], "f:?g": "h:?i"}
    assert read(yaml_text(data), Place("a")) == (data, ())


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_but_located_faults_and_refusals_comes_out(name: str) -> None:
    few, target = TARGETS[name]
    first, count = int(os.environ.get("KESU_FUZZ_FROM", "0")), int(os.environ.get("KESU_FUZZ", few))
    begun = time.perf_counter()
    broken: dict[str, str] = {}
    for number in range(first, first + count):
        before = time.process_time()
        try:
            target(Random(f"{name}:{number}"))
        except Refusal:
            pass
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            broken.setdefault(_kind(error), f"{name}:{number} {error!r:.600}")
        if (took := time.process_time() - before) > SLOW:
            broken.setdefault("slow", f"{name}:{number} {took:.1f} s")
    sys.stdout.write(f"\n{name}: {count} inputs from {first} in {time.perf_counter() - begun:.0f} s")
    assert not broken, "\n".join(f"{kind}: {what}" for kind, what in broken.items())


def _kind(error: BaseException) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if KESU in frame.filename]
    last = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}"
