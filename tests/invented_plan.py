"""Plans of invented cities, written for the tests: two pages each, every layout that hides a duty."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import docx
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table
from lxml import etree

from invented_text import WRITTEN


@dataclass(frozen=True)
class Invented:
    """A plan to write: its file name, how, and the words of which none may be lost."""

    name: str
    write: Callable[[Path], None]
    words: tuple[str, ...]


def paragraphs(word: Word, *texts: str) -> None:
    for text in texts:
        word.add_paragraph(text)


def table(word: Word, *rows: tuple[str, ...]) -> Table:
    made: Table = word.add_table(rows=len(rows), cols=len(rows[0]))
    for line, row in zip(made.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
    return made


def add_part(path: Path, name: str, root: str, texts: tuple[str, ...]) -> None:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, f"<w:{root} {nsdecls('w')}>{body}</w:{root}>")


def text_box(word: Word, inner: str) -> None:
    run: etree._Element = word.add_paragraph("").add_run()._r  # noqa: SLF001 - no public way
    run.append(parse_xml(f"<w:pict {nsdecls('w')}><w:txbxContent>{inner}</w:txbxContent></w:pict>"))


def write_merged(path: Path) -> None:
    word = docx.Document()
    paragraphs(
        word,
        "青岚市公园建设行动方案（2026—2028年）",
        "为建好身边的公园，制定本方案。",
        "一、主要目标",
        "到2028年底，建成区绿化覆盖率达到四成二，公园日接待能力不低于3万人次。",
        "二、重点任务",
        "（一）增绿提质",
        "1.每年新建口袋公园六处。配套建设无障碍通道。（责任单位：市园林局）",
        "2.鼓励有条件的单位开放内部绿地。推动花木认养进社区，每学期举办植树课1次。（责任单位：市教育局、团市委）",
        "三、任务清单",
    )
    made = table(
        word,
        ("序号", "任务", "责任单位", "完成时限"),
        ("1", "改造滨河步道18公里", "市水务局", "2027年6月底"),
        ("2", "补植行道树5000株", "市水务局", "2027年10月底"),
        ("3", "编印公园导览手册", "市文旅局", "每年5月底前"),
    )
    made.cell(1, 2).merge(made.cell(2, 2)).text = "市水务局"
    paragraphs(word, "四、保障措施", "（一）组织推进。市园林局每季度召开一次调度会。")
    word.save(str(path))


def write_notes(path: Path) -> None:
    word = docx.Document()
    paragraphs(
        word,
        "沙渚市夜间照明提升方案（2026—2027年）",
        "一、重点任务",
        "（一）补齐路灯",
        "1.新装路灯900盏，更换老旧灯具。（牵头单位：市城管局；责任单位：市供电公司）",
        "（二）建立机制",
        "2.建立巡灯制度。每月通报一次亮灯情况。（牵头单位：市城管局）",
    )
    text_box(
        word,
        "<w:p><w:r><w:t>市供电公司每年检修配电箱260台。</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>开通报修热线</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>市数据局</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    )
    frame = word.add_table(rows=1, cols=1).cell(0, 0)
    frame.text = "任务分解"
    inner = frame.add_table(rows=2, cols=3)
    for cell, text in zip(
        (cell for row in inner.rows for cell in row.cells),
        ("工作任务", "牵头单位", "时限", "安装智能控制柜75套", "市工信局", "2027年9月底"),
        strict=True,
    ):
        cell.text = text
    paragraphs(word, "二、保障措施", "（一）加大投入。市财政局每年安排资金800万元。")
    word.save(str(path))
    add_part(path, "word/footnotes.xml", "footnotes", ("城区背街小巷每年新增壁灯40盏。",))
    add_part(path, "word/header2.xml", "hdr", ("市审计局每年开展一次专项审计。",))


def write_tracked(path: Path) -> None:
    word = docx.Document()
    paragraphs(
        word,
        "白榆县乡村厕所改造方案（2026—2028年）",
        "一、重点任务",
        "（一）改造提升",
        "1.三年改造农村户厕一千二百座，新建公共厕所35座。（牵头单位：县农业农村局）",
    )
    changed: etree._Element = word.add_paragraph("2.建立管护队伍。")._p  # noqa: SLF001 - no public way
    for tag, text, word_of in (("ins", "每村配备管护员2名。", "t"), ("del", "每村补助9万元。", "delText")):
        run = f"<w:r><w:{word_of}>{text}</w:{word_of}></w:r>"
        changed.append(parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="x">{run}</w:{tag}>'))
    broken = word.add_paragraph("3.推行积分制").add_run()
    broken.add_break()
    broken.add_text("每半年评选示范户五十户。")
    paragraphs(
        word,
        "（牵头单位：县乡村振兴局）",
        "（二）加强监督",
        "4.县卫健局每季度抽查一次水质，结果向社会公布。",
        "二、保障措施",
        "（一）强化宣传。开展移风易俗宣传活动。",
    )
    word.save(str(path))


def write_annex(path: Path) -> None:
    word = docx.Document()
    paragraphs(
        word,
        "澄湖市早餐工程实施方案（2027—2029年）",
        "一、总体要求",
        "坚持便民惠民。到2029年，全市早餐网点达到650个。",
        "二、重点任务",
        "（一）扩大供给",
        "1.建设中央厨房。新建中央厨房4座。",
        "2.发展移动餐车。投放移动餐车150辆。",
        "三、保障措施",
        "（一）严格考核。将早餐工程纳入年度考核。",
        "附件1",
        "任务分解表",
    )
    table(
        word,
        ("工作任务", "具体措施", "牵头单位", "配合单位", "完成时间"),
        ("建设中央厨房", "新建中央厨房4座", "市商务局", "市国资委", "2028年底"),
        ("发展移动餐车", "发放经营许可160张", "市市场监管局", "市城管局", "2027年底"),
    )
    word.add_paragraph("附件2")
    table(
        word,
        ("指标", "2027年", "2029年"),
        ("早餐网点抽检合格率（%）", "96", "99"),
        ("社区食堂", "30", "80"),
    )
    paragraphs(word, "附件3", "市卫生健康委每年培训从业人员700人次。")
    word.save(str(path))


def write_lists(path: Path) -> None:
    path.write_text(
        "# 石桥区社区图书角建设方案（2026年）\n\n区里决定建设图书角。\n\n"
        "## 一、重点任务\n\n### （一）布点\n\n"
        "1. 引导物业企业提供场地。建设图书角二十个。\n"
        "2. 丰富馆藏。一是鼓励居民捐赠图书。二是采购新书8000册；三是每季度更换图书一次。\n\n"
        "### （二）活动\n\n"
        "- 举办读书会，全年不少于36场\n- 区文旅局牵头组建讲书人队伍\n\n"
        "| 项目 | 内容 | 谁来做 |\n|---|---|---|\n| 书柜 | 定制书柜45组 | 区民政局 |\n\n"
        "## 二、保障措施\n\n（1）区财政局安排经费60万元。\n① 年底前开展评估。\n",
        "utf-8",
    )


def write_page(path: Path) -> None:
    rows = (
        "<tr><th>类别</th><th>任务</th><th>牵头单位</th><th>责任单位</th><th>时限</th></tr>"
        "<tr><td rowspan=2>清淤</td><td>疏浚河道22公里</td><td>市水利局</td>"
        "<td>市财政局</td><td>2026年底</td></tr>"
        "<tr><td>清理涵洞340处</td><td>市水利局</td><td>市交通局</td><td>持续推进</td></tr>"
        "<tr><td>监测</td><td>建设水位站十五座</td><td>市应急局</td><td>市气象局</td><td>2027年9月底</td></tr>"
    )
    path.write_text(
        "<html><body><div class='nav'>首页</div><div><h1>临汐市内涝治理方案（2026—2027年）</h1>"
        "<p>为治理内涝，制定本方案。</p><p>一、重点任务</p><p>（一）工程治理</p>"
        "<ol><li>改造雨水管网60公里。（责任单位：市住建局）</li><li>支持园区建设蓄水池。建立值守制度，"
        "汛期每日报告一次。（责任单位：市应急局）</li></ol>"
        f"<p>（二）任务分解</p><table>{rows}</table>"
        "<p>二、保障措施</p><p>（一）保障物资。储备移动泵车12台。</p></div>"
        "<div class='foot-note'>市防汛办每年组织演练两次。</div></body></html>",
        "utf-8",
    )


def write_text(text: str, path: Path) -> None:
    path.write_text(text, "utf-8")


def invented() -> Iterator[Invented]:
    yield Invented(
        "青岚.docx",
        write_merged,
        (
            "四成二", "3万人次", "新建口袋公园六处", "配套建设无障碍通道", "鼓励有条件的单位开放内部绿地",
            "推动花木认养进社区", "每学期举办植树课1次", "改造滨河步道18公里", "补植行道树5000株",
            "编印公园导览手册",
            "每季度召开一次调度会",
        ),
    )  # fmt: skip
    yield Invented(
        "沙渚.docx",
        write_notes,
        (
            "新装路灯900盏", "更换老旧灯具", "建立巡灯制度", "每月通报一次亮灯情况", "每年检修配电箱260台",
            "开通报修热线", "市数据局", "安装智能控制柜75套", "市财政局每年安排资金800万元",
            "每年新增壁灯40盏",
            "市审计局每年开展一次专项审计",
        ),
    )  # fmt: skip
    yield Invented(
        "白榆.docx",
        write_tracked,
        (
            "改造农村户厕一千二百座", "新建公共厕所35座", "建立管护队伍", "每村配备管护员2名", "推行积分制",
            "每半年评选示范户五十户", "每季度抽查一次水质", "结果向社会公布", "开展移风易俗宣传活动",
        ),
    )  # fmt: skip
    yield Invented(
        "澄湖.docx",
        write_annex,
        (
            "早餐网点达到650个", "新建中央厨房4座", "投放移动餐车150辆", "纳入年度考核", "发放经营许可160张",
            "96", "99", "30", "80", "市卫生健康委每年培训从业人员700人次",
        ),
    )  # fmt: skip
    yield Invented(
        "石桥.md",
        write_lists,
        (
            "引导物业企业提供场地", "建设图书角二十个", "鼓励居民捐赠图书", "采购新书8000册",
            "每季度更换图书一次",
            "举办读书会", "不少于36场", "组建讲书人队伍", "定制书柜45组", "区民政局", "安排经费60万元",
            "开展评估",
        ),
    )  # fmt: skip
    yield Invented(
        "临汐.html",
        write_page,
        (
            "改造雨水管网60公里", "支持园区建设蓄水池", "建立值守制度", "汛期每日报告一次", "疏浚河道22公里",
            "清理涵洞340处", "建设水位站十五座", "储备移动泵车12台", "每年组织演练两次",
        ),
    )  # fmt: skip
    for name, text, words in WRITTEN:
        yield Invented(name, partial(write_text, text), words)
