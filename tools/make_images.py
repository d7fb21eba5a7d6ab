"""Take the pictures of docs/images/ anew: python tools/make_images.py [NAME...].

Needs the programs of tests/clients/install (Chromium, LibreOffice, poppler, Noto CJK) and Playwright.
The pictures show the example data, which are invented; every one of them says so, right across. Beside
each lies the text that it shows: the tests make that text anew, without any client, and compare.
"""

import io
import os
import pty
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kesu_cli.cli.app import run
from kesu_cli.engine.check import Request, check
from kesu_cli.render.terminal import check_page
from kesu_cli.render.terminal.layout_to_text import to_bytes

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
SCRIPTS = Path(sysconfig.get_path("scripts"))
AFTER_ANY_DUE_DATE = date(2026, 11, 24)
MARK = "演示数据"
COLOURS = 256
MARGIN = 28
BROWSER = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)
# a terminal shows Latin letters, lines and dashes one column wide, Chinese ones two
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
@font-face {{font-family: narrow; src: local("NotoSansMono-Regular"), local("DejaVu Sans Mono");
  size-adjust: 83.33%; unicode-range: U+2010-2027, U+2190-21FF, U+2264-2265, U+2500-257F}}
body {{margin: 0; width: max-content}}
pre {{margin: 0; padding: 16px 20px; background: #fff; color: #1f2328;
  font: 15px/1.35 narrow, "Noto Sans Mono CJK SC"}}
</style><pre>{}</pre>"""
# what an official document is set in, and what stands in for it on Linux
OFFICE_FONTS = {"FONTCONFIG_FILE": str(ROOT / "tests" / "clients" / "fonts.conf")}


FONT = ("fc-match", "--format=%{file}", "Noto Sans CJK SC:bold")


@dataclass(frozen=True)
class Picture:
    """What is shown: a command, the file that it saves, and which part of that.

    Of a workbook ``part`` names the sheet whose first page is shown; of a web page, the section before
    which the picture ends. A command that saves nothing is shown in a terminal of so many columns.
    """

    name: str
    command: str
    saved: str = ""
    part: str = ""
    columns: int = 0
    dots: int = 100

    @property
    def file(self) -> Path:
        return IMAGES / f"{self.name}.png"

    @property
    def source(self) -> Path:
        """The text that the picture shows."""
        return IMAGES / f"{self.name}.txt"

    @property
    def is_a_page_of_many(self) -> bool:
        return self.saved.endswith((".docx", ".xlsx"))


PICTURES = (
    Picture("terminal-80", "check progress/2024/", columns=80),
    Picture("terminal-140", "check progress/2024/", columns=140),
    Picture("board", "check progress/2024/ -o html={}", "看板.html", part="figures"),
    Picture("ledger", "check progress/2024/ -o xlsx={}", "台账.xlsx", part="任务台账", dots=110),
    Picture("circular", "report --year 2024 --format docx -o {}", "通报.docx"),
    Picture("notice", "report --unit 市教体局 --year 2024 --notice --format docx -o {}", "督办单.docx"),
    Picture(
        "form", "form export --year 2024 --unit 市教体局 -o {}", "2024-市教体局.xlsx", part="台账", dots=110
    ),
)


def main() -> int:
    """Write all pictures, and beside each the text that it shows."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        for picture in PICTURES:
            if sys.argv[1:] and picture.name not in sys.argv[1:]:
                continue
            saved = save(picture, Path(name))
            lines = text(picture, saved)
            shown = _SHOOT[saved.suffix](picture, saved, lines)
            _finish(picture)
            picture.source.write_text("\n".join(shown) + "\n", encoding="utf-8")
            print(f"{picture.file.relative_to(ROOT)}  {picture.file.stat().st_size // 1024} KB")
    return 0


def save(picture: Picture, folder: Path) -> Path:
    """Run the command of a picture on the example data, and return the file that it saved."""
    saved = folder / picture.saved
    target = folder if picture.command.startswith("form") else saved
    if picture.saved:
        with chdir(ROOT), redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")):
            code = run(picture.command.format(target).split())
        if code > 1:  # 1 says only that it found what it should find
            sys.exit(f"kesu {picture.command}: {code}")
    return saved


