"""What lies in a case's folder beside its letters: the applicant's papers, evidence, what is to be disclosed.

An attachment is no act and moves nothing. Its content lies encrypted among the data, under its SHA-256; its
row says who brought it and when. A name that is there already gets a new version; nothing is overwritten,
and what is removed keeps its row and its content.
"""

import hashlib
import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import aliased

from workflow.casefile import CaseFile
from workflow.errors import BadInput, Incomplete, NotFound, Refused
from workflow.filetypes import BY_MEDIA, TAKEN, FileType, type_of
from workflow.law.decisions import DECISIONS, Decision
from workflow.law.statute import cite_zh
from workflow.sealing import Seal
from workflow.store import Session
from workflow.tables import ATTACHMENTS, CASES, USERS
from workflow.vocabulary import State, Word

LARGEST = 20_000_000
#: What file systems allow a name to be, in bytes.
LONGEST_NAME = 255
NAMELESS = "未命名"


class Category(Word):
    """What an attachment is to the case."""

    APPLICATION = "application", "申请材料"
    EVIDENCE = "evidence", "证据"
    DISCLOSURE = "disclosure", "拟公开信息"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a case, in one version."""

    seq: int
    name: str
    version: int
    sha256: str
    size: int
    type: FileType
    category: Category
    person: str
    at: datetime
    removed_at: datetime | None
    removed_by: str | None


# --- Taking in -------------------------------------------------------------------------------------------


def attach(
    session: Session,
    folder: Path,
    file: CaseFile,
    uploads: Sequence[Upload],
    category: Category,
    *,
    by: int,
    at: datetime,
) -> tuple[list[str], list[str]]:
    """Keep files with a case: the names of those kept, and why others were not; raises Refused."""
    check_open(file)
    # Whoever adds to the same case at once waits here, and counts what was added.
    session.execute(select(CASES.c.id).where(CASES.c.id == file.id).with_for_update())
    kept: list[str] = []
    left: list[str] = []
    for upload in uploads:
        try:
            kept.append(_keep(session, folder, file.id, upload, category, by, at))
        except BadInput as fault:
            left.append(str(fault))
    return kept, left


def check_open(file: CaseFile) -> None:
    """Whether files may be added; raises Refused."""
    h = file.history
    secret = Decision.STATE_SECRET
    if h.decision is secret or (h.draft is not None and h.draft.decision is secret):
        article = DECISIONS[secret].article
        _refuse(file, article, f"涉及国家秘密的，本系统不保存任何附件（{cite_zh(article)}）")
    if h.state is State.VOIDED:
        _refuse(file, "45", "本件已作废，不能添加附件")


def _refuse(file: CaseFile, article: str, message: str) -> None:
    state = file.history.state
    raise Refused("attach", state.value if state else None, article, message)


def _keep(
    session: Session, folder: Path, case_id: int, upload: Upload, category: Category, by: int, at: datetime
) -> str:
    name = plain_name(upload.name)
    kind = checked(name, upload.content)
    digest = hashlib.sha256(upload.content).hexdigest()
    query = select(ATTACHMENTS).where(ATTACHMENTS.c.case_id == case_id).order_by(ATTACHMENTS.c.seq)
    rows = session.execute(query).all()
    named = [row for row in rows if row.name == name]
    if named and named[-1].sha256 == digest and named[-1].removed_at is None:
        raise BadInput(name, "与已有的最新版本内容相同，没有重复保存")
    store_content(session.seal, folder, digest, upload.content)
    row = {
        "case_id": case_id,
        "seq": len(rows) + 1,
        "name": name,
        "version": len(named) + 1,
        "sha256": digest,
        "size": len(upload.content),
        "type": kind.media,
        "category": category.value,
        "user_id": by,
        "at": at,
    }
    session.execute(insert(ATTACHMENTS), row)
    return name if not named else f"{name}（第{len(named) + 1}版）"


def checked(name: str, content: bytes) -> FileType:
    """The kind of a file that can be taken in; raises BadInput saying what is wrong with it."""
    if not content:
        raise BadInput(name, "文件是空的")
    if len(content) > LARGEST:
        raise BadInput(name, f"文件超过{LARGEST // 1_000_000}MB，请拆分或压缩扫描分辨率后再上传")
    ending = name.rpartition(".")[2].lower()
    kind = type_of(content, ending)
    if kind is None:
        raise BadInput(name, f"按文件内容判断，不是可以保存的类型；可以保存{TAKEN}，不含宏和压缩包")
    if ending not in kind.endings:
        raise BadInput(name, f"内容是{kind.zh}，扩展名应为 .{kind.endings[0]}，请改正文件名后再上传")
    return kind


def plain_name(name: str) -> str:
    """A name without folders and invisible signs, as long as a file system allows."""
    bare = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in bare if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    stem, dot, ending = seen.strip().rstrip(". ").rpartition(".")
    stem, tail = (stem or NAMELESS, dot + ending) if dot else (ending or NAMELESS, "")
    tail = _shortened(tail, LONGEST_NAME - len(NAMELESS.encode()))
    return _shortened(stem, LONGEST_NAME - len(tail.encode())) + tail


def _shortened(text: str, most: int) -> str:
    """At most so many bytes of UTF-8, and no half sign at the end."""
    return text.encode()[:most].decode(errors="ignore")


# --- The content -----------------------------------------------------------------------------------------


def store_content(seal: Seal, folder: Path, digest: str, content: bytes) -> None:
    """Write the content encrypted under its digest, for its owner only; what is there already stays.

    It is on the disk before the row is committed: a row never waits for its content.
    """
    place = path_of(folder, digest)
    if place.exists():
        return
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, delete=False) as writing:  # mkstemp makes it 0600.
        try:
            writing.write(seal.encrypt_bytes(content, content_place(digest)))
            writing.flush()
            os.fsync(writing.fileno())
            Path(writing.name).replace(place)
            _sync(place.parent)
        except BaseException:
            Path(writing.name).unlink(missing_ok=True)
            raise


def _sync(folder: Path) -> None:
    """A name is on the disk only with its folder: what was scanned is removed once it is kept here."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def path_of(folder: Path, digest: str) -> Path:
    """Where the content of that digest lies."""
    return folder / digest[:2] / digest


