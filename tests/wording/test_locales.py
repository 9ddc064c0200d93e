"""Every sentence exists in every language, with the same values, and short enough to read."""

import re
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.util import pathmatch

import edge
from edge.wording.voice import LANGUAGES
from tests.texts import a_voice, catalogue

ROOT = Path(edge.__file__).parents[1]
KEYWORDS = {"say": None, "many": (1, 2), "sentence": None}
LONGEST_SENTENCE = 22
"""Words: beyond that plain-language guides ask to split (DIN SPEC 33429 says 15 on average)."""
AVERAGE_SENTENCE = 12

MessageId = str | tuple[str, ...]


@cache
def written() -> frozenset[MessageId]:
    """Every sentence that code and templates say, found as the translators' tool finds them."""
    return frozenset(_extracted())


def _extracted() -> Iterator[MessageId]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for mapping in settings["tool"]["babel"]["mappings"]:
        for file in (ROOT / "edge").rglob("*.*"):
            if pathmatch(mapping["pattern"], str(file.relative_to(ROOT))):
                for _, message, _, _ in extract_from_file(mapping["method"], file, KEYWORDS):
                    yield _key(message)


def test_the_texts_are_found_at_all() -> None:
    """The tests below look at hundreds of sentences, not at none."""
    assert len(written()) > 250
    assert "Offers off" in written()
    assert ("{count} day", "{count} days") in written()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    """A missing translation is a failure, not a fallback."""
    known = catalogue(language)
    missing = [text for text in written() if not _is_complete(known.get(text))]

    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_over(language: str) -> None:
    """What nobody says any more is deleted."""
    said = {_key(message.id) for message in catalogue(language) if message.id}

    assert said - written() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_the_same_values(language: str) -> None:
    """No value is lost and none is invented."""
    wrong = [
        message.id
        for message in catalogue(language)
        if message.id
        if _values(message.string) != _values(message.id)
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    """Plain language: no sentence is long, and most are not even close."""
    lengths = {
        sentence: len(sentence.split())
        for message in catalogue(language)
        if message.id
        for text in _texts(message.string)
        for sentence in re.split(r"(?<=[.!?:;])\s+", text)
    }
    full = [length for length in lengths.values() if length > 3]

    assert [one for one, length in lengths.items() if length > LONGEST_SENTENCE] == []
    assert sum(full) / len(full) <= AVERAGE_SENTENCE


def test_german_says_sie() -> None:
    """The household is spoken to politely."""
    familiar = re.compile(r"\b(du|dich|dir|dein\w*)\b", re.IGNORECASE)
    texts = [text for message in catalogue("de") for text in _texts(message.string)]

    assert [text for text in texts if familiar.search(text)] == []


def test_a_sentence_nobody_translated_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check above notices what it exists for."""
    monkeypatch.setattr(
        "tests.wording.test_locales.written", lambda: frozenset({"Nobody translated this."})
    )
    with pytest.raises(AssertionError, match="Nobody"):
        test_every_sentence_is_translated("de")


def test_plurals_follow_the_language() -> None:
    """One day is a day, none and two are days, and half a day is spoken as several."""
    voice = a_voice("de")
    told = [voice.many("{count} day", "{count} days", count) for count in (0, 1, 2, 0.5)]

    assert told == ["0 Tagen", "1 Tag", "2 Tagen", "0.5 Tagen"]


def _is_complete(message: object) -> bool:
    return bool(message) and all(_texts(getattr(message, "string", "")))


def _key(message: object) -> MessageId:
    return message if isinstance(message, str) else tuple(_texts(message))


def _texts(text: object) -> tuple[str, ...]:
    if isinstance(text, str):
        return (text,)
    assert isinstance(text, list | tuple)
    return tuple(text)


def _values(message: object) -> set[str]:
    parsed = (string.Formatter().parse(text) for text in _texts(message))
    return {name for text in parsed for _, name, _, _ in text if name}
