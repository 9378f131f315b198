"""A case that ends while an opinion is awaited: the timer owes nothing more, and the file can be closed."""

from tests.story import do, play, processing


def test_withdrawn_while_consulting_the_file_is_archived_long_after_the_opinion_was_due() -> None:
    story = [
        *processing("2026-07-01"),
        do("2026-07-03", "consult_third_party", name="甲公司"),
        do("2026-07-06", "withdraw"),
        do("2026-08-20", "archive", retention=10),
    ]

    case = play(story, as_of="2026-09-01")

    assert (case["state"], case["decision"]) == ("archived", "withdrawn")
    assert "record_opinion" not in [event["action"] for event in case["events"]]
