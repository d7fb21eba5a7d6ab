"""Per what a number is asked: 每千人口, 每个县, 人均, 各乡镇."""

import re

from kesu_cli.drafting.clause_break import sentence_before
from kesu_cli.drafting.measure_word import DIVISIONS

_RHYTHM = (
    "年|月|季|旬|周|天|日|学期|学年|半年|半个?月|次|期|届|轮|批|场|班|节|堂|逢"
    r"|[一二两三四五六七八九十\d]+(?:年|个月|月|天|周|学期|次)"
)
_EACH = re.compile(
    rf"每(?!{_RHYTHM})(?P<many>\d*[十百千万亿]*|[一二两三四五十百千万]+)?(?P<word>[名位个所家座户支项])?"
    r"(?P<noun>[^，。；、：\d每至不配拥建设有达培开举给予补奖通按]{0,8})"
)
_MANY = re.compile(  # 千人口注册护士数
    "(?:^|[，。；、年])(?P<many>[百千万]|十万|百万)(?:(?:常住|户籍)?人口|名[一-龥]{2,6}|人)(?=[一-龥]{2})"
)
_AVERAGE = re.compile("(?P<kind>[人户生校村县师床亩地])均(?!预期|期望|寿命|受教育)")
_ALL = re.compile(
    rf"(?:各(?!级|类|项|界|种|地|省会)|所有|有条件的|条件成熟的)(?P<kind>{DIVISIONS}|中小学校?|学校|单位)"
)
_EVERY_ONE = re.compile("(?P<kind>[县乡镇村校户])(?P=kind)")
_OF_CITIES = re.compile("的(?:大|中等|小|特大)?城市[^，。；]{0,24}(?:至少|拥有|建有|有)[^，。；]{0,2}$")
_HEAD = re.compile(f"(?:具备条件的|有条件的|行政|以上|以下)*(?P<head>{DIVISIONS}|.*)")
_TAIL = re.compile("（.*|学生人数.*|均.*")
_SIZE = re.compile("(?:建筑)?面积|规模|投资")  # 每个面积不低于200平方米
_PERSONS = ("人", "名", "常住", "户籍", "就业", "老", "居民", "劳动者")
_ONE = {"", "一", "1"}


def entity(text: str, number: int) -> str:
    """Say per what the number is asked, reading what stands before it; often nothing.

    每 and 人均 hold for the whole sentence, 各 and 所有 only for their clause.
    """
    sentence = sentence_before(text, number)
    clause = re.split("[，：:]", sentence)[-1]
    shift = len(sentence) - len(clause)
    found = [(match.start(), _each(match)) for match in _EACH.finditer(sentence)]
    found += [(match.start(), match["kind"]) for match in _AVERAGE.finditer(sentence)]
    found += [(match.start(), match["many"] + "人") for match in _MANY.finditer(sentence)]
    for pattern in (_ALL, _EVERY_ONE):
        found += [(shift + match.start(), _short(match["kind"])) for match in pattern.finditer(clause)]
    if found:
        return max(found)[1]
    return "市" if _OF_CITIES.search(clause) else ""


def _each(match: re.Match[str]) -> str:
    many, word, noun = match["many"] or "", match["word"] or "", _short(match["noun"])
    if many not in _ONE:
        return many + _kind_of_many(word, noun)
    if word == "户":
        return word
    if _SIZE.match(noun):
        return word
    return "人" if word in {"名", "位"} else noun


def _kind_of_many(word: str, noun: str) -> str:
    """Name what is counted by the thousand: 每千人口, 每百户, 每百家企业."""
    if word in {"名", "位"} or (not word and (not noun or noun.startswith(_PERSONS))):
        return "人"
    return word or ("户" if noun.startswith("户") else noun)


def _short(noun: str) -> str:
    match = _HEAD.match(noun.strip())
    return _TAIL.sub("", match["head"] if match else noun)