def content_place(digest: str) -> str:
    """What the content is encrypted for: put under another digest, it cannot be read."""
    return f"attachments {digest}"


def content_of(seal: Seal, folder: Path, row: Any) -> bytes:
    """The content of an attachment; raises Incomplete when it is gone or no longer what was brought."""
    what = f"附件“{row.name}”"
    try:
        content = seal.decrypt_bytes(path_of(folder, row.sha256).read_bytes(), content_place(row.sha256))
    except FileNotFoundError:
        raise Incomplete(f"{what}的文件缺失") from None
    except OSError as error:
        raise Incomplete(f"{what}的文件无法读取：{error.strerror}") from None
    except (InvalidTag, ValueError):
        raise Incomplete(f"{what}的文件无法解密：密钥不符，或存储的内容被改动") from None
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise Incomplete(f"{what}与上传时不一致：存储的内容被改动")
    return content


# --- Looking, removing ------------------------------------------------------------------------------------


def attachments(session: Session, case_id: int) -> list[Attachment]:
    """Every file of a case in every version, removed ones too, oldest first."""
    remover = aliased(USERS, name="remover")
    query = (
        select(ATTACHMENTS, USERS.c.name.label("person"), remover.c.name.label("removed_by"))
        .join(USERS, USERS.c.id == ATTACHMENTS.c.user_id)
        .join(remover, remover.c.id == ATTACHMENTS.c.removed_by_id, isouter=True)
        .where(ATTACHMENTS.c.case_id == case_id)
        .order_by(ATTACHMENTS.c.seq)
    )
    return [_attachment(row) for row in session.execute(query)]


def _attachment(row: Row[Any]) -> Attachment:
    return Attachment(
        row.seq,
        row.name,
        row.version,
        row.sha256,
        row.size,
        BY_MEDIA[row.type],
        Category(row.category),
        row.person,
        row.at,
        row.removed_at,
        row.removed_by,
    )


def attachment(session: Session, case_id: int, seq: int) -> Attachment:
    """One file that is still there; raises NotFound."""
    for found in attachments(session, case_id):
        if found.seq == seq and found.removed_at is None:
            return found
    raise NotFound("没有这个附件，或者已被移除")


def remove(session: Session, case_id: int, seq: int, *, by: int, at: datetime) -> str:
    """Take a file out of the list; its row says who did, and its content stays. Gives its name."""
    found = session.execute(
        update(ATTACHMENTS)
        .where(ATTACHMENTS.c.case_id == case_id, ATTACHMENTS.c.seq == seq)
        .where(ATTACHMENTS.c.removed_at.is_(None))
        .values(removed_at=at, removed_by_id=by)
        .returning(ATTACHMENTS.c.name)
    ).one_or_none()
    if found is None:
        raise NotFound("没有这个附件，或者已被移除")
    return str(found.name)


def digests(session: Session, case_id: int) -> set[str]:
    """By which it is known what a case has."""
    query = select(ATTACHMENTS.c.sha256).where(ATTACHMENTS.c.case_id == case_id)
    return set(session.execute(query.where(ATTACHMENTS.c.removed_at.is_(None))).scalars())


def faults(session: Session, folder: Path, case_id: int) -> Iterator[str]:
    """What is wrong with the files of a case: numbers left out, contents gone or changed."""
    query = select(ATTACHMENTS).where(ATTACHMENTS.c.case_id == case_id).order_by(ATTACHMENTS.c.seq)
    rows = session.execute(query).all()
    if [row.seq for row in rows] != list(range(1, len(rows) + 1)):
        yield "附件清单有缺失"
    for row in rows:
        try:
            content_of(session.seal, folder, row)
        except Incomplete as fault:
            yield str(fault)
