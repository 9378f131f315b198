"""The scanner's folder of a person's agency: which it is, and what of it is taken into a case."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import structlog

from api.accounts import User
from api.clock import now
from api.settings import Settings
from workflow import agencies, scans
from workflow.attachments import digests
from workflow.errors import BadInput
from workflow.scans import Taken
from workflow.store import Session, Store
from workflow.vocabulary import Role

log = structlog.get_logger("scans")

#: So many files are taken at once.
MOST = 50
#: Who handles no cases opens no papers.
OTHERS = frozenset({Role.ADMIN, Role.SUPERVISOR})
STAYS = "已保存，但没有权限从扫描仪文件夹移走，请联系系统管理员"


def folder(session: Session, settings: Settings, user: User) -> Path | None:
    """The folder of the person's own agency, if there is one."""
    if user.roles <= OTHERS:
        return None
    return scans.folder_of(settings.scans, agencies.by_id(session, user.agency_id).code)


@contextmanager
def taken(store: Store, settings: Settings, user: User, keys: Sequence[str]) -> Iterator[Taken]:
    """The files that a form names, held while they are attached."""
    if len(keys) > MOST:
        raise BadInput("", f"一次最多取用{MOST}个扫描件")
    with store.reading() as session:
        own = folder(session, settings, user)
    with scans.taken(own, keys, now()) as found:
        yield found


def put_away(store: Store, user: User, case_id: int, found: Taken) -> list[str]:
    """Remove from the folder what the committed case has; gives what is to be said of the others."""
    if not found.held:
        return []
    with store.reading() as session:
        kept = digests(session, case_id)
    stay = found.put_away(kept)
    log.info("scans_taken", agency=user.agency, by=user.login, files=len(found.held), stay=len(stay))
    return [f"{name}：{STAYS}" for name in stay]
