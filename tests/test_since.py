"""kesu check --since: what is new, gone and the same, whatever happened to the files between."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from kesu_cli.cli.exit_code import exit_code
from kesu_cli.diagnostic import Finding
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.since import check_since
from kesu_cli.render import FORMAT_NAMES
from kesu_cli.render.format_table import format_named
from kesu_cli.report import Report
from kesu_cli.source.git import GitError, commit_of
from kesu_cli.source.workspace import find_workspace
from kesu_cli.source.workspace_at_commit import Past
from past_city import committed, founded, report
from test_formats import golden
from test_git import git

ROOT = Path(__file__).parent.parent
KESU = Path(sys.executable).with_name("kesu")
TODAY = date(2025, 6, 30)
LATE = "  - task: M06-2\n    date: 2023-05-05\n    name: 去年的事\n"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = founded(tmp_path / "仓库" / "top", "数据")
    report(folder, "市教体局", 10, extra=LATE)
    report(folder, "市科协")
    committed(folder, "原有", "2025-02-01")
    return folder


def since(
    folder: Path,
    revision: str = "HEAD",
    *,
    paths: tuple[Path, ...] = (),
    unit: str = "",
    plan: Path | None = None,
) -> Report:
    request = Request(paths or (folder,), TODAY, plan=plan, unit=unit)
    return check_since(request, revision, "test", lambda _done, _total: None)


def named(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.code, finding.file.rpartition("/")[2]) for finding in findings]


def split(found: Report) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    assert found.since is not None
    return named(found.new), named(found.since.gone)


def test_without_a_change_nothing_is_new_and_all_is_still_there(city: Path) -> None:
    found = since(city)
    assert split(found) == ([], [])
    assert found.findings
    assert replace(found, since=None) == replace(check(Request((city,), TODAY), "test"), since=None)
    assert exit_code(found, "error") == 0
    assert exit_code(check(Request((city,), TODAY), "test"), "error") == 1


def test_what_a_change_brought_is_new_and_what_it_mended_is_gone(city: Path) -> None:
    report(city, "市教体局", 10, 25)
    report(city, "团市委", 2, extra=LATE)
    found = since(city)
    new, gone = split(found)
    assert ("KS404", "团市委.yaml") in new
    assert ("KS404", "市教体局.yaml") in gone
    assert ("KS301", "市教体局.yaml") in gone
    assert exit_code(found, "error") == 1


def test_what_can_not_be_read_any_more_is_not_mended(city: Path) -> None:
    file = city / "progress" / "2024" / "市教体局.yaml"
    file.write_text("unit: [", encoding="utf-8")
    found = since(city)
    assert found.since is not None
    assert {"KS403", "KS404"} <= {finding.code for finding in found.since.unsure}
    assert found.since.gone == ()
    (short,) = (finding for finding in found.findings if finding.task == "M06-1")
    assert found.since.known[short.fingerprint].endswith("2024年完成 10 名，目标不少于 30 名")
    assert (short.code, found.is_new(short)) == ("KS301", False)
    assert exit_code(found, "error") == 1


def test_a_shortfall_that_another_rule_speaks_of_now_is_known(city: Path) -> None:
    report(
        city,
        "市教体局",
        10,
        extra=LATE + "  - task: M04-2\n    date: 2024-05-05\n    name: 参观\n    status: ongoing\n",
    )
    found = since(city)
    (visit,) = (f for f in found.findings if (f.task, f.window) == ("M04-2", "2024年春季学期"))
    assert (visit.code, found.is_new(visit)) == ("KS301", False)
    assert found.changed[visit.fingerprint].endswith("2024年春季学期没有报送任何条目")


def test_only_files_count_never_the_days_between(city: Path) -> None:
    committed(city, "空", "2025-06-29")
    assert split(since(city, "HEAD~1")) == ([], [])
    assert since(city, "HEAD~1").as_of == check(Request((city,), TODAY), "test").as_of


def test_lines_moved_by_an_edit_make_nothing_new(city: Path) -> None:
    file = city / "progress" / "2024" / "市教体局.yaml"
    file.write_text("# 说明\n\n" + file.read_text("utf-8"), encoding="utf-8")
    assert split(since(city)) == ([], [])


def test_a_renamed_file_is_not_new_in_what_it_says(city: Path) -> None:
    (city / "progress" / "2024" / "市教体局.yaml").rename(city / "progress" / "2024" / "市教育体育局.yaml")
    found = since(city)
    assert split(found) == ([], [])
    assert ("KS404", "市教育体育局.yaml") in named(found.findings)


def test_the_workspace_may_have_lain_in_another_folder(city: Path) -> None:
    city.rename(city.parent / "科素")
    assert split(since(city.parent / "科素")) == ([], [])


def test_on_a_branch_only_what_it_brought_is_new_after_a_merge(city: Path) -> None:
    git(city, "checkout", "-q", "-b", "其他")
    report(city, "团市委", extra=LATE.replace("  - task", "x:\n  - task"))
    committed(city, "其他", "2025-03-01")
    git(city, "checkout", "-q", "main")
    report(city, "市农业农村局", extra="y: 1\n")
    committed(city, "主线", "2025-03-02")
    git(city, "merge", "-q", "--no-ff", "-m", "合并", "其他", when="2025-03-03T12:00:00+08:00")
    new, _ = split(since(city, "HEAD^1"))
    assert ("KS104", "团市委.yaml") in new
    assert ("KS104", "市农业农村局.yaml") not in new


def test_a_waiver_taken_away_makes_its_finding_new(city: Path) -> None:
    waivers = city / "plan" / "waivers.yaml"
    row = "{task: M06-1, unit: 市教体局, reason: 停课, document: 示例府办〔2025〕1号,"
    waivers.write_text(
        f"waivers:\n  - {row} approved_by: 示例市人民政府, until: 2025-12-31}}\n", encoding="utf-8"
    )
    committed(city, "豁免", "2025-02-02")
    waivers.unlink()
    assert ("KS301", "市教体局.yaml") in split(since(city))[0]
    assert split(since(city, "HEAD~1")) == ([], [])


def test_what_became_graver_is_new(city: Path) -> None:
    measures = city / "plan" / "measures.yaml"
    text = measures.read_text("utf-8")
    measures.write_text(text.replace("strength: hard", "strength: soft"), encoding="utf-8")
    committed(city, "放宽", "2025-02-02")
    measures.write_text(text, encoding="utf-8")
    assert ("KS301", "市教体局.yaml") in split(since(city))[0]


def test_a_known_shortfall_that_grew_is_known_and_says_what_it_was(city: Path) -> None:
    report(city, "市教体局", 4, extra=LATE)
    found = since(city)
    assert split(found) == ([], [])
    assert exit_code(found, "error") == 0
    (mark,) = (
        f.fingerprint for f in found.findings if f.code == "KS301" and f.file.endswith("市教体局.yaml")
    )
    assert list(found.changed) == [mark]
    assert "10 名" in found.changed[mark]
    for name in ("text", "table", "markdown"):
        said = "".join(text_of(name, found).split())
        assert "此前：" + "".join(found.changed[mark].split()) in said
        assert "1条有变化" in said
    assert json.loads(text_of("json", found))["since"]["changed"] == found.changed
    lines = [json.loads(line) for line in text_of("jsonl", found).splitlines()]
    assert [line["fingerprint"] for line in lines if line["state"] == "changed"] == [mark]
    results = json.loads(text_of("sarif", found))["runs"][0]["results"]
    updated = [result for result in results if result["baselineState"] == "updated"]
    assert [result["partialFingerprints"]["kesu/v1"] for result in updated] == [mark]


def test_evidence_is_looked_for_in_the_revision(city: Path) -> None:
    import hashlib

    content = "签到".encode()
    digest = hashlib.sha256(content).hexdigest()
    extra = (
        "  - task: M06-1\n    date: 2024-08-01\n    name: 暑期班\n    value: 5\n    evidence:\n"
        f"      - {{kind: 签到表, path: 佐证/签到.txt, sha256: {digest}}}\n"
    )
    report(city, "市教体局", 10, extra=extra)
    committed(city, "缺佐证", "2025-03-01")
    (city / "佐证").mkdir()
    (city / "佐证" / "签到.txt").write_bytes(content)
    assert split(since(city))[1] == [("KS407", "市教体局.yaml")]
    committed(city, "补佐证", "2025-03-02")
    assert split(since(city)) == ([], [])
    (city / "佐证" / "签到.txt").write_bytes(b"changed")
    assert split(since(city))[0] == [("KS408", "市教体局.yaml")]


def test_evidence_kept_by_git_lfs_is_known_by_its_pointer(city: Path) -> None:
    digest = "0" * 63 + "1"
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 3\n"
    (city / "大文件.pdf").write_text(pointer, encoding="utf-8")
    name = committed(city, "大文件", "2025-03-01")
    evidence = f"{{kind: 材料, path: ./大文件.pdf, sha256: {digest}}}"
    extra = f"  - {{task: M06-2, date: 2024-05-01, name: 材料, evidence: [{evidence}]}}\n"
    report(city, "市教体局", 1, extra=extra)
    workspace = find_workspace((city,))
    snapshot = Past(workspace).at(commit_of(city, name))
    from kesu_cli.source.plan import terms_in
    from kesu_cli.source.progress import load_progress

    units = terms_in(workspace).readable_terms().units
    filings = load_progress(workspace.reports()[0], units, workspace.read_report).filings
    looked = snapshot.evidence_of(filings)["./大文件.pdf"]
    assert (looked.exists, looked.inside, looked.sha256) == (True, True, digest)


def test_a_first_report_of_a_year_brings_only_its_own_findings(city: Path) -> None:
    report(city, "市科协", year=2025, extra="z: 1\n")
    found = since(city, paths=(city / "progress" / "2025",))
    assert split(found)[0] == [("KS104", "市科协.yaml")]


def test_one_file_is_held_against_itself(city: Path) -> None:
    file = report(city, "市教体局", 10, extra=LATE + LATE.replace("去年", "前年"))
    found = since(city, paths=(file,))
    assert split(found)[0] == [("KS404", "市教体局.yaml")]
    assert {finding.file for finding in found.findings} == {"progress/2024/市教体局.yaml"}


def test_one_unit_is_held_against_itself(city: Path) -> None:
    report(city, "团市委", extra="z: 1\n")
    report(city, "市科协", extra="z: 1\n")
    assert split(since(city, unit="团市委"))[0] == [("KS104", "团市委.yaml")]


def test_where_the_revision_can_not_be_judged_all_is_new_and_the_reason_is_said(city: Path) -> None:
    units = city / "plan" / "units.yaml"
    good = units.read_text("utf-8")
    units.write_text("units: [", encoding="utf-8")
    committed(city, "改坏了", "2025-03-01")
    units.write_text(good, encoding="utf-8")
    found = since(city)
    assert found.since is not None
    assert found.since.unjudged == "那时的方案读不出来"
    assert found.new == found.findings
    for name in ("text", "table", "markdown", "github", "html"):
        assert "那时的方案读不出来" in "".join(format_named(name).render(found).decode().split())


def test_a_plan_outside_the_repository_is_the_same_for_both(city: Path, tmp_path: Path) -> None:
    (city / "plan").rename(tmp_path / "方案")
    committed(city, "方案移走", "2025-03-01")
    report(city, "市教体局", 10)
    found = since(city / "progress", plan=tmp_path / "方案")
    assert split(found) == ([], [("KS404", "市教体局.yaml")])


def test_a_folder_is_listed_in_a_commit_as_on_disk(city: Path) -> None:
    names = (
        "2024/a.yml",
        "2024/.b.yaml",
        "2024/README.yaml",
        "2024/子/c.yaml",
        "2024/子/d.txt",
        "其他/e.yaml",
        "f.yaml",
        "2024/2023/g.yaml",
        "其他/h.txt",
        "其他/深/i.yaml",
        "2023/j.yaml/k.txt",
        "2025年/l.yaml",
        "README.md",
        "m.txt",
    )
    for name in names:
        path = city / "progress" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    name = committed(city, "杂物", "2025-03-01")
    workspace = find_workspace((city,))
    assert workspace.listing() == Past(workspace).at(commit_of(city, name)).listing()
    assert split(since(city)) == ([], [])


# --- formats -----------------------------------------------------------------


@pytest.fixture
def changed(city: Path) -> Report:
    report(city, "市教体局", 10, 25)
    report(city, "团市委", extra="z: 1\n")
    found = since(city)
    assert found.since is not None
    return replace(found, since=replace(found.since, commit="0" * 40))


def text_of(name: str, found: Report) -> str:
    return format_named(name).render(found).decode()


@pytest.mark.parametrize("name", ["text", "table", "markdown", "github"])
def test_a_format_for_people_says_what_changed(name: str, changed: Report) -> None:
    content = text_of(name, changed).encode()
    assert golden(f"since-{name}.txt", content) == content
    said = "".join(content.decode().split())
    assert "与HEAD（0000000，2025-02-01）相比" in said


def test_every_format_is_written_the_same_twice(changed: Report) -> None:
    for name in FORMAT_NAMES:
        form = format_named(name)
        assert form.render(changed) == form.render(changed)


def test_json_names_the_new_the_known_and_the_gone(changed: Report) -> None:
    document = json.loads(text_of("json", changed))
    schema = json.loads((ROOT / "docs" / "report-v2.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    told = document["since"]
    assert told["new"] == [f.fingerprint for f in changed.all_findings if changed.is_new(f)]
    assert sorted(told["new"] + told["known"]) == sorted(f.fingerprint for f in changed.all_findings)
    assert changed.since is not None
    assert [gone["fingerprint"] for gone in told["gone"]] == [f.fingerprint for f in changed.since.gone]
    assert told["new_counts"]["error"] == 1


def states(changed: Report) -> Mapping[str, str]:
    assert changed.since is not None
    now = {f.fingerprint: "new" if changed.is_new(f) else "known" for f in changed.all_findings}
    unsure = {f.fingerprint: "unsure" for f in changed.since.unsure}
    now |= dict.fromkeys(changed.changed, "changed")
    return now | unsure | {f.fingerprint: "gone" for f in changed.since.gone}


def test_jsonl_gives_every_line_its_state(changed: Report) -> None:
    lines = [json.loads(line) for line in text_of("jsonl", changed).splitlines()]
    schema = json.loads((ROOT / "docs" / "finding-v2.schema.json").read_text("utf-8"))
    for line in lines:
        jsonschema.Draft202012Validator(schema).validate(line)
    assert states(changed) == {line["fingerprint"]: line["state"] for line in lines}
    assert {"new", "known", "changed", "gone", "unsure"} == {line["state"] for line in lines}


def test_sarif_gives_every_result_its_baseline_state(changed: Report) -> None:
    words = {"new": "new", "known": "unchanged", "gone": "absent", "unsure": "unchanged"}
    words["changed"] = "updated"
    results = json.loads(text_of("sarif", changed))["runs"][0]["results"]
    said = {result["partialFingerprints"]["kesu/v1"]: result["baselineState"] for result in results}
    assert {mark: words[state] for mark, state in states(changed).items()} == said


def test_github_annotates_what_is_new_and_counts_the_rest(changed: Report) -> None:
    lines = text_of("github", changed).splitlines()
    annotations = [line for line in lines if line.startswith("::")]
    assert len(annotations) == sum(changed.is_new(f) for f in changed.all_findings)
    assert len(lines) == len(annotations) + 2


def test_gitlab_compares_by_itself_and_is_given_all(changed: Report) -> None:
    assert text_of("gitlab", changed) == text_of("gitlab", replace(changed, since=None))


def test_machines_are_given_paths_from_the_top_of_the_repository(changed: Report) -> None:
    assert changed.home == "数据"
    paths = {issue["location"]["path"] for issue in json.loads(text_of("gitlab", changed))}
    assert paths == {f"数据/{finding.file}" for finding in changed.all_findings}
    assert "file=数据/progress/2024/团市委.yaml," in text_of("github", changed)
    assert '"uri": "%E6%95%B0%E6%8D%AE/progress/' in text_of("sarif", changed)
    plain = text_of("gitlab", replace(changed, home=""))
    assert plain == text_of("gitlab", changed).replace("数据/", "")


def test_junit_fails_for_what_is_new_alone(changed: Report) -> None:
    from xml.etree import ElementTree as ET

    root = ET.fromstring(text_of("junit", changed))
    failed = [case.get("name", "") for case in root.iter("testcase") if case.find("failure") is not None]
    assert [name.split()[0] for name in failed] == ["KS104"]
    gone = next(suite for suite in root if suite.get("name") == "不再查出的问题")
    assert changed.since is not None
    assert len(gone.findall("testcase")) == len(changed.since.gone) + len(changed.since.unsure)
    assert len(gone.findall("testcase/skipped")) == len(changed.since.unsure)
    known = [skip.get("message", "") for skip in root.iter("skipped")]
    assert any(message.startswith("原有问题：") for message in known)


# --- the command -------------------------------------------------------------


def kesu(*arguments: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    command = [str(KESU), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False)


def test_the_exit_code_follows_what_is_new(city: Path) -> None:
    assert kesu("check", "--as-of", "2025-06-30", folder=city).returncode == 1
    assert kesu("check", "--as-of", "2025-06-30", "--since", "HEAD", folder=city).returncode == 0
    report(city, "团市委", extra="z: 1\n")
    assert kesu("check", "--as-of", "2025-06-30", "--since", "main", folder=city).returncode == 1


@pytest.mark.parametrize("revision", ["没有", "HEAD~9", "--all", ""])
def test_a_revision_that_is_not_there_ends_with_a_sentence(city: Path, revision: str) -> None:
    done = kesu("check", f"--since={revision}", folder=city)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("错误：")
    assert b"Traceback" not in done.stderr


def test_a_folder_without_history_has_nothing_to_be_held_against(
    city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (city.parent / ".git").rename(tmp_path / "gone")
    with pytest.raises(GitError, match="不在 git 仓库里"):
        since(city)
    assert kesu("check", "--since", "HEAD", folder=city).returncode == 2
