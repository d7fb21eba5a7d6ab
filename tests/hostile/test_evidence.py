"""Evidence that is none is told by every reader, counts for nothing, and takes nothing else with it."""

import hashlib
import os
import shutil
import time
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl.worksheet.hyperlink import Hyperlink

from examples import TODAY, WORLD
from form_city import FILE, UNIT, form_bytes, lay_out, sound_form, take_in
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.load_reports import CHUNK
from kesu_cli.engine.log import LogRequest, log
from kesu_cli.model.amount import show_number
from kesu_cli.model.evidence import archive_number, file_path, web_address
from kesu_cli.model.progress import Filing
from kesu_cli.report import Report
from kesu_cli.source.file_opening import digest_of
from kesu_cli.source.git import commit_of
from kesu_cli.source.plan import terms_in
from kesu_cli.source.progress import load_progress
from kesu_cli.source.workspace import find_workspace
from kesu_cli.source.workspace_at_commit import Past
from past_city import committed, founded
from test_cli import kesu
from test_form_damage import damaged, entry, put

HEAD = "unit: 市教体局\nyear: 2024\nstatus: complete\nsubmitted: 2025-01-08\nentries:\n"
TRAINING = "  - task: M06-1\n    date: 2024-07-16\n    name: 暑期培训班\n    value: 30\n"
AUTUMN = TRAINING.replace("07-16", "11-20").replace("暑期", "秋季").replace("30", "5")
REPORT = "progress/2024/市教体局.yaml"
SOUND = "https://example.invalid/1"
CONTENT = "2024年暑期科技辅导员培训班签到表\n".encode()
RECORD = (
    "record",
    "--unit",
    UNIT,
    "--task",
    "M06-1",
    "--date",
    "2024-07-20",
    "--name",
    "二期",
    "--value",
    "12",
)

NO_ADDRESS = [
    "见附件",
    "微信群里发过了",
    "www.example.com/1.html",
    "【乐平发布】 https://example.com/1 点击查看",
    "https：//example.com/1",
    "https:///1.html",
    "https://乐平市政府/1.html",
    "https://localhost/1",
    "https://example.com:网页/1",
    "https://user@example.com/1",
    "https://1.2.3/a",
    "ftp://example.com/1.pdf",
    "javascript:alert(1)//https://example.com/1",
    "https://exa mple.com/1",
    "https://example.com\\1",
    "file:///C:/佐证/1.pdf",
]
HALF_ADDRESS = {
    "https://example.com/1、https://example.com/2": "是几个网址",
    "https://example.com/1；https://example.com/2": "是几个网址",
    "https://example.com/1。": "后面多了“。”",
    "https://example.com/1）": "后面多了“）”",
}
HOME_PAGE = [
    "https://www.baidu.com",
    "https://www.baidu.com/",
    "HTTPS://WWW.BAIDU.COM//",
    "https://www.baidu.com/?",
    "https://www.baidu.com/#",
    "https://www.baidu.com:443/./",
    "http://www.baidu.com/index.html",
]
ADDRESSES = [
    SOUND,
    "http://192.168.1.5/oa/1",
    "https://www.example.com/?id=1",
    "https://www.example.com/#/news/1",
    "https://例子.政务/科普/1.html",
    "https://web.archive.org/web/2024/https://example.com/",
    "https://mp.weixin.qq.com/s/a_b-c",
]


def said(read: Callable[[str], str], text: str) -> str:
    with pytest.raises(ValueError, match="；") as refused:
        read(text)
    return str(refused.value)


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_what_leads_to_nothing_is_no_address(text: str) -> None:
    assert f"“{text}”不是网址" in said(web_address, text)


@pytest.mark.parametrize("text", HALF_ADDRESS)
def test_an_address_and_more_is_no_address(text: str) -> None:
    assert HALF_ADDRESS[text] in said(web_address, text)


@pytest.mark.parametrize("text", HOME_PAGE)
def test_a_bare_home_page_is_no_evidence(text: str) -> None:
    assert "只是网站的首页" in said(web_address, text)


@pytest.mark.parametrize("text", ADDRESSES)
def test_a_page_is_one_however_it_is_written(text: str) -> None:
    assert text == web_address(f" {text} ")


