"""What has to be known of a text that Word is to show: which characters XML can hold, and how wide it is."""

import re
import unicodedata

#: XML 1.0 has no such character, not even escaped (section 2.2).
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"
#: So many characters without a place to break a line at are broken anywhere.
UNBROKEN = re.compile("[!-~]{25,}")
WIDE = frozenset("WFA")


def plain(text: str) -> str:
    """The text, with a replacement character for each that no XML can hold."""
    return FORBIDDEN.sub(REPLACEMENT, text)


def width(text: str) -> float:
    """How many characters' places a text takes; a digit takes half of one."""
    return sum(1 if unicodedata.east_asian_width(char) in WIDE else 0.5 for char in text)
