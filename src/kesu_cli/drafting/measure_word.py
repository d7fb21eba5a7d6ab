"""计量单位: the words that stand behind a number, by what they measure."""

import re
from enum import StrEnum


class Sort(StrEnum):
    """What a unit measures."""

    COUNTED = "counted"
    MEASURED = "measured"
    MONEY = "money"
    LASTING = "lasting"
    SHARE = "share"
    CHANGE = "change"


# a word in brackets behind the unit says how it must not go on: 年 is no unit in 3年级
_WORDS = {
    Sort.COUNTED: """
        名(次) 位(一/置/于/居) 人(口/均/民/大/工/类/事/物) 人次 人天 人日 人月 人年 人份 学员 户(外/籍)
        户次 户数 个(体/人/性/别/百/工/月) 家(庭/长/禽/政/具/属/乡/园/校/电) 家次 所(有/在/属) 座
        处(理/置/级/于) 间 站(点/位) 次(会议/全会/党代/要/序/生/代表) 场(馆/所/地/景) 场次
        期(间/末/限/盼) 届 轮(训) 轮次 人份 例 例次 起(来/步) 宗 点次 批(准/复) 批次 班(子/级) 班次 组 队(伍)
        节(点/约/日) 堂 课次 台班 车次 架次 艘次 头次 站次 校次 村次 县次 项(目) 类(型/别)
        种(植/子/养/业) 门(户/类/店) 档 款(项) 套 件 件次 件套 张 册 册次 本(科/地/级/市/县/区/省/单)
        部(门/分/队/署/委) 篇 集(中/体/聚) 字 幅 份(额) 条(件/例) 条次 台(账/湾) 台套 台次 辆 支(持)
        支次 只 头 株 棵 盏 口(岸) 孔 艘 架 枚 枝 颗 块 面(向/积) 片(区) 对(象) 双 床 标段 网点 点位
        顶 栋 幢 箱 瓶 袋 桶 盒 根 泊位 单元 笔 剂次 针次 餐次 单(位/元/一/个/项) 标准箱
        校(园/长/外/企/区) 乡镇 街道 社区 行政村 县(级/域/区/委/市) 市(级/民/场/直/委/政)
        区(域/级/县/委) 省(级/委/直) 镇(级/区/街) 乡(村/级/土) 村(民/级/干/委/居)
    """,
    Sort.MEASURED: """
        平方米 ㎡ m² 平方公里 平方千米 立方米 标准立方米 m³ 公里 千米 km 延米 米 厘米 毫米 海里 公顷 亩
        亩次 吨标准煤 标准煤 吨 千克 公斤 斤 克 微克 毫克 升 千瓦时 千瓦 兆瓦 kWh kW MW 度电 兆 Mbps GB
        TB PB 分贝 学时 课时 学分 分(别/类/布/之/级/步/工/管/享) ℃ 摄氏度 岁 航次 车位 车公里 人公里
    """,
    Sort.MONEY: "元(旦/素) 美元 人民币",
    Sort.LASTING: """
        个工作日 工作日 个小时 小时 分钟 个月 天(然) 日(常/均) 个学期 学期 周(岁/边/年/期)
        年(级/龄/代/轻/度/底/末/前/初/均)
    """,
    Sort.SHARE: "% ‰",
    Sort.CHANGE: "个百分点 百分点 倍",
}
DIVISIONS = (
    "(?:行政村|自然村|县市区|市县区|乡镇街道|县区|区县|镇街|乡街|村居|乡镇|街道|社区|省|市|县|区|镇|乡|村)"
    "(?:（[^）]{1,8}）)?"
)
_AFTER_DIVISION = (
    r"(?=$|[，。、；,;和及以的\d“]|左右|实施|开展|建|推|完成|实现|进行|组织|达|进入|创|获|试点$)"
)


def _entries() -> dict[str, tuple[Sort, str]]:
    """Split the table into unit: (what it measures, how it must not go on)."""
    split = ((sort, word.rstrip(")").partition("(")) for sort, row in _WORDS.items() for word in row.split())
    return {name: (sort, forbidden.replace("/", "|")) for sort, (name, _, forbidden) in split}


_ENTRIES = _entries()
_WORD = "|".join(
    re.escape(name) + (f"(?!{_ENTRIES[name][1]})" if _ENTRIES[name][1] else "")
    for name in sorted(_ENTRIES, key=lambda name: (-len(name), name))
)
MEASURE = re.compile(
    rf" ?(?:(?P<division>个{DIVISIONS}{_AFTER_DIVISION}|个(?={DIVISIONS}\d))"
    rf"|(?P<word>{_WORD})(?:人民币)?(?P<per>/(?:{_WORD}|年|月|10万|十万|万人|万|千人)(?:[·•]年)?)?"
    r"|(?P<rate>/(?:10万|十万|万|千)))(?:（[^（）]{1,3}）)?"
)


def sort_of(unit: str) -> Sort | None:
    """Say what a unit measures; of 元/人 what stands before the slash counts."""
    entry = _ENTRIES.get(unit.partition("/")[0])
    return entry[0] if entry else None
