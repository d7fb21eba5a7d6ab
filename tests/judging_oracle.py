"""A second, naive implementation of the judging, by somebody who had seen neither the program nor its pages.

It was written from the agreement on judging alone. Where the agreement is silent or can be read in two ways
the reading was chosen by the author, and settled afterwards where the program read it otherwise: each such
place is a switch of READINGS or says so beside the line. judging_oracle.md lists all readings.

    judge(ws, year, as_of, over, today=None)  -> list of standings (dicts)
    random_workspace(seed)                    -> a workspace (dict); ws["check"] holds year, as_of, over
    write_workspace(ws, folder)               -> the same as files of a workspace
"""

# mypy: ignore-errors
import calendar
import hashlib
import json
import os
import random
import sys
import unicodedata
from datetime import date, timedelta
from fractions import Fraction

# --------------------------------------------------------------------------------------------------------
# READINGS: the switches. The numbers are those of NOTES.md.
READINGS = {
    "late": False,  # 30: 逾期完成 is another part of the design
    "range_in_window": "last",  # 5: last | first | most | overlap: which day(s) of {from,to} decide the window
    "range_as_of": "last",  # 6: last | first: the day of a range that must not lie after as_of
    "total_latest": "by_unit",  # 9: by_unit (sum of each unit's newest level) | pool (newest of all)
    "total_max": "by_unit",  # 9
    "unreported_needs": "all",  # 14: all | any of the sources silent, and nothing in
    "unreadable_is_silent": False,  # 15
    "range_interior": False,  # 21: look inside the interval of a range/equal, not only at its two ends
    "equal_open": "open",  # 25: pace | range (限内 while below)
    "about_open": "pace",  # 25
    "between_below_level": "open",  # 26: on_pace | behind, for an open LEVEL below the range
    "between_below_sum": "open",  # 26: on_pace | open, for an open accumulation below the range
    "behind_capped": True,  # 31: behind of a soft task is never heavier than its miss (a note)
    "nofigure_over": "missed",  # 24: missed | open: word of a level without a figure in a window that is over
    "duty_counts": "not_ongoing",  # 12: not_ongoing | done | done_by_lead
    "light_exceeded": "yellow",  # 33: the light of 已超出
    "open_is_well": True,  # 22: for 待核实 before the end, `open` lies on the good side
    "ceiling_before_due": "known",  # 17: known | unknown: what absent/draft reports may hold before their due day
}

# --------------------------------------------------------------------------------------------------------
# FIELDS: spellings of the YAML that §2-§3 do not show. Correct them here, in one place.
FIELDS = {
    "plan.title": "title",
    "plan.issuer": "issuer",
    "plan.issued": "issued",
    "plan.period": "period",
    "plan.period.start": "from",
    "plan.period.end": "to",
    "task.spread": "spread",
    "task.items": "items",
    "task.baseline": "baseline",
    "task.interim": "interim",
    "task.throughout": ("throughout", True),
    "task.on_event": ("on_event", True),
    "task.lead": "lead",
    "task.responsible": "responsible",
    "target.unit": "unit",
    "owners_all_lead": False,  # False: first owner in lead, the others in responsible
    "units.list": "units",
    "unit.name": "name",
    "unit.kind": "kind",
    "unit.kind.value": "政府部门",
    "unit.aliases": "aliases",
    "policy.report_due": "report_due",
    "policy.review_due": None,
    "policy.semesters": "semesters",
    "policy.semester.name": "name",
    "policy.semester.start": "from",
    "policy.semester.end": "to",
    "policy.about_within": "about_within",
    "policy.lights": "lights",
    "policy.lights.yellow": "yellow_within",
    "policy.evidence": "evidence",
    "policy.source_of_record": "source_of_record",
    "policy.throughout": None,  # yearly is the default: not written
    "policy.office": None,
    "policy.office.value": None,
    "entry.numerator": "numerator",
    "entry.denominator": "denominator",
    "entry.status": "status",
    "entry.status.done": "done",
    "entry.status.ongoing": "ongoing",
    "entry.items": "items",
    "percent.unit": "%",
    "evidence.kind": "文件",
    "evidence.root": "",  # folder (below the workspace) that evidence paths start from
    "unreadable.text": "unit: [\n  这个文件坏了\n",
}

NOFIG = "nofig"  # there is no figure at all
NEG = "-inf"  # unknown, without a lower end
INF = "inf"  # unknown, without an upper end
RANK = {
    "unreported": 0,
    "missed": 0,
    "behind": 1,
    "open": 2,
    "upcoming": 2,
    "on_pace": 3,
    "late": 4,
    "met": 5,
}
WEIGHTS = ["none", "note", "warning", "error"]
STRENGTH_WEIGHT = {"hard": "error", "firm": "warning", "soft": "note"}
COMPARATORS = ["at_least", "more_than", "at_most", "less_than", "equal", "about", "between"]
TALLIES = ["sum", "latest", "max", "count"]
LOWER = ("at_least", "more_than")
UPPER = ("at_most", "less_than")


# ---------------------------------------------------------------------------------------------- dates
def day(text):
    if isinstance(text, date):
        return text
    y, m, d = text.split("-")
    return date(int(y), int(m), int(d))


def month_day(year, text):
    m, d = text.split("-")
    m, d = int(m), int(d)
    last = calendar.monthrange(year, m)[1]
    return date(year, m, min(d, last))


def month_span(year, month):
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def entry_days(entry):
    """(first, last, is_month)"""
    d = entry["date"]
    if isinstance(d, dict):
        return day(d["from"]), day(d["to"]), False
    if len(d) == 7:
        a, b = month_span(int(d[:4]), int(d[5:7]))
        return a, b, True
    return day(d), day(d), False


def passed(limit, as_of, over):
    """Is the day `limit` over, on as_of?"""
    if limit < as_of:
        return True
    if limit == as_of and over:
        return True
    return False


def days_shared(a, b, c, d):
    first = max(a, c)
    last = min(b, d)
    return max(0, (last - first).days + 1)


def fold(name):
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(ch for ch in text if not ch.isspace())


# ---------------------------------------------------------------------------------------------- windows
def task_windows(ws, task):
    """All windows of a task: dicts with start, end (cut to the period) and full_start, full_end (not cut)."""
    p_start, p_end = day(ws["period"]["start"]), day(ws["period"]["end"])
    when = task["when"]
    full = []
    if "by" in when:
        full.append((p_start, day(when["by"])))
        return [{"start": a, "end": b, "full_start": a, "full_end": b} for a, b in full]
    if "during" in when:
        full.append((date(when["during"], 1, 1), date(when["during"], 12, 31)))
    else:
        every = when.get("every", "year")  # throughout and on_event: yearly
        for y in range(p_start.year - 1, p_end.year + 2):
            if every == "year":
                full.append((date(y, 1, 1), date(y, 12, 31)))
            elif every == "quarter":
                for m in (1, 4, 7, 10):
                    full.append((date(y, m, 1), month_span(y, m + 2)[1]))
            elif every == "month":
                for m in range(1, 13):
                    full.append(month_span(y, m))
            elif every == "semester":
                for s in ws["semesters"]:
                    a = month_day(y, s["start"])
                    b = month_day(y, s["end"])
                    if b < a:
                        b = month_day(y + 1, s["end"])
                    full.append((a, b))
    windows = []
    for a, b in sorted(full):
        start, end = (a, b) if "during" in when else (max(a, p_start), min(b, p_end))
        # a window of which less than half lies in the period asks for nothing
        if start <= end and (
            "by" in when or "during" in when or 2 * ((end - start).days + 1) >= (b - a).days + 1
        ):
            windows.append({"start": start, "end": end, "full_start": a, "full_end": b})
    return windows


