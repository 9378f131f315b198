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
class Bracket:
    """From the `first` to the `last` piece or page, each at the same price."""

    first: int
    last: int
    price: int
    unit: str

    @property
    def span(self) -> str:
        """Which pieces or pages these are."""
        end = f"至{self.last}" if self.last > self.first else ""
        return f"第{self.first}{end}{self.unit}"

    @property
    def count(self) -> int:
        """How many they are."""
        return self.last - self.first + 1

    @property
    def amount_yuan(self) -> int:
        """What they cost together."""
        return self.count * self.price


@dataclass(frozen=True, slots=True)
class Fee:
    """An amount in yuan, by which basis, and how it came about."""

    basis: str
    brackets: tuple[Bracket, ...]

    @property
    def amount_yuan(self) -> int:
        """The sum of its brackets."""
        return sum(bracket.amount_yuan for bracket in self.brackets)

    @property
    def steps(self) -> tuple[str, ...]:
        """The computation in words, the total last."""
        return (*map(_told, self.brackets), f"合计{self.amount_yuan}元")


def _told(part: Bracket) -> str:
    return f"{part.span}：{part.count}{part.unit}×{part.price}元={part.amount_yuan}元"


def per_piece(pieces: int, before: int = 0) -> Fee:
    """109号 art. 4: the applicant's pieces of the calendar month, `before` of which came earlier."""
    return _fee("per_piece", "件", PIECES, before + 1, before + pieces)


def per_page(pages: int) -> Fee:
    """109号 art. 5: the pages of one piece, counted for itself."""
    return _fee("per_page", "页", PAGES, 1, pages)


def _fee(basis: str, unit: str, tiers: tuple[Tier, ...], first: int, last: int) -> Fee:
    brackets, place = [], first
    while place <= last:
        price, end = _bracket(tiers, place)
        brackets.append(Bracket(place, min(end, last), price, unit))
        place = brackets[-1].last + 1
    return Fee(basis, tuple(brackets))


def _bracket(tiers: tuple[Tier, ...], place: int) -> tuple[int, int]:
    """The price at `place`, and the last place that has it."""
    number = max(i for i, tier in enumerate(tiers) if tier.first <= place)
    tier = tiers[number]
    if tier.step:
        grade = (place - tier.first) // tier.step
        return tier.price + grade * tier.rise, tier.first + (grade + 1) * tier.step - 1
    end = tiers[number + 1].first - 1 if number + 1 < len(tiers) else 10**9
    return tier.price, end
