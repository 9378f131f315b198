"""How often one address may try: guessing a code or a password is slow work."""

from fastapi import Request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.errors import Rejected

TRACKING = parse("30 per minute")
VERIFICATION = parse("30 per minute")
LOGIN = parse("20 per minute")
SUBMISSIONS = parse("20 per minute")

#: Each process counts for itself; the code's length and the account's lock do the rest.
_limiter = MovingWindowRateLimiter(MemoryStorage())


def spend(request: Request, limit: RateLimitItem, purpose: str) -> None:
    """Count one try of this address; raises Rejected when there were too many."""
    address = request.client.host if request.client else ""
    if not _limiter.hit(limit, purpose, address):
        raise Rejected(429, "too_many", "尝试过于频繁，请一分钟后再试")


def forget() -> None:
    """Begin to count anew."""
    _limiter.storage.reset()
