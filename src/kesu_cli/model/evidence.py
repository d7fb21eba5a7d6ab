"""Evidence (佐证材料) by what is written of it alone: its kind, and where its path leads."""

import re
from pathlib import PurePosixPath, PureWindowsPath

KINDS = (  # offered by forms, editors and kesu record; a unit may write another
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


def relative(written: str) -> str | None:
    """Return a path with forward slashes; None where it begins at the top of a disk."""
    path = written.replace("\\", "/")
    absolute = PurePosixPath(path).is_absolute() or bool(PureWindowsPath(path).drive)
    return None if absolute else path


def leads_outside(written: str) -> bool:
    """Whether a path leads out of the folder that it is written for."""
    path = relative(written)
    if path is None:
        return True
    depth = 0
    for part in PurePosixPath(path).parts:
        depth += -1 if part == ".." else 1
        if depth < 0:
            return True
    return False
