"""Per what a number is asked: 每千人口, 每个县, 人均, 各乡镇."""

import re

from kesu_cli.drafting.measure_word import DIVISIONS

_PEOPLE = re.compile(r"(?P<many>(?:\d+|[一二三四五六七八九十])?[十百千万亿]+)(?P<kind>人|户|名|个|家)?")
_EACH = re.compile(
    r"(?:每(?:一)?|平均每)(?!年|月|季|周|天|日|学期|学年|半年|次|期|届|轮|批|场|班|节|堂|两年|年度|逢|班次|[一二两三四五六七八九十\d]+(?:年|个月|月|天|周|学期|次))"
    r"(?P<many>\d*[十百千万亿]*|[一二两三四五十百千万]+)?(?P<word>[名位个所家座户支项])?"
    r"(?P<noun>[^，。；、：\d每至不配拥建设有达培开举]{0,8})"
)
_BARE = re.compile(
    r"(?:^|[，。；、年])(?P<many>[百千万]|十万|百万)(?:(?:常住|户籍)?人口|名[一-龥]{2,6}|人)(?=[一-龥]{2})"
)  # 千人口注册护士数
_AVERAGE = re.compile(r"(?P<kind>人|户|生|校|村|县|师|床|亩|地)均(?!预期|期望|寿命|受教育)")
_ALL = re.compile(
    rf"(?:各(?!级|类|项|界|种|地|省会)|所有|有条件的|条件成熟的)(?P<kind>{DIVISIONS}|中小学校|中小学|学校|单位)"
)
_EVERY_ONE = re.compile(r"(?P<kind>县|乡|镇|村|校|户)(?P=kind)")
_OF_CITIES = re.compile(r"的(?P<kind>(?:大|中等|小|特大)?城市)(?:[^，。；]{0,24})$")
_HEAD = re.compile(rf"(?:具备条件的|有条件的|行政|以上|以下)*(?P<head>{DIVISIONS}|.*)")
_PERSONS = "名位"


def entity(text: str, number: int) -> str:
    """Say per what the number is asked, reading what stands before it in its clause; often nothing."""
    clause = re.split("[。；;\n]", text[:number])[-1]
    found = [(match.start(), _name(match)) for match in _EACH.finditer(clause)]
    found += [(match.start(), match["kind"]) for match in _AVERAGE.finditer(clause)]
    found += [(match.start(), match["many"] + "人") for match in _BARE.finditer(clause)]
    near = re.split("[，。；;：:\n]", clause)[-1]
    shift = len(clause) - len(near)
    for pattern in (_ALL, _EVERY_ONE):
        found += [(shift + match.start(), _short(match["kind"])) for match in pattern.finditer(near)]
    if found:
        return max(found)[1]
    city = _OF_CITIES.search(near)
    return "市" if city and re.search("至少|拥有|建有|有$", near) else ""


def _name(match: re.Match[str]) -> str:
    many, word, noun = match["many"] or "", match["word"] or "", _short(match["noun"])
    if many and many not in {"一", "1"}:
        return many + ("户" if noun.startswith("户") or word == "户" else _unit_of_many(word, noun))
    if word in {"户"}:
        return "户"
    if word and word in _PERSONS:
        return "人"
    return noun


def _unit_of_many(word: str, noun: str) -> str:
    if word and word in _PERSONS:
        return "人"
    if (
        (word
        and word in "个家所座")
        or (noun and not noun.startswith(("人", "名", "常住", "就业", "老", "居民")))
    ):
        return (word or "") + ("" if word else noun)
    return "人"


def _short(noun: str) -> str:
    match = _HEAD.match(noun.strip())
    head = match["head"] if match else noun
    return re.sub("（.*|学生人数.*|均.*", "", head)
