"""What the signatures of a catalogue vouch for, in a form that passes between two processes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from edge.adapters.public_names import PublicNames
from edge.domain.category import CategoryName


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """A catalogue whose signatures hold.

    Attributes:
        version: Of its snapshot.
        digest: SHA-256 of its signed head, hexadecimal.
        expires_at: The first instant at which it must no longer be used, UTC.
        files: Each category's verified file, in our own folder.
        contents: Each category's SHA-256: what has not changed need not be read again.
        names: Every name that a pull of it may have asked for.
    """

    version: int
    digest: str
    expires_at: datetime
    files: Mapping[CategoryName, Path]
    contents: Mapping[CategoryName, str]
    names: PublicNames


def to_json(vouched: Vouched) -> str:
    """As text."""
    return json.dumps(
        {
            "version": vouched.version,
            "digest": vouched.digest,
            "expires_at": vouched.expires_at.isoformat(),
            "files": {name: str(path) for name, path in vouched.files.items()},
            "contents": dict(vouched.contents),
            "versions": dict(vouched.names.versions),
            "digests": {name: sorted(all_) for name, all_ in vouched.names.digests.items()},
        }
    )


def from_json(text: str) -> Vouched:
    """From text that `to_json` made."""
    told = json.loads(text)
    return Vouched(
        version=told["version"],
        digest=told["digest"],
        expires_at=datetime.fromisoformat(told["expires_at"]),
        files={CategoryName(name): Path(path) for name, path in told["files"].items()},
        contents={CategoryName(name): digest for name, digest in told["contents"].items()},
        names=PublicNames(
            versions=told["versions"],
            digests={name: frozenset(all_) for name, all_ in told["digests"].items()},
        ),
    )