@pytest.mark.parametrize("text", ["2024-市教体局-017", "乐科协〔2024〕17号", "１７", "存档：2024-017"])
def test_a_paper_has_the_number_under_which_it_lies(text: str) -> None:
    assert text.removeprefix("存档：") == archive_number(text)


@pytest.mark.parametrize(
    "text", ["线下存档", "见附件2", "微信2024-07-16发过", SOUND, "1" * 61, "存档：", "-"]
)
def test_a_paper_without_its_number_is_no_evidence(text: str) -> None:
    assert "不是存档号" in said(archive_number, text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (SOUND, "是网址，不是文件"),
        ("存档：2024-017", "是存档号，不是文件"),
        ("签到表.pdf、照片1.jpg", "是几个文件"),
        ("佐证/a.PDF; 佐证/b.docx", "是几个文件"),
    ],
)
def test_a_path_is_that_of_one_file(text: str, why: str) -> None:
    assert why in said(file_path, text)


ENDLESS = {
    "words": (web_address, "见" * 2_000_000),
    "a host": (web_address, f"https://{'a.' * 1_000_000}cn/1"),
    "a label": (web_address, f"https://a{'-' * 2_000_000}.cn/1"),
    "a home page": (web_address, f"https://example.com{'/' * 2_000_000}"),
    "an address that goes on": (web_address, f"{SOUND}{'、https' * 200_000}。"),
    "an address as a path": (file_path, f"{SOUND}{'1' * 2_000_000}"),
    "files": (file_path, "a.ab," * 400_000 + "b.pdf、c.pdf"),
    "a number": (archive_number, "1" * 2_000_000),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_text_of_megabytes_is_told_at_once_and_in_few_words(name: str) -> None:
    begun = time.process_time()
    assert len(said(*ENDLESS[name])) < 300
    assert time.process_time() - begun < 1


def test_a_page_of_a_long_address_is_one() -> None:
    text = f"https://example.com{'/' * 1_000_000}1{'/' * 1_000_000}"
    assert text == web_address(text)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    shutil.copytree(WORLD / "plan", tmp_path / "plan")
    (tmp_path / REPORT).parent.mkdir(parents=True)
    (tmp_path / "佐证").mkdir()
    return tmp_path


def judged(city: Path, text: str) -> Report:
    (city / REPORT).write_text(HEAD + text, "utf-8")
    return check(Request((city / "progress/2024",), TODAY, date(2025, 3, 1)), "test")


def found(report: Report) -> list[tuple[str, int]]:
    """Return the findings about what stands in the report of the unit, with their lines."""
    return [
        (one.code, one.span.line)
        for one in report.findings
        if one.file == REPORT and one.code in ("KS104", "KS406", "KS407", "KS408", "KS409", "KS414", "KS502")
    ]


def verdict(report: Report, task: str = "M06-1") -> tuple[str, str]:
    """Return the verdict, and the figure that all entries come to, be they in dispute."""
    training = next(one for one in report.standings if one.task.id == task)
    greatest = training.interval.greatest
    return training.verdict.label, show_number(greatest) if isinstance(greatest, Fraction) else ""


def disputed(report: Report, task: str) -> list[str]:
    """Say why entries of a task are in dispute."""
    standing = next(one for one in report.standings if one.task.id == task)
    return sorted(doubt.dispute.why for doubt in standing.doubts)


def evidence(*pieces: str) -> str:
    return "    evidence:\n" + "".join(f"      - {{kind: 签到表, {piece}}}\n" for piece in pieces)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "url: 见附件",
            "url: www.x.cn/1.html",
            "url: https://www.baidu.com/",
            "url: 【发布】 https://x.cn/1 点击",
        ),
        *(
            "path: https://x.cn/1",
            "path: a.pdf、b.pdf",
            "archive: 线下存档",
            "archive: 017, url: https://x.cn/1",
        ),
        *("pth: a.pdf", "url: ", "path: {a: b}", "note: 照片在办公室"),
    ],
)
def test_what_is_no_evidence_is_a_finding_and_the_figure_stays_unproven(piece: str, city: Path) -> None:
    report = judged(city, TRAINING + evidence(piece) + AUTUMN + evidence(f'url: "{SOUND}"'))
    assert {("KS104", 11), ("KS406", 10)} == set(found(report))
    assert verdict(report) == ("待核实", "35")


