"""The kinds of evidence (佐证种类) that forms, editors and kesu record offer; a unit may write another."""

import re

KINDS = (
    "签到表",
    "照片",
    "报道",
    "文件",
    "通知",
    "方案",
    "总结",
    "统计表",
    "证书",
    "名册",
    "协议",
    "其他",
)
OTHER = "其他"
_SPARE = re.compile(r"[\W\d_]+\Z")
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")


def kind_named(stem: str) -> str:
    """Return the kind with which a file's name ends, as in 培训班签到表(2); OTHER where it ends with none."""
    name = _SPARE.sub("", _BRACKETS.sub("", stem))
    return next((kind for kind in KINDS if kind != OTHER and name.endswith(kind)), OTHER)
