"""The information-processing fee: progressive by bracket, per piece or per page (109号 arts. 3–5)."""

from dataclasses import dataclass

from workflow.law.terms import FEE_RULES

SINCE = FEE_RULES
#: No office counts as far; a slip of the finger becomes neither a fee of millions nor a count without end.
MOST = 100_000


@dataclass(frozen=True, slots=True)
class Tier:
    """From the `first` piece or page on, each costs `price` yuan; by piece it grows with every `step`."""

    first: int
    price: int
    step: int = 0
    rise: int = 0


#: 109号 art. 4; reading of 每增加一档: 31–40 at 200, 41–50 at 300 (ours, no official example exists).
PIECES = (Tier(1, 0), Tier(11, 100), Tier(31, 200, step=10, rise=100))
#: 109号 art. 5.
PAGES = (Tier(1, 0), Tier(31, 10), Tier(101, 20), Tier(201, 40))


@dataclass(frozen=True, slots=True)
class Fee:
    """An amount in yuan, by which basis, and how it came about."""

    amount_yuan: int
    basis: str
    steps: tuple[str, ...]


def per_piece(pieces: int, before: int = 0) -> Fee:
    """109号 art. 4: the applicant's pieces of the calendar month, `before` of which came earlier."""
    return _fee("per_piece", "件", PIECES, before + 1, before + pieces)


def per_page(pages: int) -> Fee:
    """109号 art. 5: the pages of one piece, counted for itself."""
    return _fee("per_page", "页", PAGES, 1, pages)


def _fee(basis: str, unit: str, tiers: tuple[Tier, ...], first: int, last: int) -> Fee:
    amount, steps = 0, []
    place = first
    while place <= last:
        price, end = _bracket(tiers, place)
        count = min(end, last) - place + 1
        amount += price * count
        span = f"第{place}{unit}" if count == 1 else f"第{place}至{place + count - 1}{unit}"
        steps.append(f"{span}：{count}{unit}×{price}元={price * count}元")
        place += count
    steps.append(f"合计{amount}元")
    return Fee(amount, basis, tuple(steps))


def _bracket(tiers: tuple[Tier, ...], place: int) -> tuple[int, int]:
    """The price at `place`, and the last place that has it."""
    number = max(i for i, tier in enumerate(tiers) if tier.first <= place)
    tier = tiers[number]
    if tier.step:
        grade = (place - tier.first) // tier.step
        return tier.price + grade * tier.rise, tier.first + (grade + 1) * tier.step - 1
    end = tiers[number + 1].first - 1 if number + 1 < len(tiers) else 10**9
    return tier.price, end
