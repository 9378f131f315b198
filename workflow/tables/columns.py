"""The kinds of columns that several tables have."""

from typing import Any

from sqlalchemy import JSON, Column, Enum, Identity, Integer
from sqlmodel import Field


def key() -> Any:
    """The row's number, which the database gives."""
    return Field(default=None, sa_column=Column(Integer, Identity(), primary_key=True))


def word(words: type[Any], *, nullable: bool = False) -> Any:
    """A code word of the vocabulary, kept as it is written."""
    return Field(default=None, sa_column=Column(_enum(words), nullable=nullable))


def key_word(words: type[Any]) -> Any:
    """A code word that is part of the primary key."""
    return Field(sa_column=Column(_enum(words), primary_key=True))


def json_column() -> Any:
    """Data as JSON."""
    return Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


def _enum(words: type[Any]) -> Enum:
    return Enum(
        words, native_enum=False, length=32, values_callable=lambda members: [m.value for m in members]
    )
