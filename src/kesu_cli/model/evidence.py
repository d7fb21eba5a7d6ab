"""Evidence (佐证材料): a web address, a file or the number of a paper archive, parsed once for all."""

import hashlib
import ipaddress
import posixpath
import re
from functools import lru_cache
from pathlib import PurePosixPath, PureWindowsPath
from typing import NamedTuple

from kesu_cli.diagnostic import EvidenceFile

KINDS = (  # offered by forms, editors and kesu record; a unit may write another
    "签到表",
    "照片",
    "报道",
    "文件",
    "通知",
    "方案",
    "总结",
    "统计表",
    "证书",
    "名册",
    "协议",
    "其他",
)
OTHER = "其他"
A_FILE = "佐证/2024/签到表.pdf"
AN_ADDRESS = "https://www.example.com/1"
AN_ARCHIVE = "2024-市教体局-017"
ON_PAPER = "存档："  # how a number of an archive is told from a file where both may stand
TINIEST = 6  # bytes: a file of no more may be blank, and is read to see
_BLANK = frozenset(
    hashlib.sha256(mark + text).hexdigest()
    for mark in (b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
    for text in (b"", b" ", b"\n", b"\r\n", b"\n\n", b"\0")
)
_QUOTES = "“”‘’「」『』＂＇"
_SCHEME = re.compile("https?://", re.IGNORECASE)
_ON_PAPER = re.compile(r"(?:线下)?存档(?:号|编号)?\s*[:：]\s*")
_ADDRESS = re.compile(r"https?://([^\s/?#@\\:]{1,253})(?::\d{1,5})?([/?#]\S*)?", re.IGNORECASE)
_TWO_ADDRESSES = re.compile(r"[,，、；;|]https?://", re.IGNORECASE)
_LABEL = re.compile(r"[^\W_](?:[\w-]*\w)?")
_HOME = re.compile(r"(?:(?:index|default|home|main)\.\w+)?", re.IGNORECASE)
_DIGIT = re.compile("[0-9０-９]")
_END_OF_SENTENCE = "。，、；：！？）】》"
_SEVERAL_FILES = re.compile(
    r"\.[a-z][a-z0-9]{1,4}\s*[,，、；;\n]\s*\S.*\.[a-z][a-z0-9]{1,4}\Z", re.IGNORECASE
)
_NO_NUMBER = re.compile("附件|微信|待补|后补|另附|^见")
_LONGEST_NUMBER, _LONGEST_SHOWN = 60, 60
_LONGEST_PATH = 1_000  # of which names of files are looked for
_HOSTS = 1_000  # a city publishes on few
_WHOLE_ADDRESS = f"请写完整的网址，从 https:// 写起，例如 {AN_ADDRESS}"
_SPARE = re.compile(r"[\W\d_]+\Z")
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")


class Evidence(NamedTuple):
    """One piece of evidence as it is sound: the file, address or archive that it is, the others empty.

    A file may name the address where it is published too. ``position`` is where it stands in its entry.
    """

    kind: str
    path: str
    url: str
    archive: str
    sha256: str
    position: int

    @property
    def where(self) -> str:
        """What the piece is, as it is written."""
        return self.path or self.url or self.archive


def told_apart(written: str) -> tuple[str, str]:
    """Tell an address (url) and an archive (archive) from what may be a file (path), where all may stand."""
    if paper := _ON_PAPER.match(written):
        return "archive", written[paper.end() :].strip()
    return ("url" if _SCHEME.match(written) else "path"), written


def web_address(written: str) -> str:
    """Return an address on the web; raises ValueError, with what to write, for what leads to nothing."""
    text = _bare("url", written)
    parts = _ADDRESS.fullmatch(text)
    if parts is None or not _is_host(parts[1]):
        raise ValueError(f"“{_cut(text)}”不是网址；{_WHOLE_ADDRESS}；网上没有的，写文件或存档号")
    page = parts[2] or ""
    if "://" in page and _TWO_ADDRESSES.search(page):
        raise ValueError(f"“{_cut(text)}”是几个网址；一件佐证只写一个，其余的各写一件")
    if text[-1] in _END_OF_SENTENCE:
        raise ValueError(f"“{_cut(text)}”后面多了“{text[-1]}”；请只写网址")
    if _HOME.fullmatch(page.strip("/.?#")):
        raise ValueError(f"“{_cut(text)}”只是网站的首页，证明不了这件事；请写这件事所在网页的网址")
    return text


def file_path(written: str) -> str:
    """Return the path of a file; raises ValueError, with what to write, for what is none."""
    text = _bare("path", written)
    key, rest = told_apart(text)
    if key == "url":
        raise ValueError(f"“{_cut(text)}”是网址，不是文件；网址写在 url")
    if key == "archive":
        raise ValueError(f"“{_cut(text)}”是存档号，不是文件；请写成 archive: {_cut(rest)}")
    if _SEVERAL_FILES.search(text[-_LONGEST_PATH:]):
        raise ValueError(f"“{_cut(text)}”是几个文件；一件佐证只写一个，其余的各写一件")
    return text


def archive_number(written: str) -> str:
    """Return the number of a paper archive; raises ValueError, with what to write, for what has none."""
    text = told_apart(_bare("archive", written))[1]
    is_sound = _DIGIT.search(text) and len(text) <= _LONGEST_NUMBER
    if not is_sound or _NO_NUMBER.search(text) or _SCHEME.search(text):
        raise ValueError(f"“{_cut(text)}”不是存档号；请写纸质材料的档案编号，例如 {AN_ARCHIVE}")
    return text


def proves_nothing(found: EvidenceFile | None) -> str:
    """Say why a file proves nothing, whatever it is called; empty where nothing is known against it."""
    if found is None or not found.exists:
        return ""
    if found.is_own:
        return "是 kesu 自己的方案或进展文件，不是佐证材料"
    return "是空文件，证明不了什么" if found.size == 0 or found.sha256 in _BLANK else ""


def plain_path(written: str) -> str:
    """Return a path in its shortest form, by which two spellings of it are one."""
    return posixpath.normpath(written.replace("\\", "/"))


def _bare(key: str, written: str) -> str:
    text = written.strip()
    if text and (text[0] in _QUOTES or text[-1] in _QUOTES):
        raise ValueError(f'{key} 两边是中文引号；请改成英文引号：{key}: "{text.strip(_QUOTES)}"')
    return text


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


@lru_cache(maxsize=_HOSTS)
def _is_host(host: str) -> bool:
    labels = host.removesuffix(".").split(".")
    if len(labels) == 1 or not all(map(_LABEL.fullmatch, labels)):
        return False
    try:
        return not labels[-1].isdigit() or bool(ipaddress.IPv4Address(host))
    except ValueError:
        return False


def kind_named(stem: str) -> str:
    """Return the kind with which a file's name ends, as in 培训班签到表(2); OTHER where it ends with none."""
    name = _SPARE.sub("", _BRACKETS.sub("", stem))
    return next((kind for kind in KINDS if kind != OTHER and name.endswith(kind)), OTHER)


def relative(written: str) -> str | None:
    """Return a path with forward slashes; None where it begins at the top of a disk."""
    path = written.replace("\\", "/")
    absolute = PurePosixPath(path).is_absolute() or bool(PureWindowsPath(path).drive)
    return None if absolute else path


def leads_outside(written: str) -> bool:
    """Whether a path leads out of the folder that it is written for."""
    path = relative(written)
    if path is None:
        return True
    depth = 0
    for part in PurePosixPath(path).parts:
        depth += -1 if part == ".." else 1
        if depth < 0:
            return True
    return False
