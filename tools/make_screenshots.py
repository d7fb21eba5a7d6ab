"""Take the pictures of docs/images/ anew: python tools/make_screenshots.py

Needs the programs of tests/clients/install (Chromium, LibreOffice, poppler) and Playwright. The pictures
show the example data, which are invented; every one of them says so.
"""

import os
import pty
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
BROWSER = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
CHECK = ("check", "progress/2024/")
TERMINAL = """<body style="margin:0;width:max-content"><pre style="margin:0;padding:16px 20px;
background:#fff;color:#1f2328;font:15px/1.35 'Noto Sans Mono CJK SC'">{}</pre></body>"""
SCRIPTS = Path(sysconfig.get_path("scripts"))
COLOURS = 128


def main() -> int:
    """Write all pictures."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, _browser() as browser:
        folder = Path(name)
        for columns in (80, 140):
            _terminal(browser, folder, columns, IMAGES / f"terminal-{columns}.png")
        _board(browser, folder)
        _paper(folder, ("report", "--year", "2024", "--format", "docx", "-o"), "通报.docx", "circular.png")
        notice = ("report", "--unit", "市教体局", "--year", "2024", "--notice", "--format", "docx", "-o")
        _paper(folder, notice, "督办单.docx", "notice.png")
        _paper(folder, (*CHECK, "-o"), "xlsx=台账.xlsx", "ledger.png")
        _paper(folder, ("form", "export", "--year", "2024", "--unit", "市教体局", "-o"), "填报表", "form.png")
    for picture in sorted(IMAGES.glob("*.png")):
        print(f"{picture.relative_to(ROOT)}  {picture.stat().st_size // 1024} KB")
    return 0


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(BROWSER))
        yield started
        started.close()


def _kesu(*arguments: str) -> list[str]:
    return [str(SCRIPTS / "kesu"), *arguments]


def _terminal(browser: Browser, folder: Path, columns: int, picture: Path) -> None:
    """Run kesu in a terminal of so many columns, and show what stood in it."""
    console = Console(record=True, width=columns, file=(folder / "shown").open("w", encoding="utf-8"))
    console.print(Text.from_ansi(f"$ kesu {' '.join(CHECK)}\n{_in_terminal(columns)}"), soft_wrap=True)
    code = console.export_html(inline_styles=True, code_format="{code}")
    page = folder / f"terminal-{columns}.html"
    page.write_text(f'<!doctype html><meta charset="utf-8">{TERMINAL.format(code)}', encoding="utf-8")
    _shoot(browser, page, picture, selector="pre", width=columns * 9 + 60)


def _in_terminal(columns: int) -> str:
    """Return what kesu writes to a terminal of so many columns, colours included."""
    parent, child = pty.openpty()
    surroundings = os.environ | {"COLUMNS": str(columns), "LINES": "50", "TERM": "xterm-256color"}
    with subprocess.Popen(
        _kesu(*CHECK), cwd=ROOT, env=surroundings, stdout=child, stderr=subprocess.DEVNULL
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


def _board(browser: Browser, folder: Path) -> None:
    page = folder / "看板.html"
    _run(*CHECK, "-o", f"html={page}")
    _shoot(browser, page, IMAGES / "board.png", width=1280, height=1500)


def _shoot(
    browser: Browser, page: Path, picture: Path, *, selector: str = "", width: int, height: int = 900
) -> None:
    with browser.new_page(viewport={"width": width, "height": height}) as shown:
        shown.goto(page.as_uri())
        if selector:
            shown.locator(selector).screenshot(path=picture)
        else:
            shown.screenshot(path=picture)
    _reduce(picture)


def _paper(folder: Path, command: tuple[str, ...], target: str, picture: str) -> None:
    """Print the first page of what a command saves, as LibreOffice would."""
    form, _, name = target.rpartition("=")
    saved = folder / name
    _run(*command, f"{form}={saved}" if form else str(saved))
    paper = next(saved.iterdir()) if saved.is_dir() else saved
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, paper],
        check=True,
        capture_output=True,
    )
    page = folder / "page"
    subprocess.run(
        ["pdftoppm", "-png", "-r", "80", "-singlefile", folder / f"{paper.stem}.pdf", page], check=True
    )
    shutil.copy(page.with_suffix(".png"), IMAGES / picture)
    _reduce(IMAGES / picture)


def _run(*arguments: str) -> None:
    """Run kesu on the example data; its exit code 1 says only that it found what it should find."""
    done = subprocess.run(_kesu(*arguments), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(f"kesu {' '.join(arguments)}\n{done.stderr}")


def _reduce(picture: Path) -> None:
    with Image.open(picture) as image:
        image.convert("RGB").quantize(COLOURS).save(picture, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
