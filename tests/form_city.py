"""A workspace whose one report uses everything that a progress file may hold, and its form."""

import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kesu_cli.engine.form_export import form_of, form_year
from kesu_cli.engine.form_import import FormImport, Importer
from kesu_cli.engine.open_workspace import open_workspace
from kesu_cli.forms.workbook import workbook

HERE = Path(__file__).parent
TODAY = date(2025, 3, 1)
UNIT = "市科协"
FILE = f"progress/2024/{UNIT}.yaml"
DIGEST = "0f" * 32  # of 佐证/调查.csv
REPORT = """\
# 测试样例，不是任何单位的实际工作
unit: 市科协   # 牵头
year: 2024
status: complete
submitted: 2025-01-08
demo: true
note: 全年情况见附件
entries:
  # 抽样调查由省里组织
  - task: G-1
    date: 2024-06-30
    name: 公民科学素质抽样调查
    numerator: 124
    denominator: "1,000"
    cited_from: 省级抽样调查
    evidence:
      - {kind: 报告, url: "https://demo.invalid/3", note: 第三章}
      - {kind: 数据表, path: 佐证/调查.csv, sha256: DIGEST}
      - {kind: 通知, path: 佐证/通知.pdf, url: "https://demo.invalid/4"}
  - task: M08-3
    date: {from: 2024-05-06, to: 2024-05-10}
    name: "农民教育培训: 第一期"
    value: 1.2万人次
    jointly_with: [市农业农村局, 塔山街道]
    counted_by: 市农业农村局
    note: |
      两家合办
      由农业农村局计数
  - task: M30-5
    date: 2024-06
    name: 安全生产月主题科普
    items: [安全生产月, 防灾减灾日]
    status: ongoing
  - task: M06-1
    date: 2024年7月16日
    name: 暑期班
    value: 18
    unit: 名
nothing_to_report:
  - {task: P2-1, reason: 本年度没有开展}
""".replace("DIGEST", DIGEST)


def lay_out(folder: Path, report: str = REPORT) -> Path:
    """Lay out the workspace; an empty report leaves the unit without a file."""
    shutil.copytree(HERE / "world" / "plan", folder / "plan")
    (folder / FILE).parent.mkdir(parents=True)
    if report:
        (folder / FILE).write_bytes(report.encode())
    return folder


def form_bytes(folder: Path, unit: str = UNIT, year: int = 2024) -> bytes:
    return workbook(form_of(form_year(open_workspace((folder,)), year, TODAY), unit))


@cache
def sound_form() -> bytes:
    """Return the form of the report, which is the same wherever the workspace stands."""
    with TemporaryDirectory() as folder:
        return form_bytes(lay_out(Path(folder)))


def take_in(folder: Path, content: bytes, year: int = 0) -> FormImport:
    return Importer(open_workspace((folder,)), year).take_in(content)
