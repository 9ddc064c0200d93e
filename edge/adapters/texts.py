"""The texts of each language, read once from the installed package."""

from collections.abc import Mapping
from gettext import GNUTranslations
from importlib.resources import files
from importlib.resources.abc import Traversable
from zoneinfo import ZoneInfo

from edge.errors import SettingsError
from edge.wording.voice import LANGUAGES, Voice


def load_texts(folder: Traversable | None = None) -> Mapping[str, GNUTranslations]:
    """Every language's texts, by tag; `folder` is the package's own unless given.

    Raises:
        SettingsError: A language was not compiled: the package was not installed (`make setup`).
    """
    folder = folder or files("edge") / "locales"
    return {language: _load(folder, language) for language in LANGUAGES}


def load_voice(language: str, *, timezone: str = "Europe/Berlin") -> Voice:
    """One language's voice, for a terminal that speaks without a household's choices.

    Raises:
        SettingsError: The language was not compiled.
    """
    texts = _load(files("edge") / "locales", language)
    return Voice(language=language, texts=texts, timezone=ZoneInfo(timezone))


def _load(folder: Traversable, language: str) -> GNUTranslations:
    path = folder / language / "LC_MESSAGES" / "doorstep.mo"
    try:
        with path.open("rb") as texts:
            return GNUTranslations(texts)
    except OSError as error:
        raise SettingsError("texts", f"{language} is not compiled; install the package") from error
