"""The seven questions 补不补—是不是—谁负责—有没有—给不给—怎么给—怎么答, and where their answers lead.

They lead a handler to the decision: from whether the application is clear (art. 30) to how it is answered
(art. 36). Each answer goes on to a question, or waits for an act of the office; nothing of it is an act.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workflow.law.decisions import DECISIONS, Decision
from workflow.law.guide.asked import CLARIFY_STEP, HELD_STEP, RESPONSIBLE_STEP, SCOPE_STEP
from workflow.law.guide.given import DISCLOSE_STEP, PROVIDE_STEP, REPLY_STEP
from workflow.law.guide.parts import Answer, Detail, First, Step

STEPS: tuple[Step, ...] = (
    CLARIFY_STEP,
    SCOPE_STEP,
    RESPONSIBLE_STEP,
    HELD_STEP,
    DISCLOSE_STEP,
    PROVIDE_STEP,
    REPLY_STEP,
)
BY_CODE = {step.code: step for step in STEPS}


@dataclass(frozen=True, slots=True)
class Reached:
    """A question on the way, with its answer once there is one."""

    step: Step
    answer: Answer | None = None
    details: tuple[Detail, ...] = ()

    @property
    def first(self) -> tuple[First, ...]:
        """What the office does before it replies, by this answer."""
        ticked = tuple(each.first for each in self.details if each.first)
        return (*self.answer.first, *ticked) if self.answer else ()


@dataclass(frozen=True, slots=True)
class Path:
    """The questions that the answers lead through; the last one is open, or it is the end."""

    reached: tuple[Reached, ...]

    @property
    def asks(self) -> Step | None:
        """The question that is still to be answered."""
        last = self.reached[-1]
        return last.step if last.answer is None else None

    @property
    def answered(self) -> tuple[Reached, ...]:
        """The questions that have been answered."""
        return tuple(each for each in self.reached if each.answer)

    @property
    def decision(self) -> Decision | None:
        """The decision that it comes to, or none: an act has to come first, or more to be answered."""
        if self.asks:
            return None
        return next((a.decision for a in self._answers if a.decision), None)

    @property
    def letter(self) -> str:
        """The kind of letter that the decision becomes."""
        own = next((a.letter for a in self._answers if a.letter), "")
        return own or (DECISIONS[self.decision].letter_kind if self.decision else "")

    @property
    def grounds(self) -> tuple[str, ...]:
        """What the draft names beside its decision: the withheld parts, the public interest."""
        ticked = tuple(d.code for each in self.reached for d in each.details if not d.first)
        return tuple(ground for a in self._answers for ground in a.grounds) + ticked

    @property
    def first(self) -> tuple[First, ...]:
        """What comes before the reply, in the order of the questions."""
        return tuple(first for each in self.reached for first in each.first)

    @property
    def fields(self) -> tuple[str, ...]:
        """What the draft has to state as well, by the names of its fields."""
        return tuple(name for a in self._answers for name in a.fields)

    @property
    def _answers(self) -> tuple[Answer, ...]:
        return tuple(each.answer for each in self.reached if each.answer)


def path(answers: Mapping[str, str]) -> Path:
    """The way through the questions: from each answer to the question that it leads to.

    An answer is its code word, and after it what is ticked under it. What is not on the way is passed over.
    """
    reached: list[Reached] = []
    step: Step | None = STEPS[0]
    while step:
        reached.append(_reached(step, answers.get(step.code, "")))
        answer = reached[-1].answer
        step = BY_CODE[answer.to] if answer and answer.to else None
    return Path(tuple(reached))


def _reached(step: Step, given: str) -> Reached:
    code, *ticked = given.split() or [""]
    answer = step.answer(code)
    details = tuple(each for each in answer.details if each.code in ticked) if answer else ()
    if answer and answer.details and not details:
        return Reached(step)
    return Reached(step, answer, details)


def written(code: str, details: Iterable[str] = ()) -> str:
    """An answer with what is ticked under it, as it is kept."""
    return " ".join((code, *details))


def proposed(way: Path, reasons: Mapping[str, str]) -> str:
    """The reasons of the reply as the answers give them, each followed by the handler's own words.

    What was found stands in the first paragraph, what is decided in the second.
    """
    found: list[str] = []
    decided: list[str] = []
    for each in way.answered:
        sentences = [_says(each), _sentence(reasons.get(each.step.code, ""))]
        place = decided if each.answer and (each.answer.decision or decided) else found
        place.extend(filter(None, sentences))
    return "\n".join(filter(None, ("".join(found), "".join(decided))))


def _says(reached: Reached) -> str:
    withheld = [each.zh for each in reached.details if not each.first]
    parts = f"其中有下列情形的内容不予提供：{'；'.join(withheld)}。" if withheld else ""
    return (reached.answer.says if reached.answer else "") + parts


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in "。！？；" else text + "。"
