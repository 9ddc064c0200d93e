"""Where the real households are, and the judge that comes with them.

No data file is part of the project: the folder is given, or found beside the checkout.
"""

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, cast

History = list[tuple[int, list[str]]]
"""One household's trips: day and needs."""

Baskets = list[tuple[int | None, list[int]]]
"""One household's baskets: day (None where only the order is known) and items."""


class Judge(Protocol):
    """The parts of evaluate.py that are used here."""

    load: Callable[[str], dict[str, Baskets]]
    load_needs: Callable[[str], dict[str, History]]
    points: Callable[..., Iterator[tuple[str, int, History, int, dict[str, int]]]]
    score: Callable[..., dict[str, float]]
    need_baseline: Callable[..., Callable[[str, int, History, int, int], dict[str, float]]]
    nbr_baseline: Callable[[str, dict[str, Baskets]], Callable[[str, Baskets], list[int]]]
    nbr_household: Callable[[Sequence[int], Baskets, Sequence[int], int], Mapping[str, float]]
    STAPLES: set[str]


def data_folder() -> Path | None:
    """The folder of real households; None where there is none."""
    given = os.environ.get("DOORSTEP_DATA")
    root = Path(__file__).resolve().parents[1]
    beside = [above / "shared" / "data" for above in (root.parent, root.parent.parent)]
    places = [Path(given)] if given else beside
    return next((place for place in places if (place / "evaluate.py").exists()), None)


def judge(folder: Path) -> Judge:
    """The evaluate.py of that folder."""
    spec = importlib.util.spec_from_file_location("doorstep_judge", folder / "evaluate.py")
    if spec is None or spec.loader is None:
        message = f"no evaluate.py in {folder}"
        raise FileNotFoundError(message)
    module: Any = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return cast("Judge", module)
