"""Every name of the public catalogue that a pull may have asked for up to now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

_METADATA = re.compile(r"metadata/([1-9]\d{0,8})\.([a-z][a-z-]{0,39})\.json")
_TARGET = re.compile(r"targets/([a-z][a-z-]{0,39})/([0-9a-f]{64})\.offers\.cbor")


_HEAD = "metadata/timestamp.json"


def is_name(path: str) -> bool:
    """Whether it has the form of a name of the catalogue."""
    return path == _HEAD or bool(_METADATA.fullmatch(path) or _TARGET.fullmatch(path))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNames:
    """What the signatures of one catalogue say about names, its own and earlier ones.

    Attributes:
        versions: Each role's newest version; the earlier ones existed.
        digests: Each category's file and its earlier ones.
        pulled_at: When the courier fetched it; names asked for later may be of a newer catalogue.
            None when that is not known.
    """

    versions: Mapping[str, int]
    digests: Mapping[str, frozenset[str]]
    pulled_at: datetime | None = None

    def hold(self, path: str) -> bool:
        """Whether the path was a name of the catalogue.

        Every pull asks for the root after the newest: that is how a new one is noticed.
        """
        if path == _HEAD:
            return True
        if found := _METADATA.fullmatch(path):
            newest = self.versions.get(found[2], 0) + (found[2] == "root")
            return int(found[1]) <= newest
        found = _TARGET.fullmatch(path)
        return found is not None and found[2] in self.digests.get(found[1], frozenset())