def text(picture: Picture, saved: Path) -> list[str]:
    """Return the text that a picture is taken of, line by line; this needs no client."""
    return _TEXT[saved.suffix](picture, saved)


def is_fresh(picture: Picture, lines: Sequence[str]) -> bool:
    """Whether a picture shows what the text begins with; one that is no page of many shows all of it."""
    shown = picture.source.read_text("utf-8").splitlines()
    return shown == list(lines[: len(shown)] if picture.is_a_page_of_many else lines)


def _terminal_text(picture: Picture, _saved: Path) -> list[str]:
    report = check(Request((ROOT / "progress" / "2024",), AFTER_ANY_DUE_DATE), "docs")
    shown = to_bytes(check_page.layout(report), picture.columns).decode()
    return [f"$ kesu {picture.command}", *shown.splitlines()]


def _web_text(picture: Picture, saved: Path) -> list[str]:
    """Return what stands above the section of a page that is not shown any more."""
    import lxml.html

    body: Any = lxml.html.fromstring(saved.read_text("utf-8")).body
    above = body.xpath(f"//body//text()[following::section[@id='{picture.part}']][not(parent::script)]")
    return [line for piece in above if (line := " ".join(piece.split()))]


def _sheet_text(picture: Picture, saved: Path) -> list[str]:
    from python_calamine import load_workbook

    rows = load_workbook(saved).get_sheet_by_name(picture.part).to_python()
    lines = (" ".join(words for cell in row if (words := _cell(cell))) for row in rows)
    return [line for line in lines if line]


def _cell(value: object) -> str:
    """Return what a cell holds; a whole number without the point that the reader gives it."""
    whole = isinstance(value, float) and value.is_integer()
    return "".join((f"{value:.0f}" if whole else str(value)).split())


def _paper_text(_picture: Picture, saved: Path) -> list[str]:
    import docx
    from docx.table import Table

    document = docx.Document(str(saved))
    lines = [paragraph.text for paragraph in document.sections[0].header.paragraphs]
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            lines += [cell.text for row in item.rows for cell in row.cells]
        else:
            lines.append(item.text)
    return [line for said in lines if (line := "".join(said.split()))]


_TEXT = {"": _terminal_text, ".html": _web_text, ".xlsx": _sheet_text, ".docx": _paper_text}


def _shoot_terminal(picture: Picture, folder: Path, lines: Sequence[str]) -> Sequence[str]:
    """Run kesu in a terminal of so many columns, and show what stood in it."""
    from rich.console import Console
    from rich.text import Text

    shown = Text.from_ansi(f"{lines[0]}\n{_in_terminal(picture)}")
    if [line.rstrip() for line in shown.plain.splitlines()] != list(lines):
        sys.exit(f"{picture.name}: in a terminal kesu prints another text than in this process")
    console = Console(record=True, width=picture.columns, file=io.StringIO())
    console.print(shown, soft_wrap=True)
    page = folder / "terminal.html"
    code = console.export_html(inline_styles=True, code_format="{code}")
    page.write_text(TERMINAL.format(code), encoding="utf-8")
    _shoot(page, picture.file, width=picture.columns * 9 + 60, until="pre")
    return lines


def _in_terminal(picture: Picture) -> str:
    """Return what kesu writes to a terminal of so many columns, colours included."""
    parent, child = pty.openpty()
    command = (str(SCRIPTS / "kesu"), *picture.command.split())
    columns = {"COLUMNS": str(picture.columns), "LINES": "50", "TERM": "xterm-256color"}
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | columns, stdout=child, stderr=subprocess.DEVNULL
    ):
        os.close(child)
        return b"".join(_read(parent)).decode().replace("\r\n", "\n")


def _read(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux says so when the other end has closed
            return
        if not piece:
            return
        yield piece


def _shoot_web(picture: Picture, saved: Path, lines: Sequence[str]) -> Sequence[str]:
    _shoot(saved, picture.file, width=1280, until=f"#{picture.part}")
    return lines


def _shoot(page: Path, picture: Path, *, width: int, until: str) -> None:
    """Photograph a page from its top to where an element begins, or ends where it is the whole page."""
    from playwright.sync_api import FloatRect, sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(BROWSER))
        shown = browser.new_page(viewport={"width": width, "height": 900})
        shown.goto(page.as_uri())
        box = shown.locator(until).bounding_box()
        assert box
        whole = not box["y"]
        wide, high = (box["width"], box["height"]) if whole else (width, box["y"])
        clip: FloatRect = {"x": 0, "y": 0, "width": wide, "height": high}
        shown.screenshot(path=picture, full_page=True, clip=clip)
        browser.close()


