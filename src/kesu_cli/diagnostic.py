"""What can be said of data: severities, places, faults, problems, findings, and what is refused."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

Step = str | int


class Severity(StrEnum):
    """How grave a finding is, gravest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the gravest, so that sorting puts it first."""
        return list(Severity).index(self)


class Span(NamedTuple):
    """A stretch of text: lines and columns from 1, columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START_OF_FILE = Span(1, 1, 1, 1)


class Place(NamedTuple):
    """A node of a YAML file, named by the keys and indexes that lead to it.

    ``file`` is relative to the workspace, with forward slashes.
    """

    file: str
    path: tuple[Step, ...] = ()

    def __truediv__(self, step: Step) -> "Place":
        return Place(self.file, (*self.path, step))


class Related(NamedTuple):
    """Another place that a reader must see to understand a problem."""

    place: Place
    message: str


class DisputeKind(StrEnum):
    """In what way a problem disputes entries: they should not count as they stand, or are one fact."""

    OUT = "out"
    ONE_OF = "one_of"


class Dispute(NamedTuple):
    """Entries that a problem disputes (存疑): each should not count, or of all of them only one.

    ``why`` says it in the few words that stand beside a verdict.
    """

    kind: DisputeKind
    entries: tuple[Place, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule yields: one thing wrong, at a place in the data.

    ``hint`` says what to do in plain words, ``write`` how that is written in the file.
    ``unit``, ``task``, ``window`` and ``subject`` identify the problem across edits of the file;
    ``severity`` differs from the rule's own only where the words of the task say so;
    ``span`` is set only where the file has no tree to point into (syntax, encoding); ``disputes`` says
    which entries may not count because of it.
    """

    place: Place
    message: str
    hint: str = ""
    write: str = ""
    owners: tuple[str, ...] = ()
    unit: str = ""
    task: str = ""
    window: str = ""
    subject: str = ""
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    span: Span | None = None
    disputes: Dispute | None = None


class FaultKind(StrEnum):
    """What can go wrong while a file is read; one rule speaks for each."""

    UNREADABLE = "unreadable"
    ENCODING = "encoding"
    SYNTAX = "syntax"
    SUBSET = "subset"
    DUPLICATE_KEY = "duplicate_key"
    SCHEMA = "schema"
    STRAY = "stray"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a file as it was read, before its meaning is known."""

    kind: FaultKind
    place: Place
    message: str
    hint: str = ""
    span: Span | None = None
    related: tuple[Related, ...] = ()
    owners: tuple[str, ...] = ()


class FixKind(StrEnum):
    """What can be mended without a change of meaning and serves a rule; the rule names it."""

    COLON = "colon"
    COMMA = "comma"
    ENCODING = "encoding"
    ALIAS = "alias"
    TASK_ID = "task_id"
    DIGEST = "digest"


class EvidenceFile(NamedTuple):
    """What was found where a piece of evidence points: ``sha256`` only where it was asked for.

    ``size`` is in bytes, -1 where it is not known; ``is_own`` says that it is a file
    that kesu itself reads, of the plan or of the progress.
    """

    exists: bool
    inside: bool
    sha256: str = ""
    size: int = -1
    is_own: bool = False


class Crash(NamedTuple):
    """A rule that failed of itself, with the error."""

    code: str
    error: str


class Refusal(Exception):
    """What a command may answer instead of doing what it was asked for: a sentence for the user.

    The door turns it into that sentence and exit code 2; nothing has been judged or written.
    """


class Located(NamedTuple):
    """A related place with its span resolved."""

    file: str
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with the code of its rule, its lines, and the waiver that covers it (if any).

    ``path`` leads to its place within the file.
    """

    code: str
    name: str
    severity: Severity
    message: str
    hint: str
    write: str
    file: str
    span: Span
    owners: tuple[str, ...]
    unit: str
    task: str
    window: str
    related: tuple[Located, ...]
    fingerprint: str
    waiver: str = ""
    path: tuple[Step, ...] = ()

    @property
    def advice(self) -> str:
        """What to do, with how it is written in the file: for those who edit it."""
        return f"{self.hint}（写法：{self.write}）" if self.write else self.hint

    @property
    def counts(self) -> bool:
        """Whether the finding counts towards the exit code: a waived one does not."""
        return not self.waiver

    @property
    def gravity(self) -> tuple[bool, int]:
        """Sorts what counts before what is waived, and the gravest first."""
        return not self.counts, self.severity.rank


def fingerprint(code: str, problem: Problem, ordinal: int = 0) -> str:
    """Identify a problem across edits: no line numbers go in.

    ``ordinal`` tells apart problems that agree in everything else.
    """
    owner = problem.unit or ("" if problem.window else problem.place.file)
    parts = (code, owner, problem.task, problem.window, problem.subject, str(ordinal))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
