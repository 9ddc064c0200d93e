"""The voice of the house: a language, its texts and the kitchen clock's time zone."""

from dataclasses import dataclass
from datetime import datetime
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from edge.domain.sentence import sentence

__all__ = ["LANGUAGES", "Voice", "sentence"]

LANGUAGES = ("de", "en")
"""Complete languages, the household's default first; a test keeps both complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks.

    Attributes:
        language: A tag of `LANGUAGES`.
        texts: That language's texts.
        timezone: Where days begin and end.
    """

    language: str
    texts: NullTranslations
    timezone: ZoneInfo

    def say(self, sentence: str, **values: object) -> str:
        """The sentence in this language, with its values filled in."""
        return self.texts.gettext(sentence).format(**values)

    def many(self, one: str, more: str, count: float, **values: object) -> str:
        """The sentence for that many; `{count}` is filled in unless the caller gives its own.

        A broken number (0.5 pages) is spoken as several.
        """
        whole = int(count) if count == int(count) else 2
        return self.texts.ngettext(one, more, whole).format(**{"count": count} | values)

    def local(self, instant: datetime) -> datetime:
        """That instant on the kitchen clock."""
        return instant.astimezone(self.timezone)
