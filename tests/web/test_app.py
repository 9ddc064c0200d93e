"""Every address has its page or its line in docs/api.md."""

import re
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount, Route

import edge

DOCUMENT = Path(edge.__file__).parents[1] / "docs" / "api.md"


def test_the_document_names_every_address_and_no_other(app: Starlette) -> None:
    """Integrators can rely on the table."""
    interface = next(route for route in app.routes if isinstance(route, Mount))
    served = {
        re.sub(r"/\{.*", "/<", route.path) for route in interface.routes if isinstance(route, Route)
    }
    rows = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    named = {
        address.partition("?")[0].partition("<")[0] + ("<" if "<" in address else "")
        for row in rows
        for address in re.findall(r"`(/[^`]*)`", row.split("|")[2])
    }

    assert named == served
