"""Names of units as documents list them: split, completed where shortened, told from groups."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

_OPEN, _CLOSE = "（(〔[【", "）)〕]】"
_SEPARATOR = "、，,；;。\n\t \u3000/"
_LEVEL = "市县区省州旗盟"
_END = (
    r"(?:局|委|办|部|院|厅|会|社|联|中心|学校|大学|学院|公司|集团|政府|单位|街道|街道办|乡|镇|乡镇|乡（镇）|乡\(镇\)|部门"
    r"|银行|馆|台|站|所|园区|工业园|开发区|新区|高新区|管委会|委员会|科协|妇联|工会|协会|学会|法院|检察院|队|党校|机构|团市委"
    r"|团县委|团区委|科技馆|报社|企业|医院|社区|村|人民团体|高校|科研院所|功能区|县|区|市|专班|办公室|(?:督查|督导|研究|政研|教研)室|领导小组|联盟|基地|团体|场|分局)"
)
_PLACED = re.compile(
    rf"(?:[各{_LEVEL}团国]|共青团|有关|相关|全市|全县|全区|其他|[\u4e00-\u9fa5]{{2,3}}[{_LEVEL}镇乡])"
)
_NO_UNIT = re.compile(r"(?:不?含|包括|包含|例?如|即|以下|见|原|指|(?:牵头|责任|配合|主办)(?:单位|部门)$)")
_SHORTEST, _LONGEST = 3, 40
_OPEN_END = re.compile(
    r"等(?:相关|有关)?(?:职能|成员|市直|县直|区直)?(?:单位|部门|机构|方面)?(?:参加|参与|配合|负责)?$|^等.{0,6}(?:单位|部门)$"
)
_REMARK = re.compile(r"下同|均涉及|不再|详见|排名不分|^其他$")
_NOISE = re.compile(r"^(?:由|以及|及|和|与)|(?:参加|共同参与|共同负责|分别负责)$")
_ROLE_NOTE = re.compile(r"[（(](?:牵头|排名不分先后|列第一位的为牵头单位)[）)]")
_TAIL = re.compile(
    r"(?:(?:街道|乡|镇|乡镇|园区|开发区|工业园区|功能区|管委会|区|县|市|旗|社区|行政村|村|农场|林场|场|景区|办事处|街道办"
    r"|街道办事处|人民政府|政府|直属机构|直属单位|部门|单位|高等院校|高校|中小学校?|学校|企业|[（(][^（）()]{1,6}[）)]))+"
)
_DOMAIN = (
    "教育|体育|教体|教科|科技|科学技术|工信|工业|信息化|和|民族|宗教|公安|民政|司法|财政|人社|人力资源|社会保障|保障|资源|自然资源|规划"
    "|生态|环境|生态环境|住建|住房|城乡|建设|城市管理|综合执法|行政执法|城管|交通|运输|水利|水务|农业|农村|商务|文化|旅游|文旅|文广|新|旅|广电|广播|电视"
    "|新闻出版|卫健|卫生|健康|计划生育|退役军人|事务|应急|管理|审计|国资|国有资产|监管|监督|市场|市场监管|统计|医保|医疗|乡村振兴|林业|园林|气象|地震|税务"
    "|信访|机关|大数据|数据|发展|改革|发改|金融|粮食|物资|储备|政务|服务|行政审批|审批|供销|档案|史志|外事|投资|促进|招商|邮政|烟草|电力|供电|消防|救援"
    "|知识产权|药品|食品|粮储|能源|海洋|渔业|畜牧|兽医|农机|移民|人防|国动|国防|动员|机构|编制"
)
_STEM = re.compile(
    rf"(?:{_DOMAIN})+(?:局|委|委员会|厅|办|办公室|中心|总队|支队|大队|总社|社)"
    r"|妇联|妇女联合会|科协|科学技术协会|总工会|残联|残疾人联合会|红十字会|文联|社科联|社联|工商联|关工委|侨联|贸促会|供销社|计生协|老科协"
    r"|融媒体中心|传媒中心|广播电视台|档案馆|图书馆|科技馆|博物馆|文化馆|法院|检察院|人民法院|人民检察院|政协|人大常委会|人大|政府办公室|政府办"
)
_PARTY = re.compile(
    r"组织部|宣传部|统战部|统一战线工作部|政法委(?:员会)?|编办|编委办|网信办|老干部局|党校|社会工作部|社工部|巡察办|政研室|改革办|"
    r"直属机关工委|机关工委|史志办|党史办|文明办|国安办|外办|台办|农办|金融办|军民融合办"
)
_PREFIX = re.compile(rf"(?:[\u4e00-\u9fa5]{{2,3}})?[{_LEVEL}](?=委|人民政府|政府|{_STEM.pattern})")
_GROUP = re.compile(
    r"^(?:各|全市各|全县各|全区各)|各[^、]*(?:单位|部门|乡|镇|街道|县|区|政府)|(?:有关|相关|其他|成员)(?:责任|职能|成员)?(?:单位|部门|企业|高校)"
    r"|(?:单位|部门)等$|^(?:乡镇|乡（镇）|街道|县（市、区）)"
)


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one list, as written but for those that the list shortens."""

    names: tuple[str, ...]
    expanded: tuple[str, ...]
    open_ended: bool
    are_units: bool


