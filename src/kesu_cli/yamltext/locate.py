"""Where a reader should look for what stands at a path of a tree."""

from collections.abc import Sequence

from kesu_cli.diagnostic import START_OF_FILE, Span, Step
from kesu_cli.yamltext.tree import ListNode, MappingNode, ScalarNode, TreeNode


def locate(tree: TreeNode | None, path: Sequence[Step]) -> Span:
    """Return the span of a path, or of its nearest ancestor that has one.

    A scalar is its own place, a mapping or list under a key is at the key, an item of a list and the
    whole of a text at the first key within.
    """
    mark, _ = _look_up(tree, path)
    return mark.span if mark else START_OF_FILE


def last_line(tree: TreeNode | None, path: Sequence[Step]) -> int:
    """Return the last line of what stands at a path; of a whole text only that of its place."""
    mark, node = _look_up(tree, path)
    last = _last(node) if path and node and not isinstance(node, ScalarNode) else None
    return max((found.span.end_line for found in (mark, last) if found), default=START_OF_FILE.end_line)


def _look_up(tree: TreeNode | None, path: Sequence[Step]) -> tuple[ScalarNode | None, TreeNode | None]:
    """Return the scalar that marks the place of a path, and the node there (None where there is none)."""
    mark, node = _first(tree) if tree else None, tree
    for step in path:
        found, node = _step(node, step)
        mark = found or mark
    return mark, node


def _step(node: TreeNode | None, step: Step) -> tuple[ScalarNode | None, TreeNode | None]:
    if isinstance(node, MappingNode):
        pair = node.pair(step)
        return (_mark(*pair), pair[1]) if pair else (None, None)
    if isinstance(node, ListNode) and isinstance(step, int) and 0 <= step < len(node.items):
        return _first(node.items[step]), node.items[step]
    return None, None


def _mark(key: ScalarNode, value: TreeNode) -> ScalarNode:
    return value if isinstance(value, ScalarNode) and value.is_written else key


def _first(node: TreeNode) -> ScalarNode | None:
    """Return the first key or empty item within; a list of texts alone has no place but that of its key."""
    if isinstance(node, ScalarNode):
        return node
    if isinstance(node, MappingNode):
        return node.pairs[0][0] if node.pairs else None
    inner = (item for item in node.items if not isinstance(item, ScalarNode) or not item.is_written)
    return next((first for item in inner if (first := _first(item))), None)


def _last(node: TreeNode) -> ScalarNode | None:
    if isinstance(node, ScalarNode):
        return node
    if isinstance(node, ListNode):
        return next((last for item in reversed(node.items) if (last := _last(item))), None)
    if not node.pairs:
        return None
    key, value = node.pairs[-1]
    return _mark(key, value) if isinstance(value, ScalarNode) else _last(value) or key
