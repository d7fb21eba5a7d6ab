"""What a browser and the validators say of a page that kesu wrote."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from client import installed, program

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)


def opened(
    browser: Browser,
    path: Path,
    width: int = 1280,
    *,
    scheme: Literal["light", "dark"] = "light",
    scripts: bool = True,
    bypass_csp: bool = False,
) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        java_script_enabled=scripts,
        bypass_csp=bypass_csp,
    )
    page = context.new_page()
    page.goto(path.as_uri())
    return page


def add_axe(page: Page) -> None:
    """Load axe into a page that was opened with its own policy bypassed."""
    page.add_script_tag(path=installed("node_modules/axe-core/axe.min.js"))


def violations(page: Page) -> list[str]:
    """Return what axe finds, best practices included."""
    found = page.evaluate("axe.run(document).then((result) => result.violations)")
    return [f"{v['id']}: {node['html'][:200]}" for v in found for node in v["nodes"]]


def html_faults(page: Path, folder: Path) -> str:
    """Return what html-validate says of a page; its settings are written into the folder."""
    command = installed("node_modules/html-validate/bin/html-validate.mjs")
    config = folder / "config.json"
    config.write_text(json.dumps({"root": True, "extends": ["html-validate:recommended"]}))
    done = subprocess.run(
        [program("node"), command, "--config", config, "--formatter", "text", page],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout or done.stderr


def nu_faults(pages: Iterable[Path]) -> list[str]:
    """Return what the Nu validator says of pages."""
    jar = installed("node_modules/vnu-jar/build/dist/vnu.jar")
    done = subprocess.run(
        [program("java"), "-jar", jar, "--format", "json", *pages],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = [f"{m['message']} {m.get('extract')}" for m in json.loads(done.stderr)["messages"]]
    # it does not work out the hash of an inline style or script; Chromium does, and runs the page
    return [said for said in messages if "or nonce/hash" not in said]