def a_year_or_less(start, end):
    try:
        next_year = start.replace(year=start.year + 1)
    except ValueError:
        next_year = date(start.year + 1, 3, 1)
    return end < next_year


def window_years(window):
    """The years a window belongs to."""
    a, b = window["full_start"], window["full_end"]
    if not a_year_or_less(a, b):
        return list(range(a.year, b.year + 1))
    best, best_days = None, 0
    for y in range(a.year, b.year + 1):
        n = days_shared(a, b, date(y, 1, 1), date(y, 12, 31))
        if n > best_days:
            best, best_days = y, n
    return [best]


def window_of_entry(windows, e):
    """The index of the window the entry belongs to, or None."""
    first, last = e["first"], e["last"]
    # a month, as a range, belongs to the window that holds its last day; where that day lies outside it may
    # still have been within: see `cut` in judge_one
    how = "last" if e["is_month"] else READINGS["range_in_window"]
    if how == "last":
        for i, w in enumerate(windows):
            if w["start"] <= last <= w["end"]:
                return i
        return None
    if how == "first":
        for i, w in enumerate(windows):
            if w["start"] <= first <= w["end"]:
                return i
        return None
    best, best_days = None, 0
    for i, w in enumerate(windows):
        n = days_shared(first, last, w["start"], w["end"])
        if n == 0:
            continue
        if how == "overlap" or n >= best_days:  # overlap: the latest of them; most: ties to the later
            best, best_days = i, n
    return best


def happened(e, as_of, over=True):
    """A month counts when it is over; a day or a range when its last day has come."""
    if e["is_month"]:
        return passed(e["last"], as_of, over)
    return (e["first"] if READINGS["range_as_of"] == "first" else e["last"]) <= as_of


def report_due(ws, year):
    return month_day(year + 1, ws["policy"]["report_due"])


def review_due(ws, year):
    return report_due(ws, year) + timedelta(days=ws["policy"].get("review_due", 30))


def report_overdue(ws, year, as_of, over, today):
    """Has the due day of that year's report passed? `today`: a past year's folder without --as-of."""
    due = report_due(ws, year)
    if today is not None:
        return due < day(today)
    return passed(due, as_of, over)


# ---------------------------------------------------------------------------------------------- tasks
def comparator(task):
    target = task.get("target")
    if not target:
        return None
    for c in COMPARATORS:
        if c in target:
            return c
    return None


def more_is_better(task):
    c = comparator(task)
    return c is None or c in LOWER or c == "about"


def bounds(ws, task):
    """(low, low_strict, high, high_strict, amount): what reaches the target, and the number completion divides by."""
    c = comparator(task)
    if c is None:
        n = Fraction(len(task["items"])) if task.get("items") else Fraction(1)
        return n, False, None, False, n
    if c == "between":
        a, b = task["target"]["between"]
        return Fraction(a), False, Fraction(b), False, None
    x = Fraction(task["target"][c])
    if c == "at_least":
        return x, False, None, False, x
    if c == "more_than":
        return x, True, None, False, x
    if c == "at_most":
        return None, False, x, False, x
    if c == "less_than":
        return None, False, x, True, x
    if c == "equal":
        return x, False, x, False, x
    within = Fraction(ws["policy"].get("about_within", 10)) / 100
    return x - abs(x) * within, False, None, False, x


def below(ws, task, v):
    low, strict, _, _, _ = bounds(ws, task)
    if low is None or v == INF:
        return False
    if v == NEG:
        return True
    return v < low or (strict and v == low)


def above(ws, task, v):
    _, _, high, strict, _ = bounds(ws, task)
    if high is None or v == NEG:
        return False
    if v == INF:
        return True
    return v > high or (strict and v == high)


def reached(ws, task, v):
    if v == NOFIG:
        return False
    return not below(ws, task, v) and not above(ws, task, v)


def is_level(task):
    return task.get("tally", "count") == "latest" and comparator(task) is not None


def has_pace(task):
    """Is there a pace for it: what accumulates, or a level with a baseline or interim points."""
    c = comparator(task)
    if c is None or c in UPPER or c == "between":
        return False
    if c == "equal" and READINGS["equal_open"] == "range":
        return False
    if c == "about" and READINGS["about_open"] == "range":
        return False
    if is_level(task):
        return task.get("baseline") is not None or bool(task.get("interim"))
    return True


def completion(ws, task, v):
    """完成率, or None. A ceiling and a range have none."""
    c = comparator(task)
    if c in UPPER or c == "between":
        return None
    if not isinstance(v, Fraction):
        return None
    amount = bounds(ws, task)[4]
    base = Fraction(task["baseline"]) if task.get("baseline") is not None else Fraction(0)
    if amount == base:
        return None
    return (v - base) / (amount - base)


def pace_of(ws, task, window, as_of):
    start, end = window["start"], window["end"]
    if as_of < start:
        return Fraction(0)
    if as_of >= end:
        return Fraction(1)
    amount = bounds(ws, task)[4]
    base = Fraction(task["baseline"]) if task.get("baseline") is not None else Fraction(0)
    points = [(start - timedelta(days=1), Fraction(0))]
    if task.get("interim") and amount is not None and amount != base:
        for d in sorted(task["interim"]):
            if start <= day(d) < end:
                points.append((day(d), (Fraction(task["interim"][d]) - base) / (amount - base)))
    points.append((end, Fraction(1)))
    for (d0, v0), (d1, v1) in zip(points, points[1:]):
        if d0 <= as_of <= d1:
            v = v0 + (v1 - v0) * Fraction((as_of - d0).days, (d1 - d0).days)
            return min(Fraction(1), max(Fraction(0), v))
    return Fraction(1)


# ---------------------------------------------------------------------------------------------- entries
def needs_value(task):
    return comparator(task) is not None and task["tally"] != "count"


def read_value(task, entry):
    """The value as a Fraction, or None when there is none that can be used."""
    percent = task.get("target", {}).get("unit") == "%"
    if entry.get("numerator") is not None or entry.get("denominator") is not None:
        if entry.get("numerator") is None or entry.get("denominator") is None:
            return None
        n, d = Fraction(str(entry["numerator"])), Fraction(str(entry["denominator"]))
        if d == 0:
            return None
        v = n / d * 100
    else:
        if entry.get("value") is None:
            return None
        v = Fraction(str(entry["value"]))
        if percent and 0 < v < 1:
            return None
    if entry.get("unit") is not None and entry["unit"] != task["target"].get("unit"):
        return None
    if percent and v > 100:
        return None
    return v


def evidence_asked(ws, task):
    return ws["policy"]["evidence"].get(task["strength"], 0) >= 1


