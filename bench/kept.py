"""A city that is built once and measured often: where it lies is noted in the folder that keeps it."""

from datetime import date
from pathlib import Path

from bench.city import build
from bench.places import Place


def city_in(folder: Path, place: Place, cases: int, until: date) -> str:
    """The address of a city with so many cases; built, if that folder does not know of it."""
    note = folder / f"{place.name.split()[0]}-{cases}"
    if not note.exists():
        note.write_text(build(place, cases, until))
    return note.read_text()
