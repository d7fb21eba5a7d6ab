"""Names are alike by the characters they have in common, in order; what is exactly near enough is near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kesu_cli.model.name_similarity import alike

NAMES = st.text("科技辅导员培训班暑期市教体局AB1", max_size=14)


def in_common(one: str, other: str) -> int:
    """Count the longest common subsequence as the textbook does, row by row."""
    row = [0] * (len(other) + 1)
    for character in one:
        above = row[:]
        for place, met in enumerate(other, 1):
            row[place] = above[place - 1] + 1 if character == met else max(above[place], row[place - 1])
    return row[-1]


@given(NAMES, st.lists(NAMES, unique=True, max_size=6), st.sampled_from([0, 45, 60, 65, 80, 100]))
def test_the_names_that_are_near_enough_come_most_similar_first(
    name: str, known: list[str], cutoff: int
) -> None:
    rated = [
        (other, 100.0 if name == other else 200 * in_common(name, other) / len(name + other))
        for other in known
    ]
    near = [pair for pair in rated if pair[1] >= cutoff]
    assert sorted(near, key=lambda pair: -pair[1]) == alike(name, known, cutoff)


@pytest.mark.parametrize(
    ("one", "other", "per_cent"),
    [
        ("市教育局", "市教体局", 75),
        ("暑期科技辅导员培训班", "暑期科技辅导员培训", 200 * 9 / 19),
        ("ABCDE", "EDCBA", 20),
        ("", "", 100),
        ("市科协", "", 0),
    ],
)
def test_likeness_is_twice_what_is_in_common_of_all(one: str, other: str, per_cent: float) -> None:
    assert [(other, per_cent)] == alike(one, [other], 0)


def test_of_names_equally_near_the_first_stays_first() -> None:
    assert [near for near, _ in alike("市教局", ["市教体局", "市教育局"], 65)] == ["市教体局", "市教育局"]
