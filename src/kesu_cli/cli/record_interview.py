"""What kesu record was told and asks for: each part is checked at once, and asked again with the reason."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

import typer

from kesu_cli.cli import console
from kesu_cli.cli.exit_code import COULD_NOT_JUDGE
from kesu_cli.cli.record_answers import PARTS, REQUIRED, Answers
from kesu_cli.contribution import evidence_needed
from kesu_cli.diagnostic import Refusal
from kesu_cli.engine.open_workspace import OpenWorkspace
from kesu_cli.engine.record import NotRecorded, OpenReport, Reason, misshapen, objections, opened, said
from kesu_cli.engine.refuse_closed_year import YearIsClosed
from kesu_cli.forms.ledger_rows import parted
from kesu_cli.model.plan import Task
from kesu_cli.model.task_in_plan_file import Tally
from kesu_cli.model.unit import UnknownUnit
from kesu_cli.model.window import Days, Precision, read_stretch
from kesu_cli.source.evidence import NoEvidence, piece_of
from kesu_cli.yamltext.write import Node


@dataclass(frozen=True)
class Interview:
    """Asks for an entry, judged by what lies on the office on a day."""

    office: OpenWorkspace
    today: date
    _opened: dict[tuple[str, int], OpenReport] = field(default_factory=dict)

    def completed(self, answers: Answers) -> Answers:
        """Check what is told and ask for what is missing; where nobody can answer, say what it is."""
        if wrong := self._wrong(answers):
            raise Refusal(_with_options(wrong))
        missing = [key for key in REQUIRED if key not in answers.known]
        if missing and not console.may_ask():
            named = (f"{PARTS[key].option}（{PARTS[key].label}）" for key in missing)
            raise Refusal(f"缺少 {'、'.join(named)}")
        return self._asked(answers) if console.may_ask() else answers

    def year(self, answers: Answers) -> int:
        """Return the year whose file the entry goes into: that of its last day."""
        return read_stretch(answers.date).end.year

    def entry(self, answers: Answers) -> dict[str, Node]:
        """Return the entry as it is to be written, of what is known."""
        parts: dict[str, Node] = {
            "task": self._task_id(answers),
            "date": _written(read_stretch(answers.date)) if answers.date else "",
            "name": answers.name,
            "value": answers.value,
            "items": answers.items,
            "evidence": [piece_of(text, self.office.workspace.root) for text in answers.evidence],
        }
        return {key: part for key, part in parts.items() if part}

    def _asked(self, answers: Answers) -> Answers:
        declined = False
        while key := self._next(answers, declined=declined):
            texts = self._answer(key, answers)
            if not texts and key == "evidence":
                declined = True
            elif not texts:
                typer.echo(_blank(key).message, err=True)
            else:
                answers = self._with_answer(answers, key, texts)
        return answers

    def _next(self, answers: Answers, *, declined: bool) -> str:
        """Name the part to ask for next; empty where nothing is left to ask."""
        task = self.office.terms.plan.by_id.get(self._task_id(answers))
        wanted = [*REQUIRED, *(_wanted(task) if task else ())]
        missing = next((key for key in wanted if key not in answers.known), "")
        needed = evidence_needed(task, self.office.terms.policy).number if task and not declined else 0
        return missing or ("evidence" if len(answers.evidence) < needed else "")

    def _answer(self, key: str, answers: Answers) -> tuple[str, ...]:
        task = self.office.terms.plan.by_id.get(self._task_id(answers))
        among = f"（{'、'.join(task.row.items)}）" if task and key == "items" else ""
        label = f"{PARTS[key].label}{among}"
        answer: str = typer.prompt(label, default="", show_default=False, err=True).strip()
        return tuple(parted(answer)) if key == "items" else tuple([answer] if answer else [])

    def _with_answer(self, answers: Answers, key: str, texts: tuple[str, ...]) -> Answers:
        """Take an answer in; what is wrong now is said and is no longer known, so that it is asked again."""
        before = answers.of(key) if key == "evidence" else ()
        after = answers.having(key, (*before, *texts))
        for reason in self._wrong(after):
            typer.echo(said(reason), err=True)
            after = after.having(reason.key, before if reason.key == key else ())
        return after

    def _wrong(self, answers: Answers) -> tuple[Reason, ...]:
        """Say what stands against the parts that are known; raises NotRecorded where the file is at fault."""
        plain = tuple(reason for key in answers.known for reason in self._plainly_wrong(answers, key))
        sound = answers
        for reason in plain:
            sound = sound.having(reason.key, ())
        return (*plain, *self._wrong_together(sound))

    def _wrong_together(self, answers: Answers) -> tuple[Reason, ...]:
        """Say what is wrong with parts that are sound by themselves."""
        entry = self.entry(answers)
        to = self._open(answers) if answers.unit and answers.date else None
        if isinstance(to, Reason):
            return (to,)
        is_whole = to is not None and all(key in answers.known for key in REQUIRED)
        reasons = objections(to, entry, self.today) if to and is_whole else misshapen(entry)
        return tuple(reason for reason in reasons if reason.key in answers.known)

    def _plainly_wrong(self, answers: Answers, key: str) -> Iterator[Reason]:
        """Say what is wrong with a part by itself."""
        if not all(text.strip() for text in answers.of(key)):
            yield _blank(key)
            return
        try:
            self._look_at(answers, key)
        except (UnknownUnit, NoEvidence, ValueError) as refused:
            yield Reason(key, str(refused))

    def _look_at(self, answers: Answers, key: str) -> None:
        if key == "unit":
            self.office.terms.units.named_to_report(answers.unit)
        elif key == "task" and self._task_id(answers) not in self.office.terms.plan.by_id:
            raise ValueError(f"方案里没有任务“{answers.task}”；用 kesu plan show 可列出全部任务")
        elif key == "date":
            read_stretch(answers.date)
        elif key == "evidence":
            for text in answers.evidence:
                piece_of(text, self.office.workspace.root)

    def _open(self, answers: Answers) -> OpenReport | Reason:
        where = self.office.terms.units.named_to_report(answers.unit), self.year(answers)
        try:
            if where not in self._opened:
                self._opened[where] = opened(self.office, *where)
        except YearIsClosed as closed:
            return Reason("date", str(closed))
        except NotRecorded as refused:
            of_date = next((reason for reason in refused.reasons if reason.key), None)
            if of_date is None:
                raise
            return of_date
        return self._opened[where]

    @staticmethod
    def _task_id(answers: Answers) -> str:
        return answers.task.strip().upper()


def _wanted(task: Task) -> Iterator[str]:
    if task.row.target is not None and task.tally is not Tally.COUNT:
        yield "value"
    if task.row.items:
        yield "items"


def _written(days: Days) -> Node:
    if days.precision is Precision.RANGE:
        return {"from": days.start.isoformat(), "to": days.end.isoformat()}
    return str(days)


def _blank(key: str) -> Reason:
    return Reason(key, f"{PARTS[key].label.partition('，')[0]}没有填，例如 {PARTS[key].example}")


def _with_options(reasons: Sequence[Reason]) -> str:
    """Say reasons, each with the option that is to be written otherwise."""
    return "；".join(dict.fromkeys(map(_with_option, reasons)))


def _with_option(reason: Reason) -> str:
    return f"{PARTS[reason.key].option}：{said(reason)}" if reason.key in PARTS else said(reason)


@contextmanager
def refusals_said() -> Iterator[None]:
    """Turn whatever keeps an entry from being recorded into a sentence and exit code 2."""
    try:
        yield
    except NotRecorded as refused:
        raise Refusal(_with_options(refused.reasons)) from refused


@contextmanager
def nothing_written_when_stopped() -> Iterator[None]:
    """Say that nothing was written where the user stops the questions."""
    try:
        yield
    except (KeyboardInterrupt, typer.Abort) as stopped:
        typer.echo("\n没有写入", err=True)
        raise typer.Exit(COULD_NOT_JUDGE) from stopped