def _shoot_paper(picture: Picture, saved: Path, lines: Sequence[str]) -> Sequence[str]:
    """Print a page of what a command saved, as LibreOffice would; return the lines that stand on it."""
    folder = saved.parent
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    fonts = os.environ | OFFICE_FONTS | {"XDG_CACHE_HOME": str(folder)}
    command = ("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, saved)
    subprocess.run(command, check=True, capture_output=True, env=fonts)
    printed = saved.with_suffix(".pdf")
    number, words = next(
        (number, words)
        for number, words in _pages(printed)
        if all(_stands(line, words) for line in lines[:3])
    )
    page = ("-f", number, "-l", number, "-r", str(picture.dots), "-singlefile")
    subprocess.run(["pdftoppm", "-png", *page, printed, picture.file.with_suffix("")], check=True)
    rows = 2 if saved.suffix == ".xlsx" else 1
    return lines[: _end([_stands(line, words) for line in lines], rows)]


def _pages(printed: Path) -> Iterator[tuple[str, str]]:
    done = subprocess.run(["pdftotext", printed, "-"], check=True, capture_output=True, text=True)
    for number, page in enumerate(done.stdout.split("\f"), 1):
        yield str(number), "".join(page.split())


def _end(stands: Sequence[bool], rows: int) -> int:
    """Return where a page ends: where so many lines do not stand on it, for a wide sheet may miss one."""
    return next((at for at in range(len(stands)) if not any(stands[at : at + rows])), len(stands))


def _stands(line: str, page: str) -> bool:
    """Whether a line stands on a page: the beginnings of its first words or cells do."""
    return all(words[:10] in page for words in line.split()[:4])


_SHOOT = {"": _shoot_terminal, ".html": _shoot_web, ".xlsx": _shoot_paper, ".docx": _shoot_paper}


def _finish(picture: Picture) -> None:
    """Write across a picture that it shows invented data, frame it, and make it small."""
    from PIL import Image, ImageOps

    with Image.open(picture.file) as taken:
        shown = _trimmed(taken.convert("RGBA")) if picture.saved.endswith(".xlsx") else taken.convert("RGBA")
    marked = Image.alpha_composite(shown, _marks(shown.size))
    framed = ImageOps.expand(marked.convert("RGB"), 1, "#d0d7de")
    framed.quantize(COLOURS).save(picture.file, optimize=True)


def _trimmed(page: Any) -> Any:  # noqa: ANN401 - an image, imported where it is used
    """Leave out most of the margin of a wide sheet, whose letters are small."""
    from PIL import ImageOps

    left, top, right, bottom = ImageOps.invert(page.convert("RGB")).getbbox() or (0, 0, *page.size)
    return page.crop((left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN))


def _marks(size: tuple[int, int]) -> Any:  # noqa: ANN401 - an image, imported where it is used
    """Return a layer with the mark slanting across it, so often that no part of a picture is without."""
    from PIL import Image, ImageDraw, ImageFont

    done = subprocess.run(FONT, check=True, capture_output=True, text=True)
    letter = size[0] // 9
    mark = Image.new("RGBA", (letter * 5, letter * 2))
    font = ImageFont.truetype(done.stdout, letter)
    ImageDraw.Draw(mark).text((letter // 2, letter // 4), MARK, font=font, fill=(190, 30, 30, 38))
    slanted = mark.rotate(25, expand=True, resample=Image.Resampling.BICUBIC)
    layer = Image.new("RGBA", size)
    times = max(1, round(size[1] / slanted.height / 1.5))
    for number in range(times):
        middle = size[1] * (2 * number + 1) // (2 * times)
        layer.alpha_composite(slanted, ((size[0] - slanted.width) // 2, middle - slanted.height // 2))
    return layer


if __name__ == "__main__":
    sys.exit(main())