def prepare(ws, task, year):
    """Every entry for the task in the files of the years up to `year`, with what the rules about entries say of it."""
    found = []
    for y in sorted(ws["filings"]):
        if y > max(year, ws.get("as_of_year", year)):
            continue
        for unit in sorted(ws["filings"][y]):
            filing = ws["filings"][y][unit]
            if filing["state"] not in ("draft", "complete"):
                continue
            for i, entry in enumerate(filing["entries"]):
                if entry["task"] != task["id"]:
                    continue
                first, last, is_month = entry_days(entry)
                e = {
                    "unit": unit,
                    "year": y,
                    "index": i,
                    "first": first,
                    "last": last,
                    "is_month": is_month,
                    "name": fold(entry["name"]),
                    "counted_by": entry.get("counted_by"),
                    "status": entry.get("status"),
                    "items": set(entry.get("items") or []),
                }
                e["out"] = (evidence_asked(ws, task) and entry.get("evidence", "ok") != "ok") or entry.get(
                    "evidence"
                ) == "notfound"
                e["unknown"] = False
                if needs_value(task):
                    e["amount"] = read_value(task, entry)
                    if e["amount"] is None:
                        e["unknown"] = True
                elif task.get("items") and comparator(task) is None:
                    e["items"] = e["items"] & set(task["items"])
                    e["amount"] = Fraction(len(e["items"]))
                else:
                    e["amount"] = Fraction(1)
                found.append(e)
    return found


def same_fact(a, b):
    """May two entries of one task be one fact (rules 2 and 3)?"""
    if a["name"] != b["name"]:
        return False
    if a["unit"] == b["unit"]:
        if a["is_month"] and a["amount"] != b["amount"]:
            return False  # two events of one month may bear one name
        return a["first"] == b["first"] and a["last"] == b["last"]
    return a["first"] <= b["last"] and b["first"] <= a["last"]


def set_roles(entries):
    """Give each entry its role: certain, kept, disputed, unknown; and its group (a number) or None."""
    group = list(range(len(entries)))
    for i in range(len(entries)):
        for j in range(i):
            if same_fact(entries[i], entries[j]):
                old, new = group[i], group[j]
                for k in range(len(entries)):
                    if group[k] == old:
                        group[k] = new
    for i, e in enumerate(entries):
        members = [k for k in range(len(entries)) if group[k] == group[i]]
        e["group"] = group[i] if len(members) > 1 else None
        if e["unknown"]:
            e["role"] = "unknown"
        elif e["out"]:
            e["role"] = "disputed"
        elif len(members) == 1:
            e["role"] = "certain"
        else:
            sound = [k for k in members if not entries[k]["out"] and not entries[k]["unknown"]]
            kept = min(sound, key=lambda k: (entries[k]["amount"], k))
            e["role"] = "kept" if kept == i else "disputed"


# ---------------------------------------------------------------------------------------------- tallies
def figures(task, entries, holes, more):
    """The interval of entries with their roles. `holes`: the last possible day of each report that is unknown.

    Returns certain, least0, greatest0 (without unknowns), least, greatest (with), unknown (bool)."""
    sure = [e for e in entries if e["role"] in ("certain", "kept")]
    doubt = [e for e in entries if e["role"] == "disputed"]
    blind = [e for e in entries if e["role"] == "unknown"]
    tally = task["tally"] if comparator(task) is not None else "count"
    if task.get("items") and comparator(task) is None:
        a, b = set(), set()
        for e in sure:
            a |= e["items"]
        for e in sure + doubt:
            b |= e["items"]
        n, m = Fraction(len(a)), Fraction(len(b))
        return {"certain": n, "least0": n, "greatest0": m, "least": n, "greatest": m, "unknown": bool(holes)}
    if tally in ("sum", "count"):
        certain = sum((e["amount"] for e in sure), Fraction(0))
        least = certain + sum((min(Fraction(0), e["amount"]) for e in doubt), Fraction(0))
        greatest = certain + sum((max(Fraction(0), e["amount"]) for e in doubt), Fraction(0))
        unknown = bool(holes) or bool(blind)
        return {
            "certain": certain,
            "least0": least,
            "greatest0": greatest,
            "least": least,
            "greatest": INF if unknown and not more else greatest,
            "unknown": unknown,
        }
    if tally == "max":
        certain = max((e["amount"] for e in sure), default=NOFIG)
        greatest = max((e["amount"] for e in sure + doubt), default=NOFIG)
        unknown = bool(holes) or bool(blind)
        least = certain
        if (unknown or doubt) and certain == NOFIG:
            least = Fraction(0)
        return {
            "certain": certain,
            "least0": certain,
            "greatest0": greatest,
            "least": least,
            "greatest": INF if unknown and not more else greatest,
            "unknown": unknown,
        }
    # latest
    certain, newest = NOFIG, None
    if sure:
        newest = max(e["last"] for e in sure)
        worst = min if more else max
        certain = worst(e["amount"] for e in sure if e["last"] == newest)
    newer = [e for e in doubt if newest is None or e["last"] >= newest]
    unknown = False
    for e in blind:
        if newest is None or e["last"] >= newest:
            unknown = True
    for d in holes:
        if newest is None or d >= newest:
            unknown = True
    levels = [e["amount"] for e in newer]
    if certain == NOFIG:
        least = NOFIG
        greatest = max(levels, default=NOFIG)
    else:
        least = min(levels + [certain])
        greatest = max(levels + [certain])
    return {
        "certain": certain,
        "least0": least,
        "greatest0": greatest,
        "least": NEG if unknown else least,
        "greatest": INF if unknown and not more else greatest,
        "unknown": unknown,
    }


def add_figures(parts):
    """Levels of several units added: a unit without a figure adds nothing."""
    total = {"unknown": any(p["unknown"] for p in parts)}
    for key in ("certain", "least0", "greatest0", "least", "greatest"):
        values = [p[key] for p in parts if p[key] != NOFIG]
        if NEG in values:
            total[key] = NEG
        elif INF in values:
            total[key] = INF
        elif not values:
            total[key] = NOFIG
        else:
            total[key] = sum(values, Fraction(0))
    return total


def by_unit(task):
    if task["spread"] != "total" or comparator(task) is None or task["kind"] == "rate":
        return False
    if task["tally"] == "latest":
        return READINGS["total_latest"] == "by_unit"
    if task["tally"] == "max":
        return READINGS["total_max"] == "by_unit"
    return False


def measure(task, sources, entries, holes):
    """figures() over the sources; holes: list of (unit, day)."""
    more = more_is_better(task)
    if by_unit(task):
        parts = []
        for u in sources:
            parts.append(
                figures(task, [e for e in entries if e["unit"] == u], [d for x, d in holes if x == u], more)
            )
        return add_figures(parts)
    return figures(task, entries, [d for _, d in holes], more)


# ---------------------------------------------------------------------------------------------- verdicts
def can_come_back(task):
    return is_level(task)


def code_at(ws, task, v, over, pace):
    """The code for one figure."""
    c = comparator(task)
    if "on_event" in task["when"]:
        return "met" if reached(ws, task, v) else "open"
    if over:
        if reached(ws, task, v):
            return "met"
        if v == NOFIG:
            return READINGS["nofigure_over"]
        return "missed"
    if c is None:
        return "met" if reached(ws, task, v) else "open"
    if v == NOFIG:
        return "open"
    if above(ws, task, v):
        return "behind" if can_come_back(task) else "missed"
    if reached(ws, task, v):
        if (c in LOWER or c == "about") and not is_level(task):
            return "met"
        return "on_pace"
    # below the target, the window open
    if c == "between":
        if not (is_level(task) and has_pace(task)):
            return READINGS["between_below_level"] if is_level(task) else READINGS["between_below_sum"]
    if c in ("equal", "about") and READINGS[c + "_open"] == "range":
        return "on_pace"
    if c == "equal" and READINGS["equal_open"] == "open" and not (is_level(task) and has_pace(task)):
        return "open"
    if not has_pace(task):
        return "open"
    if v == NEG:
        return "behind"
    ratio = completion(ws, task, v)
    if ratio is None:
        return "behind"
    return "on_pace" if ratio >= pace else "behind"


