"""What the domain refuses, and how it says so: in Chinese, with the article, changing nothing."""

from collections.abc import Sequence


class WorkflowError(Exception):
    """Anything the domain reports to its caller; the text is meant for the user."""


class BadInput(WorkflowError):
    """Something is not readable as what it should be; `where` names the file, row or field."""

    def __init__(self, where: str, message: str, details: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(f"{where}：{message}" if where else message)
        self.where = where
        self.message = message
        #: Every fault found at once, as (field, message).
        self.details = tuple(details) or ((where, message),)


class NotFound(WorkflowError):
    """No such case, letter or agency within the caller's reach."""


class Refused(WorkflowError):
    """A rule of law forbids the act in this state of the case."""

    def __init__(self, action: str, state: str | None, article: str, message: str) -> None:
        super().__init__(message)
        self.action = action
        self.state = state
        self.article = article
        self.message = message

    def as_dict(self) -> dict[str, str | None]:
        """The four facts that every refusal shows, to programs and to people."""
        return {
            "action": self.action,
            "state": self.state,
            "article": self.article,
            "message": self.message,
        }


class Forbidden(Refused):
    """The act exists in this state, but not for this role."""


class Stale(WorkflowError):
    """The case has moved on since the caller read it."""

    def __init__(self, number: str, expected: int, found: int | None) -> None:
        super().__init__(f"{number} 已被他人更新（您看到的是第{expected}版），请核对最新内容后再办理")
        self.number = number
        self.expected = expected
        self.found = found


class Incomplete(WorkflowError):
    """The installation cannot do what was asked; the text says what to set up."""