def is_group(name: str) -> bool:
    """Whether a name stands for several units: 各乡（镇）、街道, 市直有关单位."""
    return bool(_GROUP.search(name))


def names_in(text: str, before: str = "") -> Names:
    """Read a list of units; ``before`` is the name in front of it, from which a prefix may be left out."""
    text = _ROLE_NOTE.sub("", text)
    pieces: list[str] = []
    open_ended = False
    for piece in (part for whole in split(text, _SEPARATOR) for part in _joint(whole)):
        cut = _OPEN_END.sub("", piece)
        open_ended |= cut != piece
        name = _NOISE.sub("", cut).strip(" 　。．.：:")
        if name and pieces and _continues_group(pieces[-1], name):
            pieces[-1] += "、" + name
        elif name and not _REMARK.search(name):
            pieces.append(name)
    names, expanded = _complete(pieces, before)
    return Names(names, expanded, open_ended, bool(names) and all(map(_is_unit, names)))


def split(text: str, signs: str) -> Iterator[str]:
    """Split at signs that stand in no bracket."""
    depth, start = 0, 0
    for offset, sign in enumerate(text):
        depth = max(depth + (sign in _OPEN) - (sign in _CLOSE), 0)
        if depth == 0 and sign in signs:
            yield text[start:offset]
            start = offset + 1
    yield text[start:]


def _joint(piece: str) -> Iterator[str]:
    """Split 市教体局和市科协, not 市人力资源和社会保障局."""
    for match in re.finditer(r"以及|和|及|与", piece):
        left, right = piece[: match.start()], piece[match.end() :]
        if re.search(rf"{_END}$", left) and _PLACED.match(right) and _is_unit(left):
            yield left
            yield from _joint(right)
            return
    yield piece


def _continues_group(before: str, name: str) -> bool:
    return is_group(before) and "各" in before and bool(_TAIL.fullmatch(name)) and "各" not in name


def _is_unit(name: str) -> bool:
    if len(name) > _LONGEST or _NO_UNIT.match(name):
        return False
    return (is_group(name) and len(name) > 1) or (
        len(name) >= _SHORTEST and bool(re.search(rf"(?:{_END}|[）)])$", name))
    )


def _complete(pieces: Iterable[str], before: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names: list[str] = []
    expanded: list[str] = []
    last = before
    rest = list(pieces)
    for index, name in enumerate(rest):
        following = rest[index + 1] if index + 1 < len(rest) else ""
        full = _full(name, last, following)
        if full != name:
            expanded.append(full)
        names.append(full)
        last = full if _PREFIX.match(full) else last
    return tuple(dict.fromkeys(names)), tuple(dict.fromkeys(expanded))


def _full(name: str, before: str, following: str) -> str:
    if re.fullmatch(rf"[{_LEVEL}]委", name) and re.fullmatch(
        rf"[{_LEVEL}]?(?:人民)?政府办(?:公室|公厅)?", following
    ):
        return name + following[following.index("办") :]
    level = _PREFIX.match(before)
    if level is None:
        return name
    prefix = level[0]
    if _PARTY.fullmatch(name):
        return f"{prefix}委{name}"
    return prefix + name if _STEM.fullmatch(name) else name


def aliases(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Propose pairs that may be one unit under two names: by similarity, for a person to judge."""
    known = [name for name in dict.fromkeys(names) if not is_group(name)]
    return tuple(pair for pair in combinations(known, 2) if _are_near(*pair))


def _are_near(one: str, other: str) -> bool:
    short, long = sorted((_core(one), _core(other)), key=len)
    if not short or short[:1] != long[:1] or one[:1] != other[:1]:
        return False
    return short == long or (len(short) > 1 and _is_within(short, long) and _ending(one) == _ending(other))


_ENDINGS = {"委员会": "委", "办公室": "办", "街道办事处": "街道", "管理委员会": "管委会"}


def _ending(name: str) -> str:
    return next((short[-1] for long, short in _ENDINGS.items() if name.endswith(long)), name[-1])


def _core(name: str) -> str:
    for long, short in _ENDINGS.items():
        name = name.removesuffix(long) + short if name.endswith(long) else name
    return re.sub(r"[和与、（）()]|人民", "", name[:-1] if len(name) >= _SHORTEST else name)


def _is_within(short: str, long: str) -> bool:
    """Whether the signs of the short name stand in the long one in the same order."""
    rest = iter(long)
    return all(sign in rest for sign in short)
