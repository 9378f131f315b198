"""`mingda doctor` tells which offices' texts no longer serve, and where scanners put their files."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.letters.test_own import GOOD, KIND, with_matter
from tests.office import FIRST_DAY, Office, morning
from workflow.texts import save
from workflow.vocabulary import Role

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def findings(
    command: Command,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    what: str = "文书文本",
) -> list[dict[str, str]]:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found: list[dict[str, str]] = command("doctor", "--json").document["findings"]
    return [each for each in found if each["what"] == what]


def keep(office: Office, kind: str, source: str | None, seen: int = 0) -> None:
    """As it was kept when an earlier version of the program found it good."""
    by = office.staff(Role.ADMIN).user_id or 0
    with office.store.transaction() as session:
        save(session, office.agency.id or 0, kind, source, note="改", seen=seen, by=by, at=morning(FIRST_DAY))


def test_nothing_is_said_where_no_office_has_texts_of_its_own(
    command: Command, office: Office, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(office, KIND, "{{ gone }}")
    keep(office, KIND, None, seen=1)

    assert findings(command, environment, monkeypatch) == []


def test_a_text_that_no_longer_serves_is_named_with_what_is_wrong(
    command: Command, office: Office, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(office, KIND, with_matter(GOOD))
    keep(office, KIND, with_matter(GOOD + "{{ gone }}"), seen=1)
    keep(office, "receipt", "{% extends %}")
    keep(office.other(), KIND, with_matter(GOOD))
    keep(office, "love_letter", "")

    *wrong, last = findings(command, environment, monkeypatch)

    assert [each["level"] for each in wrong] == ["wrong", "wrong", "wrong"]
    told = "\n".join(each["found"] for each in wrong)
    assert f"{office.agency.name}《政府信息公开申请补正告知书》第2版不能使用：第6行：没有变量“gone”" in told
    assert "《政府信息公开申请登记回执》第1版不能使用：第1行：" in told
    assert "《love_letter》第1版不能使用：没有这种文书" in told
    assert "恢复标准文本" in told
    assert (last["level"], last["found"]) == ("ok", "共有4种文书使用机关自己的文本")


def test_it_tells_where_a_scanner_puts_its_files(
    command: Command, office: Office, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (unused,) = findings(command, environment, monkeypatch, "扫描仪文件夹")
    scans = Path(environment["MINGDA_DATA"]) / "scans"
    (scans / office.agency.code).mkdir(parents=True)
    (scans / "TYPO").mkdir()

    own, other = findings(command, environment, monkeypatch, "扫描仪文件夹")

    assert (unused["level"], f"{scans}/机关代码/" in unused["found"]) == ("note", True)
    assert (own["level"], own["found"]) == ("ok", f"{scans / office.agency.code}（{office.agency.name}）")
    assert (other["level"], "TYPO 不是机关代码" in other["found"]) == ("note", True)
