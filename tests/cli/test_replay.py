"""`mingda replay`: a story on a throw-away database, of which nothing is left."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command
from tests.program import CHECKOUT, mingda
from tests.story import AGENCY, do, register

STORY = CHECKOUT / "tests" / "scenarios" / "reply_on_the_spot.json"


def scenario(folder: Path, *events: dict[str, Any], **more: Any) -> Path:
    """A scenario file."""
    file = folder / "story.json"
    file.write_text(json.dumps({"agency": AGENCY, "events": events, **more}), encoding="utf-8")
    return file


def test_a_story_is_told_to_its_end(command: Command) -> None:
    done = command("replay", STORY, "--json")

    assert done.status == 0
    assert done.document["state"] == "archived"


def test_a_person_reads_the_course_and_the_computation(command: Command) -> None:
    done = command("replay", STORY)

    assert done.status == 0
    assert "已归档" in done.out
    assert "答复期限届满日" in done.out


def test_a_refusal_ends_it_with_the_article(command: Command, tmp_path: Path) -> None:
    file = scenario(tmp_path, register("2026-07-01"), do("2026-07-02", "archive", retention=30))

    done, told = command("replay", file, "--json"), command("replay", file)

    assert (done.status, told.status) == (1, 1)
    refused = done.document["refused"]
    assert (refused["event"], refused["action"], refused["state"]) == (1, "archive", "screening")
    assert refused["article"]
    assert refused["message"] in told.out


def test_a_refusal_that_was_expected_does_not_end_it(command: Command, tmp_path: Path) -> None:
    refused = do("2026-07-02", "archive", retention=30) | {"expect": "refused"}
    file = scenario(tmp_path, register("2026-07-01"), refused, do("2026-07-02", "accept"))

    done = command("replay", file, "--json")

    assert (done.status, done.document["state"]) == (0, "processing")


def test_a_refusal_that_was_expected_and_did_not_come(command: Command, tmp_path: Path) -> None:
    file = scenario(tmp_path, register("2026-07-01"), do("2026-07-02", "accept") | {"expect": "refused"})

    done = command("replay", file, "--json")

    assert (done.status, done.document) == (1, {"expected_refusal": {"event": 1}})


#: A faulty file, and what is named.
FAULTY: dict[str, tuple[str, str]] = {
    "not JSON": ('{"agency": ', "第1行"),
    "JSON broken in the third line": ('{\n"agency": "甲局",\n"events" []}', "第3行"),
    "a list": ("[]", ""),
    "no agency": ('{"events": [{}]}', "agency"),
    "no events": ('{"agency": "甲局", "events": []}', "events"),
    "an unknown field": ('{"agency": "甲局", "events": [{}], "titel": ""}', "titel"),
    "an unknown action": (
        '{"agency": "甲局", "events": [{"on": "2026-07-01", "do": "burn"}]}',
        "events[0].do",
    ),
    "a malformed day": ('{"agency": "甲局", "events": [{"on": "1 July", "do": "submit"}]}', "events[0].on"),
    "a body of another act": (
        '{"agency": "甲局", "events": [{"on": "2026-07-01", "do": "submit", "page": 1}]}',
        "events[0]",
    ),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_a_faulty_file_is_told_with_the_place(command: Command, tmp_path: Path, fault: str) -> None:
    text, where = FAULTY[fault]
    (tmp_path / "story.json").write_text(text, encoding="utf-8")

    done = command("replay", tmp_path / "story.json", "--json")

    assert done.status == 2
    assert where in done.document["error"]["where"]
    assert done.err


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "无法读取"), (b"\xff\xfe{}", "不是 UTF-8")],
    ids=["not there", "in another encoding"],
)
def test_a_file_that_cannot_be_read_is_told(
    command: Command, tmp_path: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "story.json").write_bytes(content)

    done = command("replay", tmp_path / "story.json", "--json")

    assert (done.status, done.document["error"]["where"]) == (2, str(tmp_path / "story.json"))
    assert said in done.err


def test_it_needs_neither_folder_nor_key_and_leaves_nothing_behind(tmp_path: Path) -> None:
    home, scratch = tmp_path / "home", tmp_path / "scratch"
    home.mkdir()
    scratch.mkdir()

    done = mingda("replay", STORY, "--json", env={"HOME": str(home), "TMPDIR": str(scratch)})

    assert (done.status, done.document["state"], done.err) == (0, "archived", "")
    assert list(home.iterdir()) == list(scratch.iterdir()) == []
