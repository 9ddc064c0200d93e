"""The texts as `hatch_build.py` compiles them, without installing anything."""

from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import edge
from edge.wording.voice import LANGUAGES, Voice

LOCALES = Path(edge.__file__).with_name("locales")


def source(language: str) -> Path:
    """A language's one file."""
    return LOCALES / language / "LC_MESSAGES" / "doorstep.po"


def catalogue(language: str) -> Catalog:
    """A language's texts as written."""
    with source(language).open("rb") as texts:
        return read_po(texts, locale=language)


@cache
def compiled_texts() -> Mapping[str, GNUTranslations]:
    """Every language's texts as gettext reads them."""
    return {language: _compiled(language) for language in LANGUAGES}


@cache
def a_voice(language: str = "de") -> Voice:
    """The voice of a kitchen in Berlin."""
    return Voice(
        language=language,
        texts=compiled_texts()[language],
        timezone=ZoneInfo("Europe/Berlin"),
    )


def _compiled(language: str) -> GNUTranslations:
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)
