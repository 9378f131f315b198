"""The QR code that leads from a letter to where it is verified."""

import segno

#: Of eight patterns to lay over a code the standard wants the most even one. Readers take any of them, and to
#: find it takes four times as long as all the rest.
MASK = 3


def code_of(address: str) -> segno.QRCode:
    """The code of an address, which can still be read when a seventh of it is not."""
    return segno.make_qr(address, error="m", mask=MASK)