def word_of(ws, task, code, v, facts):
    c = comparator(task)
    if code == "unreported":
        return "未报送" if facts["overdue"] else "尚未报送"
    if code == "upcoming":
        return "未到期"
    if code == "unverified":
        return "待核实"
    if code == "late":
        return "逾期完成"
    if c is None:
        if code == "met":
            return "已办结" if one_off(task) else "已落实"
        if code == "open":
            return "有进展" if facts["records"] else "未见进展"
        if code == "missed":
            return "未开展" if facts["signed_nothing"] else "未办结"
    if code == "met":
        return "达标"
    if code == "on_pace":
        return "限内" if c in UPPER or c == "between" else "达进度"
    if code == "behind":
        return "已超出" if v != NOFIG and above(ws, task, v) else "欠进度"
    if code == "missed":
        return "未达标"
    return "进行中"


def one_off(task):
    return "by" in task["when"] or "during" in task["when"]


def weight_of(task, code, facts):
    heavy = STRENGTH_WEIGHT[task["strength"]]
    if code == "missed":
        return heavy
    if code == "behind":
        if READINGS["behind_capped"] and WEIGHTS.index(heavy) < WEIGHTS.index("warning"):
            return heavy
        return "warning"
    if code == "unreported":
        if "on_event" in task["when"]:
            return "none"
        return heavy if facts["over"] and facts["overdue"] else "none"
    if code == "open":
        if "on_event" in task["when"]:
            return "none"
        return heavy if facts["over"] else "none"
    if code == "late":
        return "note"
    return "none"


def light_of(ws, task, code, v, pace, facts):
    if code in ("met", "on_pace", "late"):
        return "green"
    if code == "missed":
        return "red"
    if code == "unreported":
        return "red" if facts["over"] and facts["overdue"] else None
    if code == "open":
        if "on_event" in task["when"]:
            return None
        return "red" if facts["over"] else None
    if code == "behind":
        if v != NOFIG and above(ws, task, v):
            return READINGS["light_exceeded"]
        ratio = completion(ws, task, v)
        if ratio is None:
            return "red"
        gap = (ratio - pace) * 100
        if gap >= 0:
            return "green"
        return "yellow" if gap >= -Fraction(ws["policy"].get("yellow_within", 30)) else "red"
    return None


def worse_light(a, b):
    order = [None, "green", "yellow", "red"]
    return a if order.index(a) >= order.index(b) else b


def worse(a, b):
    return a if RANK[a] <= RANK[b] else b


def plain(v):
    """For output: an unknown lower end and no figure are both None."""
    if v in (NOFIG, NEG):
        return None
    return v


def keep_least(task, sources, entries):
    """38: levels add up over units, so of one fact that two units tell the member counts that makes the least."""
    if comparator(task) is None or task["tally"] not in ("latest", "max") or task["spread"] != "total":
        return
    place = lambda e: (e["year"], e["unit"], e["index"])
    groups = {}
    for e in entries:
        if e["role"] in ("kept", "disputed") and e["group"] is not None:
            groups.setdefault(e["group"], []).append(e)
    sure = [e for e in entries if e["role"] == "certain"]
    for group in sorted(groups.values(), key=lambda g: min(place(e) for e in g)):
        sound = [e for e in group if not e["out"]]
        if len(group) < 2 or not sound:
            continue

        def made(e):
            total = measure(task, sources, [*sure, {**e, "role": "certain"}], [])["certain"]
            return (total, e["amount"], place(e))

        kept = min(sound, key=made)
        for e in group:
            e["role"] = "kept" if e is kept else "disputed"
        sure.append({**kept, "role": "certain"})


def home_year(start, end):
    """The year whose report tells the last of a window: where most of its days lie, of a long one its last."""
    if (end - start).days + 1 > 366:
        return end.year
    years = range(start.year, end.year + 1)
    return max(years, key=lambda y: (days_shared(start, end, date(y, 1, 1), date(y, 12, 31)), -y))


# ---------------------------------------------------------------------------------------------- judging
def judge(ws, year, as_of, over, today=None):
    # 7: a window that ends after the judged year takes its entries from the files up to the judging day
    ws = {**ws, "as_of_year": day(as_of).year}
    as_of = day(as_of)
    result = []
    for task in ws["tasks"]:
        windows = task_windows(ws, task)
        entries = prepare(ws, task, year)
        record = ws["policy"].get("source_of_record", {}).get(task["id"])
        if task["spread"] == "each":
            spreads = [(u, [u]) for u in task["owners"]]
        elif record:
            spreads = [("", [record])]
        else:
            spreads = [("", list(task["owners"]))]
        for i, window in enumerate(windows):
            if year not in window_years(window):
                continue
            for unit, sources in spreads:
                result.append(
                    judge_one(ws, task, windows, i, unit, sources, entries, year, as_of, over, today)
                )
    return result


