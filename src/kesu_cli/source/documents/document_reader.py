"""Reads an official document from disk, whichever of the usual formats it comes in."""

import hashlib
from pathlib import Path
from typing import TypeAlias

from kesu_cli.diagnostic import Place
from kesu_cli.model.document import Block, Document, Paragraph
from kesu_cli.source.documents.text_blocks import NoDocument, blocks_of_markdown, blocks_of_text, text_of
from kesu_cli.source.file_opening import OFFICE_LIMIT, read_start
from kesu_cli.source.plan import unreadable

_SAVE_AS = "请用 WPS 或 Word 打开，“另存为” .docx 后再试"
_DAMAGED = "文件已损坏，读不出来；请打开它，确认能看到正文后重新保存"
_KINDS = (
    (b"%PDF", "这是 PDF 文件，读不出文字的次序", "请向拟稿单位要 .docx，或用 WPS 转成 Word 并核对文字后再试"),
    (b"\xd0\xcf\x11\xe0", "这是旧版 Word 或 WPS 文件（.doc、.wps），也可能是加了密码的 .docx", _SAVE_AS),
    (b"{\\rtf", "这是 RTF 文件", _SAVE_AS),
    (b"MIME-Version:", "这是打包保存的网页（.mht）", "请在浏览器里另存为“仅 HTML”，或把正文复制成 .txt"),
    (b"\x89PNG", "这是图片", "请先识别成文字，核对后存成 .txt 或 .docx"),
    (b"\xff\xd8\xff", "这是图片", "请先识别成文字，核对后存成 .txt 或 .docx"),
    (b"GIF8", "这是图片", "请先识别成文字，核对后存成 .txt 或 .docx"),
)
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body")
_SNIFFED = 1024
_Parts: TypeAlias = tuple[tuple[Block, ...], tuple[Paragraph, ...], tuple[Paragraph, ...]]


def read_document(path: Path) -> Document:
    """Read a .txt, .md, .html or .docx file; raises NoDocument with what to do instead."""
    content = _bytes_of(path)
    for magic, wrong, remedy in _KINDS:
        if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(magic):
            raise NoDocument(f"{path.name}：{wrong}；{remedy}")
    try:
        blocks, notes, aside = _parts(path, content)
    except NoDocument as error:
        raise NoDocument(f"{path.name}：{error}") from None
    except ModuleNotFoundError:  # of an extra: what to install is said at the door
        raise
    except Exception as error:
        raise NoDocument(f"{path.name}：{_DAMAGED}") from error
    if not blocks:
        raise NoDocument(f"{path.name}：文件里没有文字；请核对是否保存完整，扫描件请先识别成文字")
    return Document(path.name, hashlib.sha256(content).hexdigest(), blocks, notes, aside)


def _bytes_of(path: Path) -> bytes:
    try:
        content = read_start(path, OFFICE_LIMIT)
    except FileNotFoundError:
        raise NoDocument(f"{path.name}：找不到这个文件；请核对路径和文件名") from None
    except IsADirectoryError:
        raise NoDocument(f"{path.name}：这是一个文件夹；请写出里面的文件名") from None
    except OSError as error:
        fault = unreadable(Place(path.name), error)
        raise NoDocument(f"{path.name}：{fault.message}；{fault.hint}") from None
    if len(content) > OFFICE_LIMIT:
        limit = OFFICE_LIMIT // 1_000_000
        raise NoDocument(f"{path.name}：文件超过 {limit} MB 的上限；请删去图片和附件，只留方案的文字再试")
    if not content.strip():
        raise NoDocument(f"{path.name}：文件是空的；请核对是否保存完整")
    return content


def _parts(path: Path, content: bytes) -> _Parts:
    """Return the running text, the notes to it and what a web page shows beside it."""
    suffix = path.suffix.lower()
    if content.startswith(b"PK\x03\x04"):
        from kesu_cli.source.documents.docx_blocks import blocks_of_docx, notes_of_docx, text_parts_of_docx

        texts = text_parts_of_docx(content)
        return blocks_of_docx(texts), notes_of_docx(texts), ()
    if suffix == ".docx":
        raise NoDocument("扩展名是 .docx，内容却不是；请用 WPS 或 Word 打开，确认能看到正文后重新保存")
    text = text_of(content)
    head = content[:_SNIFFED].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if suffix in {".html", ".htm"} or head.startswith(_HTML):
        from kesu_cli.source.documents.html_blocks import blocks_of_html

        blocks, aside = blocks_of_html(text)
        return blocks, (), aside
    return blocks_of_markdown(text) if suffix in {".md", ".markdown"} else blocks_of_text(text), (), ()
