"""The page of the seven questions and of what has to be proved, made from the law as data."""

from collections.abc import Iterator

from workflow.law.decisions import DECISIONS, Decision
from workflow.law.evidence import ITEMS
from workflow.law.guide import BY_CODE, STEPS
from workflow.law.guide.parts import Answer, Step
from workflow.rules.reply import NOT_DRAFTED

HEAD = """# The seven questions, and what has to be proved

Made by `make docs` from `workflow/law/guide/` and `workflow/law/evidence.py`. The questions lead a handler to
the decision (`/cases/{number}/guide`); they are no acts, and move nothing. Not reached by them, since they
come about by the applicant's act or silence: """


def introduction() -> str:
    """What the page begins with."""
    return f"{HEAD}{', '.join(f'`{each}`' for each in Decision if each in NOT_DRAFTED)}."


def _answers(step: Step) -> Iterator[tuple[str, ...]]:
    """The answers of a question as rows: what they mean, and where they lead."""
    for answer in step.answers:
        yield f"`{answer.code}`", answer.zh, answer.article, _leads(answer)


def _leads(answer: Answer) -> str:
    decided = [f"decision `{answer.decision}`"] if answer.decision else []
    first = [f"first `{each.action}`" for each in answer.first]
    ticked = [f"`{each.code}`" for each in answer.details]
    onward = [f"then {BY_CODE[answer.to].zh}"] if answer.to else []
    return ", ".join([*decided, *first, *([f"ticked: {' '.join(ticked)}"] if ticked else []), *onward])


def steps() -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    """Each question as a heading, with its table."""
    for number, step in enumerate(STEPS, 1):
        yield (
            f"{number}. {step.zh}: {step.question} (arts. {', '.join(step.articles)})",
            tuple(_answers(step)),
        )


def proofs() -> Iterator[tuple[str, ...]]:
    """What each decision has to be proved by."""
    for decision, items in ITEMS.items():
        demanded = "、".join(item.name for item in items if item.demanded)
        advised = "、".join(item.name for item in items if not item.demanded)
        yield f"`{decision}`", DECISIONS[decision].zh, demanded, advised
