"""Changes texts, data, bytes and packages at random, each time by a seed of its own: food for fuzzing."""

import copy
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping, MutableSequence
from contextlib import suppress
from random import Random

import yaml

from kesu_cli.yamltext.tree import Data
from kesu_cli.yamltext.write import yaml_text

SCALARS = (
    *("", "~", "null", "true", "是", "0", "-1", "18", "１８", "2万", "1.2万人次", "15.4%", "12,000", "1e9"),
    *("0.15", "3.", ".5", "1,2,3", "9" * 21, "9" * 400, "十八", "约30", "30左右", "½", "①", "10²", "٣", "𝟑"),
    *(
        "2024",
        "2024-02-30",
        "2024-13-01",
        "2024-07",
        "2024年7月16日",
        "2024/7/16",
        "1899-12-31",
        "9999-12-31",
    ),
    *("0000-00-00", "45489", "7.16—7.20", "2024-07-16至20日", "2024-07-16 ~ 2024-07-01", "02-29", "13-40"),
    *(
        "M06-1",
        "m06-1",
        "Ｍ06-1",
        "G-1",
        "P3-2",
        "S1-6",
        "M999-9",
        "KS301",
        "KS999",
        "A1",
        "市科协",
        "市教体局",
    ),
    *("各乡（镇）、街道", "无此单位", "complete", "draft", "done", "sum", "max", "latest", "year", "month"),
    *("https://e.invalid/a#b", "http://", "://", "/etc/passwd", "../../x", "佐证/a.pdf", "C:\\a", "a" * 5000),
    *(
        "文" * 300,
        "a\nb",
        "a\n\n b\n",
        "a: b",
        "- a",
        "# a",
        "[a",
        "{a",
        "&a",
        "*a",
        "!a",
        "<<",
        "|",
        ">-",
        "? a",
    ),
    *("\t", "'", '"', "\\u202e", "a#b", "a #b", "：", "，", "\u3000", "😀", "e\u0301", "=1+1", "{{x}}", "%s"),
)
LINES = (
    *(
        "entries:",
        "  - task: M06-1",
        "- {}",
        "  -",
        "---",
        "...",
        "%YAML 1.1",
        "? a",
        ": b",
        "<<: *a",
        "unit: a",
    ),
    *(
        "year: 2024",
        "a: &a [1]",
        "b: *a",
        "c: !!int 3",
        "note: |",
        "note: >-",
        '  "open',
        "  'open",
        "key：值",
    ),
    *(
        "<<<<<<< HEAD",
        "=======",
        ">>>>>>> x",
        "#",
        " #注",
        "\ttab",
        "{a: [b, {c: d}], e}",
        "[" * 50,
        "- " * 45,
    ),
)
BLOBS = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x80",
    b"\xe4\xb8",
    b"\r",
    b"\r\n",
    b"\xc2\x85",
    b"\xe2\x80\xae",
)
ENCODINGS = ("gbk", "utf-16", "utf-16-le", "utf-8-sig", "utf-32", "big5", "gb18030")
_VALUE = re.compile(r"(?<=: )[^#\n]+|(?<=- )[^#:\n]+")
_TAG_TEXT = re.compile(rb">([^<]*)<")
_ATTRIBUTE = re.compile(rb'="([^"]*)"')
_ELEMENT = re.compile(rb"<(\w[\w:]*)\b[^<>]*/>|<(\w[\w:]*)\b[^<>]*>[^<>]*</\2>")

Change = Callable[[MutableSequence[str], Random], None]


def times(random: Random) -> range:
    """Say how often something is changed: mostly once, seldom often."""
    return range(min(1 + int(random.expovariate(0.7)), 12))


def text_changed(text: str, random: Random) -> str:
    """Change lines of a text, and what stands in them."""
    lines = text.split("\n")
    for _ in times(random):
        random.choice(_CHANGES)(lines, random)
    return "\n".join(lines)


def _drop(lines: MutableSequence[str], random: Random) -> None:
    if len(lines) > 1:
        del lines[random.randrange(len(lines))]


def _double(lines: MutableSequence[str], random: Random) -> None:
    lines.insert(random.randrange(len(lines)), random.choice(lines))


def _insert(lines: MutableSequence[str], random: Random) -> None:
    lines.insert(random.randrange(len(lines) + 1), " " * random.randrange(7) + random.choice(LINES))


def _indent(lines: MutableSequence[str], random: Random) -> None:
    at = random.randrange(len(lines))
    lines[at] = " " * random.randrange(9) + lines[at].lstrip()


def _value(lines: MutableSequence[str], random: Random) -> None:
    at = random.randrange(len(lines))
    lines[at] = _VALUE.sub(lambda _: random.choice(SCALARS), lines[at], count=1)


def _letter(lines: MutableSequence[str], random: Random) -> None:
    at = random.randrange(len(lines))
    line = lines[at]
    where = random.randrange(len(line) + 1)
    sign = random.choice(":#-[]{},'\"|>&*!%?@`：，“”\t \u3000\u200b\x07\\年月万%0９")
    lines[at] = line[:where] + sign * random.choice((0, 1, 1, 1, 3)) + line[where + random.randrange(3) :]


def _join(lines: MutableSequence[str], random: Random) -> None:
    at = random.randrange(len(lines))
    lines[at : at + 2] = ["".join(lines[at : at + 2])]


