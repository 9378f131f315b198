"""What the seven questions are made of."""

from dataclasses import dataclass

from workflow.law.decisions import Decision

#: The questions by their code words.
CLARIFY, SCOPE, RESPONSIBLE, HELD = "clarify", "scope", "responsible", "held"
DISCLOSE, PROVIDE, REPLY = "disclose", "provide", "reply"


@dataclass(frozen=True, slots=True)
class First:
    """An act of the office that comes before the reply: its code word, why, and by which article."""

    action: str
    why: str
    article: str


@dataclass(frozen=True, slots=True)
class Detail:
    """What is ticked under an answer: the ground of a withheld part, or an act that comes first."""

    code: str
    zh: str
    article: str
    first: First | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: what it means, and where it leads."""

    code: str
    zh: str
    means: str
    article: str
    #: The question that follows; none, where an act of the office has to come first.
    to: str = ""
    decision: Decision | None = None
    #: Grounds that the draft names beside those that are ticked.
    grounds: tuple[str, ...] = ()
    first: tuple[First, ...] = ()
    details: tuple[Detail, ...] = ()
    #: What it says in the reply.
    says: str = ""
    #: What the draft has to state as well, by the names of its fields.
    fields: tuple[str, ...] = ()
    #: The reply's letter, where it is not the decision's own.
    letter: str = ""
    #: The heading under which it stands among the answers.
    group: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the seven questions."""

    code: str
    zh: str
    question: str
    articles: tuple[str, ...]
    answers: tuple[Answer, ...]

    def answer(self, code: str) -> Answer | None:
        """The answer of that code, if there is one."""
        return next((each for each in self.answers if each.code == code), None)
