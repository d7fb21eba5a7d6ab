"""The pictures of docs/images/ show what kesu writes today, and say across them that it is invented."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from make_images import IMAGES, MARK, PICTURES, ROOT, Picture, is_fresh, save, text
from PIL import Image

LARGEST = 250_000
PAGES = (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]*images/[^)]+)\)")


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_shows_what_its_command_writes(picture: Picture, tmp_path: Path) -> None:
    fresh = is_fresh(picture, text(picture, save(picture, tmp_path)))
    assert fresh, f"docs/images/{picture.name}.png 不是现在的样子：请运行 python tools/make_images.py 重做"


def test_every_picture_is_made_by_the_tool_and_has_its_text() -> None:
    made = {file.name for picture in PICTURES for file in (picture.file, picture.source)}
    assert made == {path.name for path in IMAGES.iterdir()}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_marked_right_across_and_not_large(picture: Picture) -> None:
    with Image.open(picture.file) as image:
        width, pixels = image.width, image.convert("RGB").tobytes()
    coloured = enumerate(zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True))
    marked = [at % width for at, pixel in coloured if is_mark(*pixel)]
    assert len(marked) > 20 * width
    assert max(marked) - min(marked) > width / 3
    assert picture.file.stat().st_size < LARGEST


def is_mark(red: int, green: int, blue: int) -> bool:
    """Whether a pixel has the colour of the mark on white."""
    return red > 230 and 12 < red - green < 40 and abs(green - blue) < 6


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_what_a_picture_shows_says_itself_that_it_is_invented(picture: Picture) -> None:
    assert MARK in picture.source.read_text("utf-8")


def shown() -> Iterator[tuple[str, str]]:
    return (found for page in PAGES for found in _IMAGE.findall(page.read_text("utf-8")))


def test_wherever_a_picture_is_shown_its_caption_says_that_it_is_invented() -> None:
    captions = dict(shown())
    assert [caption for caption in captions if MARK not in caption] == []
    assert {Path(link).name for link in captions.values()} <= {picture.file.name for picture in PICTURES}