def _part(lines: MutableSequence[str], random: Random) -> None:
    at = random.randrange(len(lines))
    where = random.randrange(len(lines[at]) + 1)
    lines[at : at + 1] = [lines[at][:where], lines[at][where:]]


def _move(lines: MutableSequence[str], random: Random) -> None:
    lines.insert(random.randrange(len(lines)), lines.pop(random.randrange(len(lines))))


_CHANGES: tuple[Change, ...] = (
    _drop,
    _double,
    _insert,
    _indent,
    _value,
    _value,
    _letter,
    _join,
    _part,
    _move,
)


def bytes_changed(content: bytes, random: Random) -> bytes:
    """Change single bytes, cut off, or encode otherwise."""
    if random.random() < 0.2:
        return content.decode(errors="replace").encode(random.choice(ENCODINGS), errors="replace")
    made = bytearray(content)
    for _ in times(random):
        at = random.randrange(len(made) + 1)
        made[at : at + random.randrange(3)] = random.choice((*BLOBS, random.randbytes(1), b""))
    return bytes(made[: random.randrange(len(made) + 1)] if random.random() < 0.1 else made)


def data_changed(data: Data, random: Random) -> Data:
    """Change parts of the data of a file: take out, repeat, move, put something else."""
    made = copy.deepcopy(data)
    for _ in times(random):
        within = random.choice([part for part in _parts(made) if part] or [{"": ""}])
        key = random.choice(list(within) if isinstance(within, dict) else range(len(within)))
        random.choice(_DATA_CHANGES)(within, key, made, random)
    return made


def _parts(data: Data) -> list[Data]:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [*([data] if isinstance(data, (dict, list)) else []), *(p for part in inner for p in _parts(part))]


def _take_out(within: Data, key: Data, _: Data, __: Random) -> None:
    del within[key]


def _put_scalar(within: Data, key: Data, _: Data, random: Random) -> None:
    within[key] = random.choice(SCALARS)


def _put_other(within: Data, key: Data, _: Data, random: Random) -> None:
    within[key] = random.choice(
        ([], {}, [within[key]], {"a": within[key]}, [[]], [{}], {"from": "2024-01-02"})
    )


def _put_part(within: Data, key: Data, data: Data, random: Random) -> None:
    within[key] = copy.deepcopy(random.choice(_parts(data)))


def _put_elsewhere(within: Data, key: Data, data: Data, random: Random) -> None:
    other = random.choice(_parts(data))
    part = copy.deepcopy(within[key])
    if isinstance(other, list):
        other.insert(random.randrange(len(other) + 1), part)
    else:
        other[key if isinstance(key, str) else random.choice(SCALARS)] = part


_DATA_CHANGES: tuple[Callable[[Data, Data, Data, Random], None], ...] = (
    _take_out,
    _put_scalar,
    _put_scalar,
    _put_scalar,
    _put_other,
    _put_part,
    _put_elsewhere,
)


def typed(data: Data, random: Random) -> str:
    """Write data as YAML in one of the ways that there are."""
    way = random.randrange(3)
    if (
        way == 0
        and isinstance(data, Mapping)
        and "null" not in (text := json.dumps(data))
        and "[[" not in text
    ):
        with suppress(TypeError):  # kesu writes no list in a list
            return yaml_text(data)
    if way == 1:
        return json.dumps(data, ensure_ascii=random.random() < 0.1, indent=random.choice((None, 1)))
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=random.choice((20, 80, 9999))))


def file_changed(texts: tuple[tuple[str, Data], ...], random: Random) -> bytes:
    """Return one of some files, of which the text and the data are given, changed in any of the ways."""
    text, data = random.choice(texts)
    way = random.random()
    if way < 0.45:
        text = typed(data_changed(data, random), random)
    if way > 0.35:
        text = text_changed(text, random)
    content = text.encode(errors="replace")
    return bytes_changed(content, random) if way > 0.9 else content


def package_changed(content: bytes, random: Random, texts: tuple[str, ...]) -> bytes:
    """Change parts of a package of XML, which stays a sound package; ``texts`` is what may come into it."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for _ in times(random):
        name = random.choice(sorted(parts))
        way = random.random()
        if way < 0.03:
            del parts[name]
        elif way < 0.05:
            parts[name] = parts[random.choice(sorted(parts))]
        elif name.endswith((".xml", ".rels")):
            parts[name] = xml_changed(parts[name], random, texts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return made.getvalue()


def xml_changed(part: bytes, random: Random, texts: tuple[str, ...]) -> bytes:
    """Change a text, a value, an element, or single bytes of XML."""
    way = random.random()
    if way < 0.08:
        return bytes_changed(part, random)
    pattern = _TAG_TEXT if way < 0.45 else _ATTRIBUTE if way < 0.75 else _ELEMENT
    found = list(pattern.finditer(part))
    if not found:
        return part
    match = random.choice(found)
    if pattern is _ELEMENT:
        instead = random.choice((b"", match[0] * 2, random.choice(found)[0]))
        return part[: match.start()] + instead + part[match.end() :]
    words = escaped(random.choice(texts)) if random.random() < 0.7 else random.choice(found)[1]
    return part[: match.start(1)] + words + part[match.end(1) :]


def escaped(text: str) -> bytes:
    """Write a text as XML does."""
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, name)
    return text.encode(errors="replace")