@pytest.mark.parametrize(
    "written", ["evidence: 见附件", "evidence: {kind: 报道, url: 见附件}", "evidence: [见附件]"]
)
def test_evidence_in_another_shape_does_not_take_the_entry_with_it(written: str, city: Path) -> None:
    report = judged(city, f"{TRAINING}    {written}\n")
    assert {"KS104", "KS406"} == {code for code, _ in found(report)}
    assert verdict(report) == ("待核实", "30")


def test_a_piece_that_is_none_leaves_the_others_where_they_stand(city: Path) -> None:
    report = judged(city, TRAINING + evidence("url: 见附件", "path: 没有.pdf", f"url: {SOUND}"))
    assert sorted(found(report)) == [("KS104", 11), ("KS407", 12)]
    assert verdict(report) == ("待核实", "30")


def test_what_else_is_wrong_with_an_entry_is_said_with_its_evidence(city: Path) -> None:
    report = judged(
        city, f"{TRAINING}    numerator: 1\n    denominator: 2\n{evidence('url: 见附件')}{AUTUMN}"
    )
    (first, second) = (one.message for one in report.findings if one.code == "KS104")
    assert {"“见附件”不是网址", "value 与 numerator/denominator 只写一种"} == {first, second}
    assert verdict(report)[1] == "5"


@pytest.mark.parametrize("piece", [f'url: "{SOUND}"', "archive: 2024-市教体局-017", "archive: 017"])
def test_a_page_and_a_paper_are_evidence(piece: str, city: Path) -> None:
    report = judged(city, TRAINING + evidence(piece))
    assert (found(report), verdict(report)) == ([], ("达标", "30"))


BLANK = {
    "nothing": b"",
    "a line break": b"\n",
    "a line break of Windows": b"\r\n",
    "a byte order mark": b"\xef\xbb\xbf",
    "a mark and a line break": b"\xef\xbb\xbf\r\n",
    "a blank": b" ",
    "UTF-16 without a text": b"\xff\xfe",
}


@pytest.mark.parametrize("name", BLANK)
def test_an_empty_file_is_no_evidence_with_a_digest_or_without(name: str, city: Path) -> None:
    (city / "佐证/空.pdf").write_bytes(BLANK[name])
    digest = hashlib.sha256(BLANK[name]).hexdigest()
    for piece in ("path: 佐证/空.pdf", f"path: 佐证/空.pdf, sha256: {digest}"):
        report = judged(city, TRAINING + evidence(piece))
        assert {("KS414", 11), ("KS406", 10)} == set(found(report))
        assert verdict(report) == ("待核实", "30")


def test_an_empty_file_puts_its_entry_in_doubt_beside_a_small_one_that_is_evidence(city: Path) -> None:
    (city / "佐证/一.txt").write_bytes("甲\n".encode())
    (city / "佐证/空.txt").write_bytes(b"")
    report = judged(city, TRAINING + evidence("path: 佐证/空.txt", "path: 佐证/一.txt"))
    assert found(report) == [("KS414", 11)]
    assert verdict(report) == ("待核实", "30")


def a_link(city: Path, to: str) -> str:
    (city / "佐证/签到表.pdf").symlink_to(Path("..") / to)
    return "佐证/签到表.pdf"


OWN: dict[str, Callable[[Path], str]] = {
    "the report itself": lambda _: REPORT,
    "the report by another way": lambda _: "佐证/../progress/2024/./市教体局.yaml",
    "the report with backslashes": lambda _: REPORT.replace("/", "\\"),
    "a link to the report": lambda city: a_link(city, REPORT),
    "the plan": lambda _: "plan/measures.yaml",
    "a link to the units": lambda city: a_link(city, "plan/units.yaml"),
}


@pytest.mark.parametrize("name", OWN)
def test_what_is_to_be_proven_proves_nothing(name: str, city: Path) -> None:
    report = judged(city, TRAINING + evidence(f"path: {OWN[name](city)}"))
    assert {("KS414", 11), ("KS406", 10)} == set(found(report))
    assert verdict(report) == ("待核实", "30")


