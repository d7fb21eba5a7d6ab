"""What kesu writes, kesu reads back the same."""

from hypothesis import given
from hypothesis import strategies as st

from kesu_cli.diagnostic import Place
from kesu_cli.invisible import unseen
from kesu_cli.yamltext.read import read
from kesu_cli.yamltext.write import Node, yaml_text

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn", "Co"]).filter(
        lambda sign: not unseen(sign)
    ),
    min_size=1,
)
KEYS = TEXTS.filter(lambda key: not key.startswith("#") and key != "<<")
FLAT = st.lists(TEXTS, max_size=4)
ROWS = st.dictionaries(KEYS, TEXTS | FLAT, min_size=1, max_size=4)
DATA = st.dictionaries(
    KEYS, TEXTS | FLAT | ROWS | st.lists(ROWS, min_size=1, max_size=3), min_size=1, max_size=5
)


@given(DATA)
def test_what_is_written_is_read_back_the_same(data: dict[str, Node]) -> None:
    assert (data, ()) == read(yaml_text(data), Place("x"))


def test_quotes_stand_only_where_they_are_needed() -> None:
    data: dict[str, Node] = {
        "name": "培训：科技辅导员",
        "unit": "%",
        "note": "a: b",
        "lead": ["市教体局", "a,b"],
        "target": {"at_least": "30", "unit": "名"},
    }
    assert yaml_text(data) == (
        'name: 培训：科技辅导员\nunit: "%"\nnote: "a: b"\n'
        'lead: [市教体局, "a,b"]\ntarget: {at_least: 30, unit: 名}\n'
    )


def test_a_comment_stands_above_the_item_it_speaks_of() -> None:
    data: dict[str, Node] = {"tasks": [{"#": "review: 请核对\n第二行", "id": "M01-1", "quote": "字" * 50}]}
    assert (
        yaml_text(data) == f"tasks:\n  # review: 请核对\n  # 第二行\n  - id: M01-1\n    quote: {'字' * 50}\n"
    )
