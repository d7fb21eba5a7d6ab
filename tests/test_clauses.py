"""Clauses of real plans are read as a careful officer reads them."""

from pathlib import Path

import pytest
from clauses import Clause, clauses, disagreements, table

KNOWN = clauses("clauses.tsv")
OWN = clauses("clauses-own.tsv")


@pytest.mark.parametrize("clause", [clause for clause in KNOWN if clause.must == "yes"], ids=lambda c: c.text)
def test_a_clause_that_must_be_read_is_read_so(clause: Clause) -> None:
    assert disagreements(clause) == ()


@pytest.mark.parametrize("clause", OWN, ids=lambda c: c.text)
def test_a_clause_of_our_own_is_read_so(clause: Clause) -> None:
    assert disagreements(clause) == ()


def test_the_share_stands_in_the_documentation() -> None:
    page = (Path(__file__).parent.parent / "docs" / "clauses.md").read_text(encoding="utf-8")
    assert "\n".join(table()) in page
