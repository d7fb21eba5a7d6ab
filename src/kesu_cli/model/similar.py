"""Similarity of names: it suggests, it never binds."""

from collections.abc import Iterable


def suggest(name: str, known: Iterable[str], cutoff: int = 50) -> str:
    """Return the most similar known name, or an empty string where none is near."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(name, sorted(set(known)), scorer=fuzz.ratio, score_cutoff=cutoff)
    return best[0] if best else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a sentence that offers the most similar name, or an empty string."""
    near = suggest(name, known)
    return f"是否应为“{near}”？" if near else ""
