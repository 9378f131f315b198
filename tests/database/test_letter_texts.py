"""An office's own texts: every version is kept, the latest is in force, and nobody overwrites another's."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from letters.own import version_of, written
from tests.letters.test_own import GOOD, KIND, with_matter
from tests.office import Office, morning
from workflow.casefile import open_file
from workflow.correspondence import OwnText
from workflow.errors import NotFound, Stale
from workflow.posting import letter_place
from workflow.tables import LETTERS
from workflow.texts import Version, everywhere, in_force, latest, numbered, own_texts, save, versions
from workflow.vocabulary import Role, State

AT = morning(date(2026, 7, 1))
BOTH = ("receipt", "disclosed")


def kept(office: Office, source: str | None, *, seen: int, kind: str = "receipt", note: str = "改") -> int:
    by = office.staff(Role.ADMIN, "管理").user_id
    assert by is not None
    with office.store.transaction() as session:
        return save(session, int(office.agency.id or 0), kind, source, note=note, seen=seen, by=by, at=AT)


def own(office: Office) -> dict[str, OwnText]:
    with office.store.reading() as session:
        return own_texts(session, int(office.agency.id or 0), BOTH)


def history(office: Office, kind: str = "receipt") -> list[Version]:
    with office.store.reading() as session:
        return versions(session, int(office.agency.id or 0), kind)


def test_an_office_that_has_changed_nothing_has_the_standard_texts(office: Office) -> None:
    assert own(office) == {}
    assert history(office) == []
    assert latest(history(office)) == 0


def test_the_latest_version_is_in_force_and_the_earlier_ones_are_kept(office: Office) -> None:
    assert [kept(office, "甲", seen=0), kept(office, "乙", seen=1, note="再改")] == [1, 2]
    kept(office, "丙", seen=0, kind="disclosed")

    assert own(office) == {"receipt": OwnText(2, "乙"), "disclosed": OwnText(1, "丙")}
    assert history(office) == [
        Version("receipt", 2, "乙", "再改", AT, "管理"),
        Version("receipt", 1, "甲", "改", AT, "管理"),
    ]


def test_a_letter_names_the_version_that_it_was_made_of_and_is_made_of_it_again(office: Office) -> None:
    kept(office, with_matter(GOOD), seen=0, kind=KIND)
    kept(office, with_matter(GOOD.replace("需要", "尚需")), seen=1, kind=KIND)
    number = office.case_at(State.AWAITING_CLARIFICATION)
    kept(office, None, seen=2, kind=KIND)

    with office.store.reading() as session:
        case_id = open_file(session, number).id
        row = session.execute(
            select(LETTERS).where(LETTERS.c.case_id == case_id, LETTERS.c.kind == KIND)
        ).one()
        in_force_then = numbered(versions(session, row.agency_id, KIND), 2)
    seal = office.store.seal
    context = json.loads(seal.decrypt(row.context, letter_place("context", case_id, row.number)))
    html = seal.decrypt(row.html, letter_place("html", case_id, row.number))

    own_text = OwnText(2, in_force_then.source or "")
    assert row.template == version_of(KIND, own_text)
    assert row.template.startswith(f"{KIND}/2@")
    assert html == written(KIND, own_text, context)


def test_only_the_texts_of_the_kinds_asked_for_are_read(office: Office) -> None:
    kept(office, "甲", seen=0)

    with office.store.reading() as session:
        assert own_texts(session, int(office.agency.id or 0), ["disclosed"]) == {}
        assert own_texts(session, int(office.agency.id or 0), []) == {}


def test_back_to_the_standard_is_a_version_without_a_source(office: Office) -> None:
    kept(office, "甲", seen=0)
    kept(office, None, seen=1)

    with office.store.reading() as session:
        known = in_force(session, int(office.agency.id or 0))
    assert own(office) == {}
    assert (known["receipt"].version, known["receipt"].source) == (2, None)


@pytest.mark.parametrize("seen", [0, 2, 7])
def test_a_text_that_was_written_on_another_version_is_refused(office: Office, seen: int) -> None:
    kept(office, "甲", seen=0)

    with pytest.raises(Stale):
        kept(office, "乙", seen=seen)

    assert own(office) == {"receipt": OwnText(1, "甲")}


def test_of_two_who_save_at_once_one_is_told_so(office: Office) -> None:
    by, agency_id = office.staff(Role.ADMIN, "管理").user_id or 0, int(office.agency.id or 0)

    with ThreadPoolExecutor(1) as pool:
        with office.store.transaction() as session:
            save(session, agency_id, "receipt", "甲", note="改", seen=0, by=by, at=AT)
            slower = pool.submit(kept, office, "乙", seen=0)
        with pytest.raises(Stale):
            slower.result()

    assert [version.source for version in history(office)] == ["甲"]


def test_another_agency_has_texts_of_its_own(office: Office) -> None:
    other = office.other()
    kept(office, "甲", seen=0)
    kept(other, "乙", seen=0)

    assert own(office) == {"receipt": OwnText(1, "甲")}
    assert own(other) == {"receipt": OwnText(1, "乙")}


def test_the_texts_in_force_of_all_agencies_are_told(office: Office) -> None:
    other = office.other()
    kept(office, "甲", seen=0)
    kept(office, "乙", seen=1)
    kept(office, "丙", seen=0, kind="disclosed")
    kept(office, None, seen=1, kind="disclosed")
    kept(other, "丁", seen=0)

    with office.store.reading() as session:
        found = everywhere(session)

    assert sorted(found, key=lambda each: each[2].source) == [
        (other.agency.name, "receipt", OwnText(1, "丁")),
        (office.agency.name, "receipt", OwnText(2, "乙")),
    ]


def test_a_version_is_found_by_its_number(office: Office) -> None:
    kept(office, "甲", seen=0)

    assert numbered(history(office), 1).source == "甲"
    with pytest.raises(NotFound, match="第2版"):
        numbered(history(office), 2)
