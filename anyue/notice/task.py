"""What the steps of a breakdown hand to one another: the task, its source, what governs a clause."""

from dataclasses import dataclass, field

from . import times
from .actors import Actor
from .clauses import Clause
from .header import Header
from .quotas import Quota
from .times import Window


@dataclass
class Task:
    """One duty: the words that impose it and what they say. Offsets are into the clean text until mapped back."""

    section: str
    start: int
    end: int
    actors: list[Actor]
    kind: str = "other"
    strength: str = "must"
    participants: list[str] = field(default_factory=list)
    quota: Quota | None = None
    window: Window | None = None
    due: str | None = None
    deliverables: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)  # codes: own_subject, verb:组织, kind:演练 …
    kind_likelihood: float = 1.0
    confidence: float = 1.0  # doubt.confidence
    urges: bool = False
    verb: str = ""
    own_actor: bool = False
    paragraph: int = 0


@dataclass
class Source:
    """What every step looks at: the clean text, its mask, the head of the notice and the frame of its dates."""

    text: str
    masked: str
    header: Header
    frame: times.Frame


@dataclass
class Scope:
    """What governs the clauses of one item: its subject, its stage's dates, the list of responsible units."""

    subject: list[Actor] = field(default_factory=list)
    subjects_seen: int = 0
    title: str = ""
    window: Window | None = None
    due: str | None = None
    listed: list[Actor] = field(default_factory=list)
    lead_in: list[Actor] = field(default_factory=list)
    gathering: Window | None = None
    main: list[Actor] = field(default_factory=list)
    is_silent: bool = False
    is_intro: bool = False
    is_group: bool = False


@dataclass
class State:
    """What one sentence carries from clause to clause."""

    section: str
    first_task: int = 0
    has_subject: bool = False
    leader: list[Actor] = field(default_factory=list)  # 主要负责人 named before what they do
    organised: bool = False
    after_semicolon: bool = False
    opening_subject: list[Actor] = field(default_factory=list)
    collected: list[Actor] = field(default_factory=list)
    due: str | None = None
    window: Window | None = None
    window_owner: list[str] | None = None
    window_leads: bool = False
    next_due: str | None = None
    condition: int | None = None
    actor_clause: int | None = None
    clause_actors: list[Actor] = field(default_factory=list)
    participants: list[str] = field(default_factory=list)
    loose_actor: list[Actor] = field(default_factory=list)
    pending: Clause | None = None
    last: Task | None = None
    emitted: bool = False
    silent: bool = False
