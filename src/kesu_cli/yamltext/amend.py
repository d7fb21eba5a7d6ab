"""Changes a YAML text so that it says something else; what says the same stays as it was typed.

Comments, blank lines, quotes, indentation and line breaks of whatever is not changed are kept to the
byte: an editor that reads and writes the whole tree would lay out anew what nobody touched.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from kesu_cli.diagnostic import Place, Step
from kesu_cli.yamltext.read import read
from kesu_cli.yamltext.text_edit import (
    CannotAmend,
    Edit,
    applied,
    column_of,
    has_only_returns,
    line_after,
    line_end,
    line_start,
    lines_behind,
)
from kesu_cli.yamltext.tree import ListNode, MappingNode, ScalarNode, TreeNode, plain, tree_of
from kesu_cli.yamltext.write import Node, flow_text, item_lines, key_lines, scalar

Path = tuple[Step, ...]


def amend(text: str, wanted: Mapping[str, Node]) -> str:
    """Return the text, changed where it must be, so that it reads as ``wanted``.

    The text must be one that the reference reader takes and that holds a mapping. Raises CannotAmend
    where the outcome would not read as wanted.
    """
    if has_only_returns(text):
        return amend(text.replace("\r", "\n"), wanted).replace("\n", "\r")
    return _changed(text, _mapping(text, _root(text), wanted), wanted)


def amend_at(text: str, values: Mapping[Path, str]) -> str:
    """Return the text with values written where the paths lead, or as new keys, as ``amend`` does."""
    if has_only_returns(text):
        return amend_at(text.replace("\r", "\n"), values).replace("\n", "\r")
    root = _root(text)
    wanted = plain(root)
    for path, value in values.items():
        wanted = put(wanted, path, value)
    edits = (edit for path, value in values.items() for edit in _at(text, root, path, value))
    return _changed(text, edits, wanted)


def _root(text: str) -> MappingNode:
    root = tree_of(text)
    if not isinstance(root, MappingNode):
        raise CannotAmend
    return root


def put(data: Any, path: Path, value: str) -> Any:
    """Return data that holds a value at a path, the rest shared."""
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(data, Mapping):
        return {**data, first: put(data.get(first), rest, value)}
    return [put(item, rest, value) if index == first else item for index, item in enumerate(data)]


def _changed(text: str, edits: Iterable[Edit], wanted: Node) -> str:
    changed = applied(text, sorted(edits, key=lambda edit: edit[:2]))
    data, faults = read(changed, Place(""))
    if faults or _frozen(data) != _frozen(wanted):
        raise CannotAmend
    return changed


def _at(text: str, node: TreeNode, path: Path, value: str, *, in_flow: bool = False) -> Iterator[Edit]:
    if not path:
        yield from _node(text, node, value, in_flow=in_flow)
        return
    step, rest = path[0], path[1:]
    within = node.pair(str(step)) if isinstance(node, MappingNode) else None
    if isinstance(node, ListNode):
        yield from _at(text, node.items[int(step)], rest, value, in_flow=node.flow)
    elif isinstance(node, MappingNode) and within is None:
        yield from _added_keys(text, node, {**plain(node), str(step): value})
    elif isinstance(node, MappingNode) and within is not None:
        yield from _at(text, within[1], rest, value, in_flow=node.flow)


def _node(text: str, old: TreeNode, new: Node, *, in_flow: bool = False) -> Iterator[Edit]:
    if plain(old) == new:
        return
    if isinstance(old, MappingNode) and isinstance(new, Mapping):
        yield from _mapping(text, old, new)
    elif isinstance(old, ListNode) and _is_list(new):
        yield from _list(text, old, new)
    elif isinstance(old, ScalarNode) and not old.is_block:
        before = text[old.start : old.end]
        written = _like(before, new, in_flow=in_flow) if isinstance(new, str) else flow_text(new)
        yield Edit(old.start, old.end, written if before else f" {written}")
    elif not isinstance(old, ScalarNode) and old.flow:
        yield Edit(old.start, old.end, flow_text(new))
    else:
        raise CannotAmend


def _like(before: str, new: str, *, in_flow: bool) -> str:
    """Write a scalar in the quotes of the one before it, where what it says allows that."""
    quote = before[:1]
    if quote in ("'", '"') and new and new.isprintable() and "'" not in new and not re.search(r'["\\]', new):
        return f"{quote}{new}{quote}"
    return scalar(new, in_flow=in_flow)


def _is_list(node: Node) -> bool:
    return isinstance(node, Sequence) and not isinstance(node, str)


def _mapping(text: str, old: MappingNode, new: Mapping[str, Node]) -> Iterator[Edit]:
    kept = [(key, value) for key, value in old.pairs if key.text in new]
    if len(kept) < len(old.pairs) and old.flow:
        yield Edit(old.start, old.end, flow_text(new))
        return
    for key, value in old.pairs:
        if key.text not in new:
            yield _without_key(text, key, value)
        elif not _can_stay(value, new[str(key.text)]):
            yield (_in_flow if old.flow else _written_anew)(text, key, value, new[str(key.text)])
        else:
            yield from _node(text, value, new[str(key.text)], in_flow=old.flow)
    yield from _added_keys(text, old, new)


def _can_stay(old: TreeNode, new: Node) -> bool:
    """Whether a value can be changed within its own bounds."""
    if isinstance(old, ScalarNode):
        return plain(old) == new or (
            not old.is_block and (isinstance(new, str) or old.text is not None or not new)
        )
    if old.flow:
        return bool(plain(old)) or not new
    return _is_list(new) if isinstance(old, ListNode) else isinstance(new, Mapping)


def _without_key(text: str, key: ScalarNode, value: TreeNode) -> Edit:
    start = line_start(text, key.start)
    if text[start : key.start].strip():
        raise CannotAmend  # the key stands behind a dash
    return Edit(start, line_after(text, max(value.end, key.end)), "")


def _in_flow(text: str, key: ScalarNode, value: TreeNode, new: Node) -> Edit:
    """Write a value again within the braces that it stands in."""
    _refuse_comments(text, value)
    start, end = max(value.start, key.end), max(value.end, key.end)
    space = "" if text[start - 1].isspace() else " "
    return Edit(start, end, f"{space}{flow_text(new)}")


def _refuse_comments(text: str, value: TreeNode) -> None:
    """Refuse to write a list or mapping anew that holds comments: they would be lost."""
    if not isinstance(value, ScalarNode) and "#" in text[value.start : value.end]:
        raise CannotAmend


def _written_anew(text: str, key: ScalarNode, value: TreeNode, new: Node) -> Edit:
    """Write a key and its value again, below the words that stand behind it on its line."""
    _refuse_comments(text, value)
    lines = list(key_lines(str(key.text), new))
    indent = " " * column_of(text, key.start)
    end = max(value.end, key.end)
    stays = isinstance(value, ScalarNode) or end > value.start
    rest = text[end : line_end(text, end)] if stays else ""
    first = f"{lines[0]}{rest}" if rest.strip() else lines[0]
    following = "".join(f"\n{indent}{line}" for line in lines[1:])
    return Edit(key.start, line_end(text, end), first + following)


def _added_keys(text: str, old: MappingNode, new: Mapping[str, Node]) -> Iterator[Edit]:
    """Put each new key behind the key that precedes it in ``new``."""
    known = {str(key.text): max(key.end, value.end) for key, value in old.pairs}
    behind = old.end if not old.flow else None
    last = max(known.values(), default=old.start + 1)
    for key, value in new.items():
        if key in known:
            behind = known[key]
            continue
        if old.flow:
            comma = ", " if known else ""
            yield Edit(last, last, f"{comma}{flow_text({key: value})[1:-1]}")
        else:
            indent = " " * column_of(text, old.start)
            lines = [indent + line for line in key_lines(key, value)]
            yield lines_behind(text, behind or old.end, lines)


def _list(text: str, old: ListNode, new: Any) -> Iterator[Edit]:
    if old.flow:
        yield from _flow_list(text, old, new)
        return
    if not new:
        raise CannotAmend
    before = [_frozen(plain(item)) for item in old.items]
    after = [_frozen(item) for item in new]
    for tag, low, high, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _stretch(text, old, (low, high), list(new[first:last]))


def _flow_list(text: str, old: ListNode, new: Any) -> Iterator[Edit]:
    known = len(old.items)
    if not known or len(new) < known:
        _refuse_comments(text, old)
        yield Edit(old.start, old.end, flow_text(new))
        return
    for item, value in zip(old.items, new, strict=False):
        yield from _node(text, item, value, in_flow=True)
    more = "".join(f", {flow_text(item)}" for item in new[known:])
    yield Edit(old.items[-1].end, old.items[-1].end, more)


def _stretch(text: str, old: ListNode, bounds: tuple[int, int], new: list[Node]) -> Iterator[Edit]:
    """Turn some items of a block list into others: those about the same thing change, others go or come."""
    low, high = bounds
    before = [_subject(plain(item)) for item in old.items[low:high]]
    after = [_subject(item) for item in new]
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            for index, item in zip(range(low + start, low + end), new[first:last], strict=True):
                yield from _item(text, old, index, item)
            continue
        for index in range(low + start, low + end):
            yield _without_item(text, old, index)
        if first < last:
            yield _inserted(text, old, low + start, new[first:last])


def _subject(item: Any) -> Any:
    """Return what an item is about: the first value of a mapping, as the task of an entry is."""
    return _frozen(next(iter(item.values()), None) if isinstance(item, Mapping) else item)


def _without_item(text: str, old: ListNode, index: int) -> Edit:
    return Edit(line_start(text, _dash(text, old, index)), line_after(text, old.items[index].end), "")


def _inserted(text: str, old: ListNode, index: int, new: list[Node]) -> Edit:
    """Put items in front of the one with that index, behind the one before it."""
    column = column_of(text, old.start)
    lines = [line for item in new for line in item_lines(item, " " * column)]
    if index:
        return lines_behind(text, old.items[index - 1].end, lines, deeper_than=column)
    start = line_start(text, old.start)
    return Edit(start, start, "".join(f"{line}\n" for line in lines))


def _item(text: str, old: ListNode, index: int, new: Node) -> Iterator[Edit]:
    try:
        edits = list(_node(text, old.items[index], new))
    except CannotAmend:
        dash = _dash(text, old, index)
        lines = item_lines(new, " " * column_of(text, old.start))
        end = line_end(text, old.items[index].end)
        edits = [Edit(dash, end, "\n".join(lines).lstrip())]
    yield from edits


def _dash(text: str, old: ListNode, index: int) -> int:
    """Find the dash of an item: the first one in the column of the list behind the item before."""
    if index == 0:
        return old.start
    lower = old.items[index - 1].end
    column = column_of(text, old.start)
    match = re.compile(rf"^ {{{column}}}-", re.MULTILINE).search(text, lower, old.items[index].start)
    if match is None:
        raise CannotAmend
    return match.end() - 1


def _frozen(data: Any) -> Any:
    """Make data hashable, so that lists of it can be aligned.

    Line breaks at the end of a text do not tell: a block of text that ended the file gains one.
    """
    if isinstance(data, Mapping):
        return frozenset((key, _frozen(value)) for key, value in data.items())
    if isinstance(data, str):
        return data.rstrip("\n")
    return tuple(map(_frozen, data)) if isinstance(data, (list, tuple)) else data
