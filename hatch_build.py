"""Compile the texts (`.po`) into what gettext reads (`.mo`) whenever the package is built."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTexts(BuildHookInterface[Any]):
    """Write `edge/locales/<language>/LC_MESSAGES/doorstep.mo` beside each `.po`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every language; hatchling calls this before it packs."""
        del version, build_data  # the hook's signature; neither matters here
        for po in Path(self.root, "edge", "locales").glob("*/LC_MESSAGES/*.po"):
            with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(source))
