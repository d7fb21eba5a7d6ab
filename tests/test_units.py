"""A name means a unit only where units.yaml says so."""

from datetime import date

import pytest

from kesu_cli.diagnostic import Place
from kesu_cli.model.unit import Match, Units, Via
from kesu_cli.model.window import Days, year_of
from sample_task import units_of

CITY = units_of(
    {
        "units": [
            {
                "name": "市科协",
                "kind": "群团组织",
                "aliases": ["市科学技术协会"],
                "roles": ["领导小组办公室"],
            },
            {
                "name": "市农业农村局",
                "kind": "政府部门",
                "aliases": [
                    {"name": "市农业局", "until": "2022-06-30"},
                    {"name": "农业农村局", "from": "2022-07-01"},
                ],
            },
            {"name": "市林业局", "kind": "政府部门", "aliases": [{"name": "市农业局", "from": "2022-07-01"}]},
            {"name": "市人民政府", "kind": "政府", "reports": "否"},
            {"name": "洎阳街道", "kind": "街道"},
            {"name": "塔山街道", "kind": "街道"},
            {"name": "鸬鹚乡", "kind": "乡"},
        ],
        "groups": [
            {"name": "各街道", "aliases": ["街道"], "members": ["洎阳街道", "塔山街道"]},
            {"name": "各乡（镇）、街道", "members": ["各街道", "鸬鹚乡", "洎阳街道"]},
            {
                "name": "各单位",
                "members": ["市科学技术协会", "各乡（镇）、街道", "领导小组办公室", "没有的单位"],
            },
            {"name": "甲组", "members": ["乙组", "市科协"]},
            {"name": "乙组", "members": ["甲组", "鸬鹚乡"]},
            {"name": "空组", "members": ["没有的单位"]},
        ],
    }
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("市科协", Match(Via.NAME, ("市科协",))),
        ("市科学技术协会", Match(Via.ALIAS, ("市科协",))),
        ("领导小组办公室", Match(Via.ROLE, ("市科协",))),
        ("各街道", Match(Via.GROUP, ("洎阳街道", "塔山街道"))),
        ("街道", Match(Via.GROUP, ("洎阳街道", "塔山街道"))),
        ("各乡（镇）、街道", Match(Via.GROUP, ("洎阳街道", "塔山街道", "鸬鹚乡"))),
        ("各单位", Match(Via.GROUP, ("市科协", "洎阳街道", "塔山街道", "鸬鹚乡"))),
        ("甲组", Match(Via.GROUP, ("鸬鹚乡", "市科协"))),
        ("空组", None),
        ("市科技协会", None),
        ("科协", None),
        ("", None),
    ],
)
def test_a_name_means_what_is_declared_and_nothing_similar(name: str, expected: Match | None) -> None:
    assert expected == CITY.find(name)


@pytest.mark.parametrize(
    ("name", "days", "expected"),
    [
        ("市农业局", year_of(2021), "市农业农村局"),
        ("市农业局", year_of(2022), "市农业农村局"),
        ("市农业局", Days(date(2022, 6, 30), date(2022, 6, 30)), "市农业农村局"),
        ("市农业局", Days(date(2022, 7, 1), date(2022, 12, 31)), "市林业局"),
        ("市农业局", year_of(2023), "市林业局"),
        ("农业农村局", year_of(2021), None),
        ("农业农村局", Days(date(2022, 6, 30), date(2022, 7, 1)), "市农业农村局"),
        ("农业农村局", None, "市农业农村局"),
        ("市农业局", None, "市农业农村局"),
    ],
)
def test_an_alias_holds_only_in_the_days_it_was_in_use(
    name: str, days: Days | None, expected: str | None
) -> None:
    assert expected == CITY.find_one(name, days)


def test_an_alias_that_has_run_out_means_nobody() -> None:
    unit = {
        "name": "市乡村振兴局",
        "kind": "政府部门",
        "aliases": [{"name": "市扶贫办", "until": "2021-05-31"}],
    }
    city = units_of({"units": [unit]})
    assert city.find_one("市扶贫办", year_of(2021)) == "市乡村振兴局"
    assert city.find_one("市扶贫办", year_of(2022)) is None


def test_a_group_is_not_one_unit() -> None:
    assert CITY.find_one("各街道") is None
    assert CITY.find_one("领导小组办公室") == "市科协"


def test_names_expand_to_units_each_once_and_unknown_ones_fall_out() -> None:
    written = ["洎阳街道", "各街道", "没有的单位", "领导小组办公室", "市科协"]
    assert CITY.expand(written) == ("洎阳街道", "塔山街道", "市科协")


def test_only_units_that_report_owe_a_report() -> None:
    assert set(CITY.names) - set(CITY.reporting) == {"市人民政府"}


def test_every_declared_name_is_offered_as_a_spelling() -> None:
    assert {"市科协", "市科学技术协会", "领导小组办公室", "街道", "各街道"} <= set(CITY.spellings)


def test_a_unit_has_its_place_in_the_file() -> None:
    assert Place("plan/units.yaml", ("units", 2)) == CITY.place("市林业局")
    assert Place("plan/units.yaml", ("units", 0)) == CITY.place("没有的单位")


def test_a_unit_of_the_name_of_a_group_wins_inside_another_group() -> None:
    city = units_of(
        {
            "units": [{"name": "园区", "kind": "园区"}, {"name": "市科协", "kind": "群团组织"}],
            "groups": [{"name": "园区", "members": ["市科协"]}, {"name": "全体", "members": ["园区"]}],
        }
    )
    assert city.expand(["全体"]) == ("园区",)


def test_no_units_know_no_name() -> None:
    assert Units((), (), "").find("市科协") is None