def test_what_was_given_for_nothing_in_an_earlier_year_proves_nothing_later(city: Path) -> None:
    (city / "佐证/空.pdf").write_bytes(b"")
    last = city / "progress/2023/市科协.yaml"
    last.parent.mkdir()
    survey = "  - task: G-1\n    date: 2023-07-16\n    name: 抽样调查\n    value: 16%\n"
    text = HEAD.replace("市教体局", "市科协").replace("2024", "2023").replace("2025", "2024") + survey
    last.write_text(text + evidence("path: 佐证/空.pdf"), "utf-8")
    assert disputed(judged(city, TRAINING), "G-1") == ["佐证材料不够", "佐证材料不能证明"]
    (city / "佐证/空.pdf").write_bytes(CONTENT)
    assert disputed(judged(city, TRAINING), "G-1") == []


Copy = Callable[[Path], object]
COPIES: dict[str, Copy] = {
    "a copy": lambda path: path.write_bytes(CONTENT),
    "a link": lambda path: path.symlink_to("一.pdf"),
    "a hard link": lambda path: os.link(path.with_name("一.pdf"), path),
}


@pytest.mark.parametrize("name", COPIES)
def test_the_same_bytes_under_another_name_are_seen(name: str, city: Path) -> None:
    (city / "佐证/一.pdf").write_bytes(CONTENT)
    COPIES[name](city / "佐证/二.pdf")
    report = judged(city, TRAINING + evidence("path: 佐证/一.pdf") + AUTUMN + evidence("path: 佐证/二.pdf"))
    assert found(report) == [("KS502", 17)]
    (copied,) = (one.message for one in report.findings if one.code == "KS502")
    assert "佐证/二.pdf（内容与 佐证/一.pdf 相同） 已用于市教体局的“暑期培训班”" in copied


def test_a_copy_is_seen_in_the_report_of_another_unit_and_year_and_beside_a_declared_one(city: Path) -> None:
    digest = hashlib.sha256(CONTENT).hexdigest()
    for name in ("一", "二", "三"):
        (city / f"佐证/{name}.pdf").write_bytes(CONTENT)
    other = city / "progress/2023/团市委.yaml"
    other.parent.mkdir()
    text = (HEAD + AUTUMN + evidence("path: 佐证/三.pdf")).replace("2024", "2023").replace("2025", "2024")
    other.write_text(text.replace("市教体局", "团市委"), "utf-8")
    report = judged(city, TRAINING + evidence("path: 佐证/二.pdf", f"path: 佐证/一.pdf, sha256: {digest}"))
    assert sorted(found(report)) == [("KS502", 11), ("KS502", 12)]


def test_files_of_one_size_that_differ_and_one_fact_told_twice_are_no_copies(city: Path) -> None:
    (city / "佐证/一.pdf").write_bytes(CONTENT)
    (city / "佐证/二.pdf").write_bytes(CONTENT[::-1])
    both = TRAINING + evidence("path: 佐证/一.pdf") + AUTUMN + evidence("path: 佐证/二.pdf")
    assert found(judged(city, both)) == []
    same = (
        TRAINING
        + evidence("path: 佐证/一.pdf")
        + TRAINING.replace("M06-1", "M06-2").replace("    value: 30\n", "")
    )
    (city / "佐证/二.pdf").write_bytes(CONTENT)
    assert found(judged(city, same + evidence("path: 佐证/二.pdf"))) == []


