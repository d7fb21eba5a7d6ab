"""Every figure on docs/arithmetic.md is what the engine works out from the files shown there."""

from pathlib import Path

import pytest

from arithmetic_page import Worked, figured, lay_out, worked_examples

WORKED = list(worked_examples())


def test_the_page_shows_every_way_of_reckoning() -> None:
    verdicts = {row.split(" | ")[9] for worked in WORKED for row in worked.rows}
    words = {"达标", "达进度", "限内", "欠进度", "未达标", "未报送", "尚未报送", "进行中", "待核实"}
    assert words == verdicts
    assert all(worked.rows and len(worked.files) > 1 for worked in WORKED)


@pytest.mark.parametrize("worked", WORKED, ids=lambda worked: worked.title)
def test_the_figures_of_an_example_are_those_of_the_engine(worked: Worked, tmp_path: Path) -> None:
    lay_out(worked, tmp_path)
    assert list(worked.rows) == [figured(tmp_path, row) for row in worked.rows]
