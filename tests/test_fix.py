"""kesu fix: the finding it names is gone afterwards, and no byte is touched that it did not need to."""

import hashlib
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from form_city import DIGEST, FILE, REPORT, lay_out
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.fix import fix_files
from kesu_cli.engine.open_workspace import open_workspace
from test_cli import kesu
from test_record import TODAY, reports

ALIAS = REPORT.replace("[市农业农村局, ", "[市农业农村局, 市教体局, ")
WIDE = (
    REPORT.replace("year: 2024", "year: ２０２４")
    .replace("2024-05-06", "２０２４－０５－０６")
    .replace("2024年7月16日", "２０２４年７月１６日")
    .replace('"1,000"', '"１，０００"')
    .replace("value: 1.2万人次", "value: １．２万人次")
    .replace("value: 18", "value: １８  # 人数：１８")
)
FIXED = {
    "an encoding": ("KS102", REPORT.encode("gb18030"), REPORT),
    "a wide encoding": ("KS102", REPORT.encode("utf-16"), REPORT),
    "a colon": ("KS101", REPORT.replace("name: 暑", "name：暑").encode(), REPORT),
    "an alias": ("KS107", REPORT.replace("市科协 ", "市全民科学素质工作领导小组办公室 ").encode(), REPORT),
    "a wide task": ("KS108", REPORT.replace("M06-1", "Ｍ０６－１").encode(), REPORT),
}


def codes(city: Path) -> set[str]:
    report = check(Request((city / "progress" / "2024",), TODAY), "test")
    return {finding.code for finding in report.findings}


@pytest.mark.parametrize("name", FIXED)
def test_what_it_names_is_gone_and_nothing_else_changed(name: str, tmp_path: Path) -> None:
    code, content, wanted = FIXED[name]
    city = lay_out(tmp_path)
    file = city / FILE
    file.write_bytes(content)
    assert code in codes(city)
    shown = kesu("fix", "--diff", folder=city)
    assert (0, content) == (shown.returncode, file.read_bytes())
    done = kesu("fix", folder=city)
    assert f"{code} " in done.stdout.decode()
    assert wanted == file.read_bytes().decode()
    assert code not in codes(city)
    assert "已改正 0 处" in kesu("fix", folder=city).stdout.decode()


def test_an_encoding_that_no_known_unit_proves_is_left_and_the_reason_said(tmp_path: Path) -> None:
    content = REPORT.replace("unit: 市科协", "unit: 科协办").encode("gb18030")
    city = lay_out(tmp_path)
    (city / FILE).write_bytes(content)
    done = kesu("fix", folder=city).stdout.decode()
    assert "没有改：文件编码是 GBK，应为 UTF-8；单位“科协办”认不出，不能确定编码" in done
    assert content == (city / FILE).read_bytes()


def test_a_missing_digest_is_added_in_its_place(tmp_path: Path) -> None:
    report = REPORT.replace(f", sha256: {DIGEST}", "")
    city = lay_out(tmp_path, report)
    (city / "佐证").mkdir()
    (city / "佐证" / "调查.csv").write_bytes(b"hi\n")
    assert kesu("fix", folder=city).returncode == 0
    digest = hashlib.sha256(b"hi\n").hexdigest()
    wanted = REPORT.replace(DIGEST, digest)
    assert wanted == (city / FILE).read_text("utf-8")


LEFT = {
    "a number with its unit": REPORT.replace("value: 18", "value: 2万").encode(),
    "a digit in a text": REPORT.replace("name: 暑期班", "name: 暑期班第１８期").encode(),
    "a colon in a text": REPORT.replace("      两家合办", "      task：两家合办").encode(),
    "broken bytes": REPORT.encode().replace("暑期".encode(), b"\xe6\x9a"),
    "a conflict": f"<<<<<<< a\n{REPORT}".encode(),
    "windows and a mark": f"\ufeff{REPORT}".replace("\n", "\r\n").encode(),
}


