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
    Sort.COUNTED: (
        "名(次) 人次 人(口均民大工类事物) 位(一置于居) 个(体人性别百工月) 家次 家(庭长禽政具属乡园校电) 所(有在属) 座 项(目) "
        "次(会议/全会/党代/要/序/生/代表) 场次 场(馆所地景) 期(间末限盼) 批次 批(准复) 套 件次 件 张 册 本(科地级市县区省单) 部(门分队署委) "
        "篇 户次 户(外籍) 间 处(理置级于) 台套 台次 台(账湾) 辆 支(持) 条次 条(件例) 只 头 株 棵 盏 口(岸) 孔 "
        "艘 架 枚 块 面(向积) 片(区) 幅 份(额) 班次 班(子级) 组 队(伍) 轮(训) 对(象) 双 例 起(来步) 宗 种(植子养业) "
        "类(型别) 门(户类店) 节(点约日) 堂 集(中体聚) 档 款(项) 枝 人天 人日 人月 人年 车次 站次 校次 村次 点次 台班 "
        "县次 支次 册次 课次 架次 艘次 头次 户数 校(园长外企区) 乡镇 街道 社区 行政村 县(级域区委市) 市(级民场直委政) 区(域级县委) 省(级委直) "
        "镇(级区街) 乡(村级土) 村(民级干委居) 标段 网点 站(点位) 颗 人份 例次 届 字 标准箱 件套 学员 床"
    ),
    Sort.MEASURED: (
        "平方米 ㎡ m² 平方公里 平方千米 延米 立方米 m³ 公里 千米 km 米 厘米 毫米 公顷 亩次 亩 吨标准煤 吨 千克 公斤 克 "
        "微克 毫克 升 千瓦时 千瓦 兆瓦 kWh kW MW 度电 兆 Mbps GB TB PB 分贝 学时 课时 学分 分(别类布之级步工管享) "
        "℃ 摄氏度 岁 标准立方米 标准煤 斤 航次 海里 车位 车公里 人公里"
    ),
    Sort.MONEY: "元(旦素) 美元 人民币",
    Sort.LASTING: "个工作日 工作日 个小时 小时 分钟 个月 天(然) 日(常均) 个学期 学期 周(岁边年期) 年(级龄代轻度底末前初均)",
    Sort.SHARE: "% ‰",
    Sort.CHANGE: "个百分点 百分点 倍",
}
DIVISIONS = "(?:行政村|自然村|乡镇|街道|社区|省|市|县|区|镇|乡|村)(?:（[^）]{1,8}）)?"
_AFTER_DIVISION = "(?=$|[，。、；,;和及以的\\d]|左右|实施|开展|建|推|完成|实现|进行|组织|达|试点$|“)"


def _pattern(word: str) -> str:
    name, _, forbidden = word.rstrip(")").partition("(")
    if "/" in forbidden:
        return f"{name}(?!{forbidden.replace('/', '|')})"
    return re.escape(name) + (f"(?![{forbidden}])" if forbidden else "")


_SORTS = {word.partition("(")[0]: sort for sort, words in _WORDS.items() for word in words.split()}
_ORDERED = sorted(
    (word for words in _WORDS.values() for word in words.split()), key=lambda w: -len(w.partition("(")[0])
)
WORD = "(?:" + "|".join(_pattern(word) for word in _ORDERED) + ")"
MEASURE = re.compile(
    rf" ?(?:(?P<division>个(?:{DIVISIONS}){_AFTER_DIVISION}|个(?={DIVISIONS}\d))"
    rf"|(?P<word>{WORD})(?:人民币)?(?P<per>/(?:人|户|年|月|10万|十万|万人|万|千人|{WORD})(?:[·•]年)?)?"
    rf"|(?P<rate>/(?:10万|十万|万|千)))(?P<also>（[^（）]{{1,3}}）)?"
)


def sort_of(unit: str) -> Sort | None:
    """Say what a unit measures; of 元/人 what stands before the slash counts."""
    return _SORTS.get(unit.partition("/")[0])