def test_what_is_of_no_other_size_is_not_opened(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def noted(path: Path) -> str:
        opened.append(path.name)
        return digest_of(path)

    monkeypatch.setattr("kesu_cli.source.evidence.digest_of", noted)
    for number in range(3):
        (city / f"佐证/{number}.pdf").write_bytes(CONTENT * (number + 1))
    (city / "佐证/又.pdf").write_bytes(CONTENT * 2)
    pieces = (f"path: 佐证/{name}.pdf" for name in ("0", "1", "2", "又"))
    judged(city, TRAINING + evidence(*pieces))
    assert sorted(opened) == ["1.pdf", "又.pdf"]


def test_several_workers_see_what_one_sees(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kesu_cli.engine import load_reports

    (city / "佐证/一.pdf").write_bytes(CONTENT)
    (city / "佐证/二.pdf").write_bytes(CONTENT)
    (city / "佐证/空.pdf").write_bytes(b"")
    other = HEAD.replace("市教体局", "团市委") + AUTUMN + evidence("path: 佐证/二.pdf")
    (city / "progress/2024/团市委.yaml").write_text(other, "utf-8")
    text = TRAINING + evidence("path: 佐证/空.pdf", "url: 见附件", "path: 佐证/一.pdf")
    alone = judged(city, text)
    assert CHUNK > 1
    monkeypatch.setattr(load_reports, "WORTH_A_POOL", 1)
    monkeypatch.setattr(load_reports, "CHUNK", 1)
    assert alone.findings == judged(city, text).findings
    assert "KS502" in {one.code for one in alone.findings}


def test_a_commit_is_judged_as_the_disk_was(tmp_path: Path) -> None:
    city = founded(tmp_path / "city")
    (city / "佐证").mkdir()
    (city / REPORT).parent.mkdir(parents=True)
    (city / "佐证/一.pdf").write_bytes(CONTENT)
    (city / "佐证/二.pdf").write_bytes(CONTENT)
    (city / "佐证/空.pdf").write_bytes(b"\n")
    pieces = ("path: 佐证/空.pdf", f"path: {REPORT}", "path: 佐证/一.pdf", "path: 佐证/二.pdf")
    report = judged(city, TRAINING + evidence(*pieces))
    assert sorted(found(report)) == [("KS414", 11), ("KS414", 12), ("KS502", 14)]
    name = committed(city, "填报", "2025-03-01")
    workspace = find_workspace((city,))
    snapshot = Past(workspace).at(commit_of(city, name))
    filings = _filings(city)
    assert workspace.hashed(workspace.evidence_of(filings)) == snapshot.hashed(snapshot.evidence_of(filings))


def _filings(city: Path) -> tuple[Filing, ...]:
    workspace = find_workspace((city,))
    units = terms_in(workspace).readable_terms().units
    return load_progress(workspace.reports()[0], units, workspace.read_report).filings


def test_the_log_counts_no_empty_file(tmp_path: Path) -> None:
    city = founded(tmp_path / "city")
    (city / REPORT).parent.mkdir(parents=True)
    (city / "佐证").mkdir()
    (city / "佐证/空.pdf").write_bytes(b"")
    judged(city, TRAINING + evidence("path: 佐证/空.pdf"))
    committed(city, "空的佐证", "2025-03-01")
    (city / "佐证/空.pdf").write_bytes(CONTENT)
    judged(city, TRAINING + evidence("path: 佐证/空.pdf, note: 补上"))
    committed(city, "补上", "2025-03-02")
    told = log(Request((city,), TODAY), LogRequest(task="M06-1", year=2024), "test")
    (line,) = told.lines
    assert [standing.verdict.label for standing in line.standings if standing] == ["待核实", "达标"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("https://www.baidu.com/", "只是网站的首页"),
        ("报道=https://localhost/1", "不是网址"),
        ("存档：线下", "不是存档号"),
        ("见附件", "网址从 https:// 写起，纸质的写“存档：编号”"),
        ("签到表=空.pdf", "是空文件，证明不了什么"),
        (FILE, "是 kesu 自己的方案或进展文件"),
    ],
)
def test_record_refuses_what_check_would_not_count(given: str, message: str, tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    (city / "空.pdf").write_bytes(b"")
    before = (city / FILE).read_bytes()
    done = kesu(*RECORD, "--evidence", given, folder=city)
    assert (2, before) == (done.returncode, (city / FILE).read_bytes())
    assert "--evidence：" in done.stderr.decode()
    assert message in done.stderr.decode()


def test_record_remarks_on_a_copy_and_takes_a_paper(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    for name in ("一", "二"):
        (city / f"{name}.pdf").write_bytes(CONTENT)
    assert kesu(*RECORD, "--evidence", "签到表=存档：乐科协〔2024〕17号", folder=city).returncode == 0
    assert "{kind: 签到表, archive: 乐科协〔2024〕17号}" in (city / FILE).read_text("utf-8")
    third = [*RECORD, "--evidence", "一.pdf"]
    third[third.index("二期")] = "三期"
    third[third.index("2024-07-20")] = "2024-08-20"
    assert kesu(*third, folder=city).returncode == 0
    fourth = [{"三期": "四期", "2024-08-20": "2024-09-20", "一.pdf": "二.pdf"}.get(one, one) for one in third]
    done = kesu(*fourth, folder=city)
    assert "KS502" in done.stdout.decode()
    assert "二.pdf（内容与 一.pdf 相同）" in done.stdout.decode()


IN_A_FORM = {
    "no address": (entry(kind="报道", url="见附件"), "台账!S15", "“见附件”不是网址"),
    "a home page": (entry(kind="报道", url="https://www.baidu.com"), "台账!S15", "只是网站的首页"),
    "a home page among the files": (
        entry(kind="报道", path="https://www.baidu.com"),
        "台账!R15",
        "只是网站的首页",
    ),
    "several files": (entry(kind="照片", path="1.jpg、2.jpg"), "台账!R15", "是几个文件"),
    "a paper without its number": (entry(kind="名册", path="存档：在办公室"), "台账!R15", "不是存档号"),
    "a paper and an address": (
        entry(kind="名册", path="存档：017", url=SOUND),
        "台账!R15",
        "archive（存档号）单独写",
    ),
    "two addresses": (entry(kind="名册", path=SOUND, url=f"{SOUND}2"), "台账!R15", "写了两个网址"),
    "an empty file": (entry(kind="名册", path="空.pdf"), "台账!R15", "是空文件，证明不了什么"),
    "the report": (entry(kind="名册", path=FILE), "台账!R15", "是 kesu 自己的方案或进展文件"),
}


@pytest.mark.parametrize("name", IN_A_FORM)
def test_a_form_names_the_cell_of_what_is_no_evidence(name: str, tmp_path: Path) -> None:
    damage, cell, message = IN_A_FORM[name]
    city = lay_out(tmp_path)
    (city / "空.pdf").write_bytes(b"")
    intake = take_in(city, damaged(sound_form(), damage))
    assert [cell] == [fault.where for fault in intake.faults]
    assert message in intake.faults[0].message
    assert intake.after == b""


def test_a_paper_and_an_address_come_in_by_the_column_of_files_and_go_out_again(tmp_path: Path) -> None:
    city = lay_out(tmp_path)

    def both(book: object) -> None:
        entry(kind="名册", path="存档：乐科协〔2024〕17号")(book)
        put("kind", "报道", 16)(book)
        put("path", SOUND, 16)(book)

    intake = take_in(city, damaged(sound_form(), both))
    assert (intake.faults, len(intake.changes)) == ((), 1)
    assert "存档：乐科协〔2024〕17号" in intake.changes[0]
    (city / FILE).write_bytes(intake.after)
    assert "archive: 乐科协〔2024〕17号" in intake.after.decode()
    assert f"url: {SOUND}" in intake.after.decode()
    again = take_in(city, form_bytes(city))
    assert (again.faults, again.changes) == ((), ())


def linked(target: str, text: str) -> Callable[[object], None]:
    def damage(book: object) -> None:
        entry(kind="报道", url=text)(book)
        cell = book["台账"]["S15"]  # type: ignore[index]
        cell.hyperlink = Hyperlink(ref="S15", target=target)
        cell.value = text

    return damage


@pytest.mark.parametrize(
    "target", ["https://example.invalid/2", "file:///C:/1.pdf", "mailto:a@example.invalid"]
)
def test_a_cell_that_opens_another_address_than_it_shows_is_named(target: str, tmp_path: Path) -> None:
    (fault,) = take_in(lay_out(tmp_path), damaged(sound_form(), linked(target, SOUND))).faults
    assert fault.where == "台账!S15"
    assert f"超链接指向 {target}" in fault.message


@pytest.mark.parametrize("target", [SOUND, f"{SOUND}/", SOUND.replace("https", "http"), SOUND.upper()])
def test_a_cell_that_opens_what_it_shows_is_taken(target: str, tmp_path: Path) -> None:
    assert take_in(lay_out(tmp_path), damaged(sound_form(), linked(target, SOUND))).faults == ()