def judge_one(ws, task, windows, index, unit, sources, all_entries, year, as_of, over, today):
    window = windows[index]
    start, end = window["start"], window["end"]
    is_over = passed(end, as_of, over)
    pace = pace_of(ws, task, window, as_of)
    retro = end < day(ws["issued"])
    mine = [e for e in all_entries if e["unit"] in sources and happened(e, as_of, over)]
    inside = [e for e in mine if window_of_entry(windows, e) == index]
    can_be_late = READINGS["late"] and is_over and one_off(task) and more_is_better(task)
    after = []
    if can_be_late:
        after = [e for e in mine if window_of_entry(windows, e) is None and e["last"] > end]

    def counts(e):
        if e["counted_by"] is not None and e["counted_by"] != e["unit"]:
            return False
        if comparator(task) is None and not task.get("items"):
            if READINGS["duty_counts"] == "not_ongoing":
                return e["status"] != "ongoing"
            if READINGS["duty_counts"] == "done":
                return e["status"] == "done"
            who = task["owners"][0] if task["spread"] != "each" else e["unit"]
            return e["status"] == "done" and e["unit"] == who
        return True

    telling = [
        e
        for e in mine
        if (one_off(task) and more_is_better(task) and e["last"] > end)
        or (e["is_month"] and days_shared(e["first"], e["last"], start, end))
    ]
    # the reports this window rests on
    years = list(range(start.year, min(end.year, as_of.year) + 1))
    holes = []
    speaking, silent = 0, 0
    zero = False
    complete_all = True
    for u in sources:
        for y in years:
            filing = (
                ws["filings"].get(y, {}).get(u, {"state": "absent", "entries": [], "nothing_to_report": []})
            )
            state = filing["state"]
            handed = filing.get("submitted")
            if (
                state == "complete"
                and handed
                and day(handed) > as_of
                and not report_overdue(ws, y, as_of, over, today)
            ):
                state = "absent"
            overdue = report_overdue(ws, y, as_of, over, today)
            nothing = filing["state"] in ("draft", "complete") and task["id"] in filing.get(
                "nothing_to_report", []
            )
            has = any(e["unit"] == u and e["year"] == y for e in inside + after)
            last_day = min(end, as_of) if y == years[-1] else date(y, 12, 31)
            unknown = False
            if state == "unreadable":
                unknown = True
            elif state in ("absent", "draft") and not nothing:
                unknown = overdue or READINGS["ceiling_before_due"] == "unknown"
            if unknown:
                holes.append((u, last_day))
            if (state == "complete" or nothing) and not any(
                e["unit"] == u and counts(e) for e in inside + [e for e in telling if e["is_month"]]
            ):
                zero = True  # a signed report in which nothing may count
            if (
                state == "complete"
                or nothing
                or has
                or (state == "unreadable" and not READINGS["unreadable_is_silent"])
            ):
                speaking += 1
            else:
                silent += 1
            if state != "complete" and not nothing:
                complete_all = False
    last_year = years[-1] if years else min(year, end.year)
    facts = {
        "over": is_over,
        "overdue": one_off(task) or report_overdue(ws, home_year(start, end), as_of, over, today),
        "records": bool(inside),
        "signed_nothing": complete_all and not inside,
    }

    counted = [e for e in inside if counts(e)]
    set_roles(counted)
    keep_least(task, sources, counted)
    for e in mine:
        if (
            e["is_month"]
            and e["first"] <= end < e["last"]
            and counts(e)
            and days_shared(e["first"], e["last"], start, end)
        ):
            cut = dict(e)
            cut.update({"role": "unknown", "group": None, "out": False})
            counted.append(cut)
    doubts = [
        {
            "unit": e["unit"],
            "year": e["year"],
            "index": e["index"],
            "role": e["role"],
            "out": e["out"],
            "group": e["group"],
            "amount": e["amount"],
        }
        for e in counted
        if e["role"] in ("disputed", "unknown")
    ]
    fig = measure(task, sources, counted, holes)
    if comparator(task) is not None and task["tally"] == "latest" and fig["least"] == NOFIG:
        if [e for e in counted if e["role"] == "disputed"]:
            fig["least"] = NEG  # all there is may be taken away
    if comparator(task) is not None and not zero and not [e for e in counted if e["role"] != "unknown"]:
        # nobody has given a figure, and no report says that there is nothing: unknown is never 0
        fig["certain"] = NOFIG
        if task["tally"] != "latest":
            fig["least"] = Fraction(0) if fig["unknown"] else NOFIG
        if fig["greatest"] != INF:
            fig["greatest"] = NOFIG
    late_fig = None
    if can_be_late and after:
        both = [dict(e) for e in inside + after if counts(e)]
        set_roles(both)
        late_fig = measure(task, sources, both, holes)

    def code_for(key):
        code = code_at(ws, task, fig[key], is_over, pace)
        if late_fig is not None and code != "met" and reached(ws, task, late_fig[key]):
            return "late"
        return code

    standing = {
        "task": task["id"],
        "unit": unit,
        "start": start,
        "end": end,
        "over": is_over,
        "pace": pace,
        "pace_applies": has_pace(task),
        "least": plain(fig["least"]),
        "greatest": plain(fig["greatest"]),
        "certain": plain(fig["certain"]),
        "target": dict(task["target"]) if task.get("target") else bounds(ws, task)[4],
        "completion": completion(ws, task, fig["certain"]),
        "retro": retro,
        "unknown": fig["unknown"],
        "disputes": doubts,
        "between": None,
        "late_certain": plain(late_fig["certain"]) if late_fig is not None else None,
    }
    if isinstance(standing["least"], Fraction) and isinstance(standing["greatest"], Fraction):
        standing["between"] = standing["greatest"] - standing["least"]

    nothing_in = not inside and not telling
    if READINGS["unreported_needs"] == "all":
        is_silent = nothing_in and silent > 0 and speaking == 0
    else:
        is_silent = nothing_in and silent > 0
    if as_of < start:
        code = low_code = high_code = "upcoming"
        word_value = fig["certain"]
    elif is_silent and "on_event" not in task["when"] and (is_over or comparator(task) is not None):
        code = low_code = high_code = "unreported"
        if fig["unknown"] and not (is_over and facts["overdue"]):
            # what an overdue report may hold is weighed although nobody has spoken: deleting it must not help
            low_code, high_code = code_for("least"), code_for("greatest")
        word_value = fig["certain"]
    else:
        low_code, high_code = code_for("least"), code_for("greatest")
        if (
            READINGS["range_interior"]
            and low_code in ("missed", "behind")
            and high_code in ("missed", "behind")
        ):
            inside_it = (
                fig["greatest"] != NOFIG
                and above(ws, task, fig["greatest"])
                and (fig["least"] == NOFIG or below(ws, task, fig["least"]))
            )
            if inside_it or reached(ws, task, fig["certain"]):
                if RANK[low_code] <= RANK[high_code]:
                    high_code = "met" if is_over else "on_pace"
                else:
                    low_code = "met" if is_over else "on_pace"
        worst = worse(low_code, high_code)
        worst_value = fig["least"] if worst == low_code else fig["greatest"]
        sure_code = code_for("certain")
        if low_code == high_code and RANK[sure_code] != RANK[low_code]:
            # 21: the truth may lie inside, where the certain figure is: doubt speaks against it and nothing else
            high_code = sure_code if RANK[sure_code] > RANK[low_code] else high_code
            low_code = sure_code if RANK[sure_code] < RANK[low_code] else low_code
            worst = worse(low_code, high_code)
        if low_code == high_code:
            code, word_value = low_code, fig["certain"]
        elif not is_over:
            bad = ["behind", "missed"] if READINGS["open_is_well"] else ["behind", "missed", "open"]
            if (low_code in bad) != (high_code in bad):
                code, word_value = "unverified", fig["certain"]
            else:
                code, word_value = worst, worst_value
        elif not passed(review_due(ws, end.year), as_of, over):
            code, word_value = "unverified", fig["certain"]
        else:
            code, word_value = code_for("certain"), fig["certain"]
            if fig["unknown"]:
                ends = []
                if not more_is_better(task):
                    ends.append(INF)
                if is_level(task):
                    ends.append(NEG)
                for v in ends:
                    if RANK[code_at(ws, task, v, is_over, pace)] < RANK[code]:
                        code = "unverified"
                        break
    worst = worse(low_code, high_code)
    weight = weight_of(task, low_code, facts)
    other = weight_of(task, high_code, facts)
    # the worse end by rank; a soft task's behind may weigh more than its miss, and rank decides
    weight = weight if worst == low_code else other
    light = worse_light(
        light_of(ws, task, low_code, fig["least"], pace, facts),
        light_of(ws, task, high_code, fig["greatest"], pace, facts),
    )
    if retro:
        weight = "none"
    standing.update(
        {
            "code": code,
            "word": word_of(ws, task, code, word_value, facts),
            "weight": weight,
            "light": light,
            "low_code": low_code,
            "high_code": high_code,
            "worst": worst,
            "rank": RANK[worst],
        }
    )
    return standing


UNITS = ["市教体局", "市科协", "市农业农村局", "市卫健委", "团市委"]
NAME_PARTS = [
    "科普讲座",
    "培训班",
    "大篷车巡展",
    "校园科技节",
    "农技课堂",
    "健康义诊",
    "防灾演练",
    "ABC创客营",
]


def variant(rng, name):
    """The same folded name, spelled otherwise."""
    how = rng.randrange(4)
    if how == 0:
        return name
    if how == 1:
        return "".join(chr(ord(ch) + 0xFEE0) if "0" <= ch <= "9" or "A" <= ch <= "Z" else ch for ch in name)
    if how == 2:
        return name.lower()
    return name[:2] + " " + name[2:]