@pytest.mark.parametrize("name", LEFT)
def test_what_could_change_the_meaning_is_left(name: str, tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    (city / FILE).write_bytes(LEFT[name])
    assert kesu("fix", folder=city).returncode == 0
    assert LEFT[name] == (city / FILE).read_bytes()


SILENT = {
    "aliases of other units": (ALIAS.replace("市教体局", "市教育体育局").encode(), ALIAS.encode(), 1),
    "full-width digits": (WIDE.encode(), REPORT.replace("value: 18", "value: 18  # 人数：１８").encode(), 6),
}


@pytest.mark.parametrize("name", SILENT)
def test_what_no_rule_asks_for_is_said_to_be_that(name: str, tmp_path: Path) -> None:
    content, wanted, count = SILENT[name]
    city = lay_out(tmp_path)
    (city / FILE).write_bytes(content)
    told = kesu("fix", folder=city).stdout.decode()
    assert wanted == (city / FILE).read_bytes()
    assert (count, count) == (told.count("（check 不查）"), told.count("改为"))


def test_a_name_that_meant_another_unit_in_that_year_is_left(tmp_path: Path) -> None:
    city = lay_out(tmp_path, REPORT.replace("counted_by: 市农业农村局", "counted_by: 市农业局"))
    before = (city / FILE).read_bytes()
    assert kesu("fix", folder=city).returncode == 0
    assert before == (city / FILE).read_bytes()


def test_two_pieces_of_the_same_content_are_named_and_only_one_is_registered(tmp_path: Path) -> None:
    city = lay_out(tmp_path, REPORT.replace(f", sha256: {DIGEST}", ""))
    (city / "佐证").mkdir()
    for name in ("调查.csv", "通知.pdf"):
        (city / "佐证" / name).write_bytes(b"hi\n")
    told = kesu("fix", folder=city).stdout.decode()
    assert "没有改：佐证/通知.pdf 与 佐证/调查.csv 的内容相同" in told
    assert (city / FILE).read_text("utf-8").count("sha256: ") == 1


def test_what_can_not_be_changed_in_its_place_is_said(tmp_path: Path) -> None:
    odd = REPORT.replace("value: 18", "value: >-\n      １８")
    city = lay_out(tmp_path, odd.replace("M30-5", "Ｍ３０－５"))
    told = kesu("fix", folder=city).stdout.decode()
    assert "没有改：全角数字“１８”改为“18”：这一处的写法特殊" in told
    assert (city / FILE).read_text("utf-8") == odd


def test_a_file_that_is_not_sound_says_what_has_to_wait(tmp_path: Path) -> None:
    city = lay_out(
        tmp_path, REPORT.replace("value: 18", "value: 约18").replace("year: 2024", "year: ２０２４")
    )
    before = (city / FILE).read_bytes()
    told = kesu("fix", folder=city).stdout.decode()
    assert "“约18”不是确切的数" in told
    assert "再运行一次 kesu fix" in told
    assert before == (city / FILE).read_bytes()


def test_the_mode_of_a_file_stays(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    (city / FILE).write_bytes(WIDE.encode())
    (city / FILE).chmod(0o640)
    assert kesu("fix", folder=city).returncode == 0
    assert stat.S_IMODE((city / FILE).stat().st_mode) == 0o640


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reports())
def test_two_hundred_times_only_the_line_of_the_alias_changes(tmp_path: Path, report: bytes) -> None:
    city = tmp_path / "city"
    if not city.exists():
        lay_out(city)
    named = report.replace("unit: 市科协 ".encode(), "unit: 市全民科学素质工作领导小组办公室 ".encode())
    (city / FILE).write_bytes(named)
    made = next(iter(fix_files(open_workspace((city,)), (city,))))
    assert report == made.after
    assert [repair.code for repair in made.repairs] == ["KS107"]
