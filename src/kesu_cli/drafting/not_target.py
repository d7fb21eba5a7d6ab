"""Numbers that ask for nothing: the table of what they are instead, with the reason for the reader."""

import re
from dataclasses import dataclass

_CN = "零〇一二两三四五六七八九十百千万"
_N = rf"(?:\d{{1,12}}(?:\.\d{{1,6}})?[百千万亿]?|[{_CN}]{{1,12}})"
_Y = r"(?:(?:19|20)\d\d|二[零〇][零〇一二三四五六七八九]{2})"
_METRIC = "(?:km|kg|kW|kWh|MW|mm|cm|m|t|GB|TB|PB|Mbps)(?![A-Za-z])"
_GROUPS = (  # 三个方面, 四个意识
    "方面|阶段|层面|维度|环节|维护|确立|意识|自信|全面|代表|坚持|结合|转变|统筹|突出|注重"
)

BASE_YEAR = (
    rf"(?:比|较|同){_Y}年|(?:由|从|自){_Y}年(?:底|末)?的"
    rf"|{_Y}年(?=的?基础上|同期|以前|以来)|{_Y}年?远景"
)
_AGE = "对象的年龄条件"

# the reason, and what such a number looks like
_TABLE: tuple[tuple[str, str], ...] = (
    ("文件或规划名称中的数字", r"《[^》]*》|<[^<>]*[年划案要知见法例][^<>]*>"),
    ("标题中的年份", rf"[（(]{_Y}年?[—–~～-]{_Y}年?[）)]"),
    ("作比较的年份", BASE_YEAR),
    ("过去的时间，不是目标", rf"(?:近|过去){_N}年|{_N}年来"),
    ("按多少人或户计算的基数", rf"每{_N}(?=人|户|名|个|家|常住|就业|老|居民|亩)"),
    ("文号", r"[一-龥]{0,8}[〔\[【（(](?:19|20)\d\d[〕\]】)）]\s*第? ?\d{1,6} ?号"),
    ("文号", r"第?\d{1,6}号(?:文|令|公告)|第\d{1,6}号"),
    ("引号内名称的一部分", r"“[^”“]*”|‘[^’‘]*’|「[^」]*」|\"[^\"]*\""),
    ("会议届次", rf"{_N}届(?:{_N}次|[、,]|{_N}|中|历次)*(?:全会|会议|大会)?"),
    (
        "会议届次",
        rf"第{_N}次[一-龥]{{0,4}}(?:会议|代会|大会|全会)|(?:[{_CN}]+中、)*[{_CN}]+中(?:全会)|{_N}次全会",
    ),
    ("序数，说的是第几", rf"第{_N}(?:[—~至、-]{_N})?(?!季度|产业[^，。]*比重)[一-龥]?"),
    ("条款编号", r"(?:(?<=^)|(?<=[。；;：:\n]))\s*[（(]?\d{1,2}(?:[)）]|[.．、](?!\d))"),
    ("名称中的版本号", r"(?<=[一-龥A-Za-z”])\d\.0(?![\d%‰万亿倍]|个百分点)(?=版|[，。、；”]|$|[一-龥])"),
    ("名称或格局的一部分", r"[\dA-Za-z]{1,12}(?:\+[\dA-Za-z]{1,12}){1,6}|互联网\+"),
    ("名称或等级中的数字", r"(?<![A-Za-z])[A-Za-z]{1,12}-?\d[A-Za-z\d.]{0,12}(?![%‰\d])"),
    ("名称或等级中的数字", rf"(?<!\d)\d{{1,12}}(?!{_METRIC})[A-Za-z]{{1,12}}级?|[\d{_CN}]级(?!联)"),
    ("热线或电话号码", r"(?:拨打|热线|电话)[^\d，。]{0,3}[\d-]{3,14}"),
    ("热线或电话号码", r"(?<!\d)\d{3,5}(?=[一-龥]{0,10}(?:热线|平台电话)|报警|急救)"),
    ("服务时间", r"(?:[7七][×xX*])?24小时(?!内|以内|之内)|365天"),
    (_AGE, rf"{_N}(?:周?岁)?(?:[—–~～至到-]+{_N})?(?:周岁|岁)(?:[（(]含[)）])?(?:及?以上|及?以下|以内)?"),
    ("比值", r"\d{1,6}(?:\.\d{1,4})?[:：∶]\d{1,6}(?:\.\d{1,4})?"),
    ("概括性的说法", rf"{_N}(?:位一体|大(?![型中小学专赛厅数众])|个(?:{_GROUPS})|级联动)"),
)
_ROWS = tuple((reason, re.compile(pattern)) for reason, pattern in _TABLE)
_AGE_ASKED = re.compile("(?:寿命|年龄)[^，。；]{0,8}$")


@dataclass(frozen=True, slots=True)
class NotTarget:
    """A number that is no target, and why."""

    start: int
    end: int
    text: str
    reason: str


def names(text: str) -> tuple[NotTarget, ...]:
    """Find the stretches of a plain text whose numbers are names, ordinals or conditions."""
    return tuple(
        NotTarget(match.start(), match.end(), match.group(), reason)
        for reason, pattern in _ROWS
        for match in pattern.finditer(text)
        if reason != _AGE or not _AGE_ASKED.search(text, 0, match.start())
    )