def random_task(rng, number, units, p_start, p_end, years):
    kind = rng.choice(["quantity"] * 5 + ["rate"] * 2 + ["mechanism", "event", "deliverable"])
    task = {
        "id": "M%02d-1" % number,
        "name": "任务%d" % number,
        "kind": kind,
        "strength": rng.choice(["hard", "hard", "firm", "soft"]),
        "owners": rng.sample(units, rng.randint(1, len(units))),
    }
    when = rng.choice(
        [
            "by",
            "by",
            "by",
            "during",
            "year",
            "year",
            "year",
            "semester",
            "semester",
            "quarter",
            "month",
            "throughout",
            "on_event",
        ]
        if rng.random() < 0.8
        else ["by", "year", "semester"]
    )
    if when == "by":
        choices = (
            ["%d-06-30" % y for y in years] + ["%d-12-31" % y for y in years] + ["2024-02-29", str(p_end)]
        )
        choices = [c for c in choices if p_start <= day(c) <= p_end]
        task["when"] = {"by": rng.choice(choices)}
    elif when == "during":
        task["when"] = {"during": rng.choice(years)}
    elif when in ("throughout", "on_event"):
        task["when"] = {when: True}
    else:
        task["when"] = {"every": when}
    if kind in ("mechanism", "event", "deliverable"):
        task["tally"] = "count"
        task["spread"] = rng.choice(["total", "each", "any"])
        if rng.random() < 0.4:
            task["items"] = ["安全生产月", "防灾减灾日", "健康科普行动"][: rng.randint(2, 3)]
        return task
    c = rng.choice(COMPARATORS)
    if kind == "rate":
        task["tally"] = rng.choice(["latest", "latest", "latest", "max"])
        task["spread"] = rng.choice(["any", "each"])
        amount, unit = rng.choice([60, 80, 95, 100] if c == "equal" else [15, 40, 60, 80, 95]), "%"
        if c == "more_than" and amount == 100:
            amount = 95
    else:
        task["tally"] = rng.choice(TALLIES)
        task["spread"] = rng.choice(["total", "total", "each", "any"])
        amount, unit = rng.choice([4, 10, 30, 365]), "名"
        if task["tally"] == "count":
            amount, unit = rng.choice([1, 2, 3, 5]), "场"
    if c == "between":
        wide = max(1, amount // 4)
        task["target"] = {"between": [str(amount - wide), str(amount + wide)], "unit": unit}
        if unit == "%":
            task["target"]["between"][1] = str(min(100, amount + wide))
    else:
        task["target"] = {c: str(amount), "unit": unit}
    if c in ("at_least", "more_than", "equal", "about") and task["tally"] == "latest" and rng.random() < 0.4:
        task["baseline"] = str(amount // 3)
    if (
        c in ("at_least", "more_than", "equal", "about")
        and "by" in task["when"]
        and task["tally"] in ("sum", "latest")
        and rng.random() < 0.5
    ):
        due = day(task["when"]["by"])
        points = {}
        share = 0
        for y in range(p_start.year, due.year):
            if date(y, 12, 31) < due and date(y, 12, 31) > p_start:
                share += rng.choice([0, 1, 2])
                base = int(task.get("baseline", 0))
                points["%d-12-31" % y] = (
                    str(Fraction(base) + Fraction((amount - base) * min(share, 8) * 10, 100))
                    if (amount - base) * min(share, 8) % 10 == 0
                    else str(base + (amount - base) * min(share, 8) // 10)
                )
        if points:
            task["interim"] = points
    return task


def random_day(rng, first, last, likely):
    if rng.random() < 0.35:
        good = [d for d in likely if first <= d <= last]
        if good:
            return rng.choice(good)
    return first + timedelta(days=rng.randint(0, (last - first).days))


def random_workspace(seed):
    rng = random.Random(seed)
    features = set()
    units = UNITS[: rng.randint(2, 4)]
    p_start = rng.choice(
        [date(2021, 1, 1), date(2021, 1, 1), date(2021, 6, 15), date(2021, 11, 10), date(2022, 2, 14)]
    )
    p_end = date(2025, 12, 31)
    years = list(range(p_start.year, 2026))
    issued = rng.choice(
        [p_start] * 6
        + [date(2021, 11, 15), date(2022, 3, 10), date(2022, 1, 1), date(2023, 12, 31), date(2024, 2, 29)]
    )
    semesters = rng.choice(
        [
            [
                {"name": "春季", "start": "02-15", "end": "07-10"},
                {"name": "秋季", "start": "09-01", "end": "01-20"},
            ],
            [
                {"name": "春季", "start": "03-01", "end": "08-31"},
                {"name": "秋季", "start": "09-01", "end": "01-31"},
            ],
            [
                {"name": "春季", "start": "02-01", "end": "07-31"},
                {"name": "秋季", "start": "08-01", "end": "01-31"},
            ],
        ]
    )
    policy = {
        "report_due": rng.choice(["01-31", "01-10", "02-28", "03-15"]),
        "review_due": rng.choice([30, 30, 10, 45]),
        "about_within": rng.choice([5, 10, 20]),
        "yellow_within": rng.choice([10, 30, 50]),
        "evidence": rng.choice(
            [
                {"hard": 1, "firm": 1, "soft": 0},
                {"hard": 1, "firm": 0, "soft": 0},
                {"hard": 2, "firm": 1, "soft": 1},
                {"hard": 0, "firm": 0, "soft": 0},
            ]
        ),
        "source_of_record": {},
    }
    ws = {
        "title": "某市实施方案（%d）" % seed,
        "issuer": "某市人民政府",
        "issued": str(issued),
        "period": {"start": str(p_start), "end": str(p_end)},
        "semesters": semesters,
        "units": units,
        "policy": policy,
        "tasks": [],
        "filings": {},
        "seed": seed,
    }
    for n in range(1, rng.randint(3, 6) + 1):
        task = random_task(rng, n, units, p_start, p_end, years)
        ws["tasks"].append(task)
        if task["spread"] != "each" and len(task["owners"]) > 1 and rng.random() < 0.15:
            policy["source_of_record"][task["id"]] = rng.choice(task["owners"])
            features.add("source_of_record")

    # the day of the check
    year = rng.choice(years)
    dues = [day(t["when"]["by"]).year for t in ws["tasks"] if "by" in t["when"]]
    if dues and rng.random() < 0.35:
        year = rng.choice(dues)
    report, review = report_due(ws, year), review_due(ws, year)
    near = [report, report, review, review, date(year, 12, 31), date(year, 12, 31), date(year, 1, 1)]
    for task in ws["tasks"]:
        for w in task_windows(ws, task):
            if year in window_years(w):
                near += [w["start"], w["end"]]
    if calendar.isleap(year):
        near.append(date(year, 2, 29))
    if rng.random() < 0.75:
        as_of = rng.choice(near) + timedelta(days=rng.choice([-1, 0, 0, 1]))
    else:
        as_of = date(year, 1, 1) + timedelta(days=rng.randint(0, 470))
    as_of = max(as_of, p_start)
    ws["check"] = {"year": year, "as_of": str(as_of), "over": rng.random() < 0.6}

    # the filings
    mood = rng.choice(["full", "mixed", "mixed", "poor"])
    for y in years:
        if y > year + 1:
            continue
        ws["filings"][y] = {}
        for u in units:
            r = rng.random()
            if mood == "full":
                state = "complete" if r < 0.95 else "draft"
            elif mood == "mixed":
                state = (
                    "complete"
                    if r < 0.65
                    else "draft"
                    if r < 0.82
                    else "absent"
                    if r < 0.93
                    else "unreadable"
                )
            else:
                state = (
                    "complete" if r < 0.3 else "draft" if r < 0.55 else "absent" if r < 0.85 else "unreadable"
                )
            filing = {"state": state, "entries": [], "nothing_to_report": []}
            if state == "complete":
                filing["submitted"] = str(report_due(ws, y) + timedelta(days=rng.randint(-12, 3)))
            ws["filings"][y][u] = filing

    serial = 0
    for task in ws["tasks"]:
        windows = task_windows(ws, task)
        likely = [w[k] + timedelta(days=n) for w in windows for k in ("start", "end") for n in (-1, 0, 1)]
        likely += [as_of + timedelta(days=n) for n in (-1, 0, 1)] + [date(2024, 2, 29)]
        used_days = set()
        busy = rng.choice([0, 1, 1, 2, 3])
        if "by" in task["when"]:
            due = day(task["when"]["by"])
            likely += [due + timedelta(days=n) for n in (1, 2, 20, 60)] * 4
        share = max(1, len(windows)) if "by" not in task["when"] else 1
        for y in sorted(ws["filings"]):
            for u in units:
                filing = ws["filings"][y][u]
                if filing["state"] not in ("draft", "complete"):
                    continue
                if u not in task["owners"] and rng.random() < 0.93:
                    continue
                many = rng.randint(0, busy) if share < 12 else rng.randint(0, busy * 3)
                first, last = max(p_start, date(y, 1, 1)), date(y, 12, 31)
                if first > last:
                    continue
                if task["when"].get("every") == "semester" and rng.random() < 0.3:
                    last = date(y + 1, 1, 31)
                    features.add("next_january")
                for _ in range(many):
                    serial += 1
                    entry = random_entry(rng, task, serial, first, last, likely, used_days, features, busy)
                    if u not in task["owners"]:
                        features.add("not_an_owner")
                    filing["entries"].append(entry)
        random_groups(rng, ws, task, units, features)
    for y in ws["filings"]:
        for u in units:
            filing = ws["filings"][y][u]
            if filing["state"] not in ("draft", "complete"):
                continue
            told = {e["task"] for e in filing["entries"]}
            for task in ws["tasks"]:
                if task["id"] not in told and u in task["owners"] and rng.random() < 0.3:
                    filing["nothing_to_report"].append(task["id"])
    ws["features"] = sorted(features)
    return ws


def random_entry(rng, task, serial, first, last, likely, used_days, features, busy):
    entry = {"task": task["id"], "name": "%s%d期" % (rng.choice(NAME_PARTS), serial)}
    for _ in range(20):
        d = random_day(rng, first, last, likely)
        if task.get("tally") != "latest" or d not in used_days:
            break
    form = rng.random()
    if form < 0.68:
        entry["date"] = str(d)
        used_days.add(d)
    elif form < 0.8:
        entry["date"] = str(d)[:7]
        used_days.add(month_span(d.year, d.month)[1])
        features.add("month")
    else:
        d2 = min(last, d + timedelta(days=rng.randint(0, 40)))
        if rng.random() < 0.1 and d.month >= 11:
            d2 = d + timedelta(days=rng.randint(20, 60))
            features.add("range_cross_year")
        entry["date"] = {"from": str(d), "to": str(d2)}
        used_days.add(d2)
        features.add("range")
    c = comparator(task)
    if needs_value(task):
        target = task["target"]
        base = int(target[c]) if c != "between" else int(target["between"][1])
        if task["tally"] == "sum":
            entry["value"] = str(
                rng.choice([1, max(1, base // 4), max(1, base // 2), base, base + 1, max(1, base // 10)])
            )
        else:
            entry["value"] = str(
                rng.choice(
                    [
                        base,
                        base,
                        base + 1,
                        max(1, base - 1),
                        max(1, base // 2),
                        base * 2,
                        "%d.5" % base,
                        max(1, base * 9 // 10),
                    ]
                )
            )
        if target["unit"] == "%":
            v = min(Fraction(entry["value"]), Fraction(100))
            entry["value"] = str(int(v)) if v.denominator == 1 else "%d.5" % int(v)
            if rng.random() < 0.3:
                d = rng.choice([20, 40, 100, 200])
                n = int(v * d / 100)
                del entry["value"]
                entry["numerator"], entry["denominator"] = str(n), str(d)
                features.add("fraction")
            elif rng.random() < 0.06:
                entry["value"] = rng.choice(["100.1", "120"])
                features.add("unusable")
        r = rng.random()
        if r < 0.05:
            for k in ("value", "numerator", "denominator"):
                entry.pop(k, None)
            features.add("no_value")
        elif r < 0.07:
            entry["unit"] = "场次" if target["unit"] != "场次" else "人"
            features.add("wrong_unit")
        elif r < 0.2 and target["unit"] != "%":
            entry["unit"] = target["unit"]
    if c is None:
        entry["status"] = "done" if rng.random() < 0.75 else "ongoing"
        features.add("duty")
        if task.get("items"):
            entry["items"] = rng.sample(task["items"], rng.randint(1, len(task["items"])))
            entry["status"] = "done"
    r = rng.random()
    entry["evidence"] = "ok" if r < 0.84 else "missing" if r < 0.93 else "notfound"
    return entry


def random_groups(rng, ws, task, units, features):
    """Entries that may be one fact: repeated by one unit, counted by several, chains, or settled by counted_by."""
    places = []
    for y in ws["filings"]:
        for u in units:
            for e in list(ws["filings"][y][u]["entries"]):
                if e["task"] == task["id"]:
                    places.append((y, u, e))
    rng.shuffle(places)
    for y, u, e in places[: rng.choice([0, 0, 1, 2, 3])]:
        how = rng.choice(["repeat", "repeat_other_value", "other", "other", "chain", "settled"])
        twin = dict(e)
        twin["name"] = variant(rng, e["name"])
        if how.startswith("repeat"):
            if how == "repeat_other_value" and twin.get("value") is not None:
                v = Fraction(twin["value"])
                twin["value"] = str(int(v) + 1 if int(v) + 1 <= 100 else int(v) - 1)
            if rng.random() < 0.2:
                twin["evidence"] = "missing"
            ws["filings"][y][u]["entries"].append(twin)
            features.add("repeated")
            continue
        others = [
            o for o in task["owners"] if o != u and ws["filings"][y][o]["state"] in ("draft", "complete")
        ]
        if not others:
            continue
        o = rng.choice(others)
        if how == "settled":
            twin["counted_by"] = u
            features.add("counted_by")
        elif twin.get("value") is not None and rng.random() < 0.3:
            v = int(Fraction(twin["value"]))
            twin["value"] = str(max(1, v - 2))
        if rng.random() < 0.5:
            twin["jointly_with"] = [u]
        first, last, is_month = entry_days(e)
        if how == "chain" and not is_month:
            year_end = date(last.year, 12, 31)
            twin["date"] = {"from": str(last), "to": str(min(year_end, last + timedelta(days=9)))}
            end = day(twin["date"]["to"])
            more = [x for x in others if x != o] + [u]
            third = dict(e)
            third["name"] = variant(rng, e["name"])
            third["date"] = str(end)
            if end > last:
                ws["filings"][y][rng.choice(more)]["entries"].append(third)
                features.add("chain")
        ws["filings"][y][o]["entries"].append(twin)
        features.add("counted_twice")


# ---------------------------------------------------------------------------------------------- as kesu YAML
def scalar(v):
    if v is True:
        return "true"
    if v is False:
        return "false"
    if isinstance(v, (int, Fraction)):
        return str(v)
    text = str(v)
    plain_number = text.replace("-", "").replace(".", "").isdigit() and text.isascii()
    if plain_number:
        return text
    return json.dumps(text, ensure_ascii=False)


def emit(value, indent=0):
    """Plain block YAML of dicts, lists and scalars."""
    pad = " " * indent
    lines = []
    if isinstance(value, dict):
        for k, v in value.items():
            key = scalar(k) if not str(k).isascii() or "-" in str(k) else str(k)
            if isinstance(v, (dict, list)) and v:
                lines.append("%s%s:" % (pad, key))
                lines += emit(v, indent + 2)
            elif isinstance(v, dict):
                lines.append("%s%s: {}" % (pad, key))
            elif isinstance(v, list):
                lines.append("%s%s: []" % (pad, key))
            else:
                lines.append("%s%s: %s" % (pad, key, scalar(v)))
    else:
        for v in value:
            if isinstance(v, (dict, list)):
                inner = emit(v, indent + 2)
                lines.append(pad + "- " + inner[0][indent + 2 :])
                lines += inner[1:]
            else:
                lines.append("%s- %s" % (pad, scalar(v)))
    return lines


def quote_of(task):
    c = comparator(task)
    if c is None:
        return "建立%s工作机制" % task["name"]
    amount = task["target"][c]
    text = "至".join(amount) if isinstance(amount, list) else amount
    return "%s达到%s%s" % (task["name"], text, task["target"]["unit"])


def plan_data(ws):
    F = FIELDS
    measures = []
    for n, task in enumerate(ws["tasks"], 1):
        t = {
            "id": task["id"],
            "name": task["name"],
            "quote": quote_of(task),
            "kind": task["kind"],
            "strength": task["strength"],
        }
        if task.get("target"):
            target = {}
            for k, v in task["target"].items():
                target[F["target.unit"] if k == "unit" else k] = F["percent.unit"] if v == "%" else v
            t["target"] = target
        for k, v in task["when"].items():
            if k in ("throughout", "on_event"):
                k, v = F["task." + k]
            t[k] = v
        if comparator(task) is not None:
            t["tally"] = task["tally"]
        t[F["task.spread"]] = task["spread"]
        for k in ("items", "baseline", "interim"):
            if task.get(k):
                t[F["task." + k]] = task[k]
        if F["owners_all_lead"]:
            t[F["task.lead"]] = task["owners"]
        else:
            t[F["task.lead"]] = task["owners"][:1]
            if task["owners"][1:]:
                t[F["task.responsible"]] = task["owners"][1:]
        measures.append({"number": n, "title": "措施%d" % n, "tasks": [t]})
    return {
        F["plan.title"]: ws["title"],
        F["plan.issuer"]: ws["issuer"],
        F["plan.issued"]: ws["issued"],
        F["plan.period"]: {
            F["plan.period.start"]: ws["period"]["start"],
            F["plan.period.end"]: ws["period"]["end"],
        },
        "actions": [
            {
                "id": "A1",
                "name": "某行动",
                "lead": [ws["units"][0]],
                "responsible": ws["units"][1:],
                "measures": measures,
            }
        ],
    }


def policy_data(ws):
    F, p = FIELDS, ws["policy"]
    data = {
        F["policy.report_due"]: {"years_after": 1, "day": p["report_due"]},
        F["policy.about_within"]: p["about_within"],
        F["policy.lights"]: {F["policy.lights.yellow"]: p["yellow_within"]},
        F["policy.evidence"]: p["evidence"],
        F["policy.semesters"]: [
            {
                F["policy.semester.name"]: s["name"],
                F["policy.semester.start"]: s["start"],
                F["policy.semester.end"]: s["end"],
            }
            for s in ws["semesters"]
        ],
    }
    if p["source_of_record"]:
        data[F["policy.source_of_record"]] = p["source_of_record"]
    if F["policy.office.value"]:
        data[F["policy.office"]] = F["policy.office.value"]
    return data


def put_file(folder, path, text):
    full = os.path.join(folder, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8", newline="\n") as f:
        f.write(text)
    return full


def write_workspace(ws, folder):
    """Write ws as kesu YAML: plan/measures.yaml, units.yaml, policy.yaml, progress/<year>/<unit>.yaml, evidence files."""
    F = FIELDS
    put_file(folder, "plan/measures.yaml", "\n".join(emit(plan_data(ws))) + "\n")
    listed = []
    for u in ws["units"]:
        row = {F["unit.name"]: u}
        if F["unit.kind.value"]:
            row[F["unit.kind"]] = F["unit.kind.value"]
        listed.append(row)
    put_file(folder, "plan/units.yaml", "\n".join(emit({F["units.list"]: listed})) + "\n")
    put_file(folder, "plan/policy.yaml", "\n".join(emit(policy_data(ws))) + "\n")
    tasks = {t["id"]: t for t in ws["tasks"]}
    for y in ws["filings"]:
        os.makedirs(os.path.join(folder, "progress", str(y)), exist_ok=True)
        for u, filing in ws["filings"][y].items():
            path = "progress/%d/%s.yaml" % (y, u)
            if filing["state"] == "absent":
                continue
            if filing["state"] == "unreadable":
                put_file(folder, path, F["unreadable.text"])
                continue
            data = {"unit": u, "year": y, "status": filing["state"]}
            if filing.get("submitted"):
                data["submitted"] = filing["submitted"]
            rows = []
            for i, e in enumerate(filing["entries"]):
                task = tasks[e["task"]]
                row = {"task": e["task"], "date": e["date"], "name": e["name"]}
                if e.get("value") is not None:
                    row["value"] = e["value"]
                if e.get("numerator") is not None:
                    row[F["entry.numerator"]] = e["numerator"]
                    row[F["entry.denominator"]] = e["denominator"]
                if e.get("unit"):
                    row["unit"] = F["percent.unit"] if e["unit"] == "%" else e["unit"]
                if e.get("status"):
                    row[F["entry.status"]] = F["entry.status." + e["status"]]
                if e.get("items"):
                    row[F["entry.items"]] = e["items"]
                if e.get("jointly_with"):
                    row["jointly_with"] = e["jointly_with"]
                if e.get("counted_by"):
                    row["counted_by"] = e["counted_by"]
                many = max(1, ws["policy"]["evidence"].get(task["strength"], 0))
                pieces = []
                if e.get("evidence", "ok") != "missing":
                    for n in range(many):
                        where = "佐证/%d/%s-%d-%d.txt" % (y, u, i + 1, n + 1)
                        text = "佐证 %s %d %d %d %s\n" % (u, y, i + 1, n + 1, e["name"])
                        if e.get("evidence", "ok") == "ok":
                            put_file(folder, os.path.join(F["evidence.root"], where), text)
                        pieces.append(
                            {
                                "kind": F["evidence.kind"],
                                "path": where,
                                "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
                            }
                        )
                if pieces:
                    row["evidence"] = pieces
                rows.append(row)
            data["entries"] = rows
            if filing["nothing_to_report"]:
                data["nothing_to_report"] = [
                    {"task": t, "reason": "本年度无此项工作"} for t in filing["nothing_to_report"]
                ]
            put_file(folder, path, "\n".join(emit(data)) + "\n")


# ---------------------------------------------------------------------------------------------- self-test
def int_years(d):
    if d and all(k.isdigit() and len(k) == 4 for k in d):
        return {int(k): v for k, v in d.items()}
    return d
