"""Texts are read whole, or their absence is said plainly."""

from pathlib import Path

import pytest
from babel.messages.mofile import write_mo

from edge.adapters.texts import load_texts
from edge.errors import SettingsError
from edge.wording.voice import LANGUAGES
from tests.texts import catalogue


def compile_into(folder: Path, *languages: str) -> None:
    """As the build does."""
    for language in languages:
        file = folder / language / "LC_MESSAGES" / "doorstep.mo"
        file.parent.mkdir(parents=True)
        with file.open("wb") as compiled:
            write_mo(compiled, catalogue(language))


def test_every_language_is_loaded(tmp_path: Path) -> None:
    """By its tag."""
    compile_into(tmp_path, *LANGUAGES)
    texts = load_texts(tmp_path)

    assert texts["de"].gettext("Offers off") == "Angebote aus"
    assert texts["en"].gettext("Offers off") == "Offers off"


def test_a_language_that_was_not_compiled_is_named(tmp_path: Path) -> None:
    """Better no page than half a page."""
    compile_into(tmp_path, "de")
    with pytest.raises(SettingsError, match="en is not compiled"):
        load_texts(tmp_path)
