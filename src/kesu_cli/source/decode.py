"""Bytes to text: encodings named, control characters and conflict markers refused at the gate."""

import re
from typing import NamedTuple

from kesu_cli.diagnostic import START_OF_FILE, Fault, FaultKind, Place, Span
from kesu_cli.invisible import CONTROL, INVISIBLE
from kesu_cli.source.file_opening import TEXT_LIMIT

_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


class Decoded(NamedTuple):
    """The text of a file (None where it can't be read as text) and what was wrong with it."""

    text: str | None
    faults: tuple[Fault, ...]


def decode(content: bytes, place: Place) -> Decoded:
    """Turn the bytes of a YAML file into text; what is not UTF-8 is named and still read."""
    if len(content) > TEXT_LIMIT:
        return Decoded(None, (too_large(place, len(content)),))
    if not content.strip():
        return _refused(place, "文件是空的", "请按格式填写，或删除这个文件")
    text, faults = _text_of(content, place)
    if text is None:
        return Decoded(None, faults)
    stopper = _stopper(text, place)
    return Decoded(None, (*faults, stopper)) if stopper else Decoded(text, faults)


def too_large(place: Place, size: int) -> Fault:
    """Say that a file is larger than any YAML file may be."""
    message = f"文件有 {size / 1_000_000:.1f} MB，超过 {TEXT_LIMIT // 1_000_000} MB 的上限"
    return Fault(FaultKind.UNREADABLE, place, message, "请把大段内容移出，佐证材料只写路径")


def position(text: str, offset: int) -> Span:
    """Turn an offset into a one-character span."""
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return Span(line, column, line, column + 1)


def _refused(place: Place, message: str, hint: str) -> Decoded:
    return Decoded(None, (Fault(FaultKind.UNREADABLE, place, message, hint, START_OF_FILE),))


def _text_of(content: bytes, place: Place) -> tuple[str | None, tuple[Fault, ...]]:
    marked = content.removeprefix(_BOM)
    try:
        return marked.decode(), ()
    except UnicodeDecodeError as error:
        wrong = error
    wide = utf16(content)
    if wide is not None:
        return wide, (_encoding_fault(place, "UTF-16"),)
    if b"\x00" in content:
        fault = Fault(
            FaultKind.UNREADABLE,
            place,
            "这不是文本文件（可能是表格、文档或图片改了扩展名）",
            "请填写文本格式的 .yaml 文件",
        )
        return None, (fault,)
    try:
        return content.decode("gb18030"), (_encoding_fault(place, "GBK"),)
    except UnicodeDecodeError:
        text = marked.decode(errors="replace")
        span = position(text, len(marked[: wrong.start].decode()))
        message = "这里有无法识别的字节，文件既不是 UTF-8 也不是 GBK"
        return text, (
            Fault(FaultKind.ENCODING, place, message, "请用编辑器另存为 UTF-8 编码后重填这一处", span),
        )


def _encoding_fault(place: Place, name: str) -> Fault:
    hint = "请用编辑器“另存为”，编码选 UTF-8；内容已按原编码读出，本次检查照常进行"
    return Fault(FaultKind.ENCODING, place, f"文件编码是 {name}，应为 UTF-8", hint)


def utf16(content: bytes) -> str | None:
    """Decode UTF-16 with or without a byte order mark; None where it is something else."""
    sample = content[:400]
    if content[:2] in _UTF16_BOMS:
        encoding = "utf-16"
    elif sample[1::2].count(0) > len(sample) // 5:
        encoding = "utf-16-le"
    elif sample[0::2].count(0) > len(sample) // 5:
        encoding = "utf-16-be"
    else:
        return None
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _stopper(text: str, place: Place) -> Fault | None:
    """Find what makes the whole text unusable before YAML is tried."""
    if "\x00" in text:
        return Fault(
            FaultKind.UNREADABLE, place, "这不是文本文件（含有空字节）", "请填写文本格式的 .yaml 文件"
        )
    control = CONTROL.search(text)
    if control:
        span = position(text, control.start())
        message = f"这里有看不见的控制字符 U+{ord(control[0]):04X}"
        return Fault(
            FaultKind.SYNTAX,
            place,
            message,
            "请删除它（常见于从网页或其他软件复制粘贴），重新输入这一处",
            span,
        )
    invisible = INVISIBLE.search(text)
    if invisible:
        name = "零宽空格" if invisible[0] == "\u200b" else "字符"
        return Fault(
            FaultKind.SYNTAX,
            place,
            f"这里有看不见的{name} U+{ord(invisible[0]):04X}",
            "请删除它前后各一个字再重新输入（常见于从网页或聊天软件复制粘贴）",
            position(text, invisible.start()),
        )
    conflict = _CONFLICT.search(text) if "<<<<<<<" in text or ">>>>>>>" in text else None
    if conflict:
        span = position(text, conflict.start())
        message = f"有没解决的合并冲突（{conflict[0][:7]}）"
        hint = "两个人改了同一处：请在 <<<<<<< 与 >>>>>>> 之间保留正确的内容，并删掉这些标记行"
        return Fault(FaultKind.SYNTAX, place, message, hint, span)
    return None
