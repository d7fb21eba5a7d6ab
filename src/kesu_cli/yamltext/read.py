"""YAML text to plain data, or to the faults that keep it from being read."""

import yaml

from kesu_cli.diagnostic import Fault, FaultKind, Place
from kesu_cli.yamltext.leniency import refuse_leniency
from kesu_cli.yamltext.syntax_message import explain_no_mapping, explain_syntax
from kesu_cli.yamltext.tree import TOO_DEEP, Data, NotTaken, walk

_TOO_DEEP_FOR_LIBYAML = "maximum nesting depth"  # PyYAML 6.0.4 refuses a thousand brackets by itself


MOST_ITEMS = 100_000  # what two megabytes that people fill in do not reach; each may be wrong in several ways


def read(text: str, place: Place) -> tuple[Data, tuple[Fault, ...]]:
    """Read one YAML document as mappings, lists, text and None (for what is left empty).

    Anchors, aliases, tags, merge keys, second documents and duplicate keys are faults; then, as
    after a syntax error, the data is None.
    """
    try:
        data = walk(text)
        refuse_leniency(text)
    except NotTaken as refused:
        return None, (Fault(refused.kind, place, refused.message, refused.hint, refused.span),)
    except yaml.YAMLError as error:
        message, hint, span = explain_syntax(error, text)
        if _TOO_DEEP_FOR_LIBYAML in str(error):
            return None, (Fault(FaultKind.SUBSET, place, *TOO_DEEP, span),)
        return None, (Fault(FaultKind.SYNTAX, place, message, hint, span),)
    return data, ()


def read_mapping(text: str, place: Place) -> tuple[Data, tuple[Fault, ...]]:
    """Read a document that must be a mapping, as every file of a workspace is."""
    data, faults = read(text, place)
    if faults:
        return data, faults
    if len(text) > MOST_ITEMS and (count := _items(data)) > MOST_ITEMS:
        message = f"文件里有 {count} 项内容，超过 {MOST_ITEMS} 项的上限"
        return None, (Fault(FaultKind.UNREADABLE, place, message, "请删去重复的和空着的内容"),)
    if isinstance(data, dict):
        return data, faults
    if data is None:
        fault = Fault(FaultKind.UNREADABLE, place, "文件是空的，或只有注释", "请按格式填写，或删除这个文件")
        return None, (fault,)
    message, hint, span = explain_no_mapping(text)
    return None, (Fault(FaultKind.SYNTAX, place, message, hint, span),)


def _items(data: Data) -> int:
    """Count the pairs of all mappings and the items of all lists."""
    count, left = 0, [data]
    while left:
        within = left.pop()
        if isinstance(within, (dict, list)):
            count += len(within)
            left.extend(within.values() if isinstance(within, dict) else within)
    return count
