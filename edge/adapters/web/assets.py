"""Templates and static files, read once: no request ever waits for the disk."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_PLACE = "edge.adapters.web"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """One file, as it is served.

    Attributes:
        address: Its path with the digest of its content: it may be kept for ever.
    """

    name: str
    address: str
    media_type: str
    content: bytes


@cache
def load_templates() -> Environment:
    """All templates, compiled; every value is escaped, an unknown name is an error."""
    texts = {
        file.name: file.read_text(encoding="utf-8")
        for file in files(_PLACE).joinpath("templates").iterdir()
        if file.name.endswith(".html")
    }
    environment = Environment(
        loader=DictLoader(texts),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for name in texts:
        environment.get_template(name)
    return environment


def load_static() -> tuple[StaticFile, ...]:
    """The style sheet, the script and the icon."""
    return tuple(
        _static(file.name, file.read_bytes())
        for file in files(_PLACE).joinpath("static").iterdir()
        if file.name[file.name.rfind(".") :] in _TYPES
    )


def _static(name: str, content: bytes) -> StaticFile:
    stem, _, ending = name.rpartition(".")
    digest = sha256(content).hexdigest()[:12]
    return StaticFile(
        name=name,
        address=f"/static/{stem}.{digest}.{ending}",
        media_type=_TYPES[f".{ending}"],
        content=content,
    )
