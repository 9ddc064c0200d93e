"""Fits the public constants of the next-basket model and writes them with what they reach.

    python -m benchmarks.fit_baskets [--data DIR] [--households 4000] [--write]

Each household's last basket is the target. Tables and constants of a fold come from the households
of the other folds; the shipped constants from all.
"""

import argparse
import datetime as dt
import random
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.data import Judge, data_folder, judge
from benchmarks.fit_needs import Floats, logistic, predicted
from benchmarks.public_items import Shopped, item_rows, load_baskets
from edge.needs.basket_terms import HouseholdTerms, RepeatTerms, repeat_terms, shopper
from edge.needs.next_basket import PublicItem

FOLDS = 3
CANDIDATES = 300
"""Popular items that a household never bought, offered to the fit."""

TARGET = Path(__file__).resolve().parents[1] / "edge" / "needs" / "basket_constants.py"


@dataclass(slots=True)
class Examples:
    """Rows of the three regressions."""

    own: list[tuple[float, ...]] = field(default_factory=list)
    tabled: list[tuple[float, ...]] = field(default_factory=list)
    again: list[bool] = field(default_factory=list)
    newcomer: list[tuple[float, ...]] = field(default_factory=list)
    entered: list[bool] = field(default_factory=list)

    def add(
        self, baskets: Shopped, rows: dict[Hashable, PublicItem], top: Sequence[Hashable]
    ) -> None:
        """One household: all its items, and the popular ones it never bought."""
        past, present = baskets[:-1], set(baskets[-1])
        household = shopper(past)
        for item in household.positions:
            own = (*repeat_terms(item, household),)
            self.own.append(own)
            self.tabled.append((*own, *rows.get(item, _NOWHERE)))
            self.again.append(item in present)
        for item in top:
            if item not in household.positions:
                self.newcomer.append((*household.terms, *rows[item]))
                self.entered.append(item in present)


_NOWHERE = PublicItem(-3.0, -12.0, -9.0, -2.0)
"""An item the table has never seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constants:
    """The three sets of constants, each its bias first."""

    personal: Floats
    tabled: Floats
    newcomer: Floats


def fit(examples: Examples) -> Constants:
    """The constants for these examples."""
    again = np.array(examples.again, float)
    entered = np.array(examples.entered, float)
    return Constants(
        personal=logistic(np.array(examples.own), again, np.ones(len(again))),
        tabled=logistic(np.array(examples.tabled), again, np.ones(len(again))),
        newcomer=logistic(np.array(examples.newcomer), entered, np.ones(len(entered))),
    )


def gather(households: Sequence[Shopped], table: Sequence[Shopped]) -> Examples:
    """Examples of these households under a table of those."""
    rows = item_rows(table)
    top = sorted(rows, key=lambda item: -rows[item].enters)[:CANDIDATES]
    examples = Examples()
    for baskets in households:
        examples.add(baskets, rows, top)
    return examples


def written(constants: Constants, figures: Sequence[str]) -> str:
    """The constants file, with source, date and what they reach in its head."""
    today = dt.datetime.now(tz=dt.UTC).date()  # noqa: TID251 - the date of the fit
    reach = "\n".join(figures)
    return f'''"""Public constants of the next-basket model, written by benchmarks/fit_baskets.py.

Source: Ta-Feng (Reality Check preprocessing), the last baskets of households that no test uses;
fitted {today}. Areas under the curve of repeat and new items, cross-validated by household:

{reach}
"""

{_listed("PERSONAL", constants.personal, RepeatTerms._fields)}
"""Of an earlier item, without a table."""

{_listed("TABLED", constants.tabled, (*RepeatTerms._fields, *PublicItem._fields))}
"""Of an earlier item that the table knows."""

{_listed("NEWCOMER", constants.newcomer, (*HouseholdTerms._fields, *PublicItem._fields))}
"""Of an item that was never bought."""
'''


def _listed(name: str, beta: Floats, terms: Sequence[str]) -> str:
    lines = (f"    {w:+.5f},  # {term}" for w, term in zip(beta, ("bias", *terms), strict=True))
    return f"{name} = (\n" + "\n".join(lines) + "\n)"


def main() -> None:
    """Fit, cross-validate, print, and write if asked to."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, default=data_folder())
    ask.add_argument("--households", type=int, default=4_000)
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    loaded = load_baskets(given.data / "bench" / "tafeng_rc")
    everyone = [baskets for _, baskets in sorted(loaded.items()) if len(baskets) > 1]
    random.Random(0).shuffle(everyone)
    folds = [everyone[at::FOLDS] for at in range(FOLDS)]
    each = given.households // FOLDS
    examples = [
        gather(fold[:each], [one for other in folds if other is not fold for one in other])
        for fold in folds
    ]
    figures = _figures(given.data, examples)
    print("\n".join(figures))
    if given.write:
        TARGET.write_text(written(fit(_joined(examples)), figures), encoding="utf-8")


def _joined(parts: Sequence[Examples]) -> Examples:
    whole = Examples()
    for part in parts:
        whole.own += part.own
        whole.tabled += part.tabled
        whole.again += part.again
        whole.newcomer += part.newcomer
        whole.entered += part.entered
    return whole


def _figures(data: Path, examples: Sequence[Examples]) -> list[str]:
    by = judge(data)
    answers: dict[str, list[tuple[Floats, Floats]]] = {"personal": [], "tabled": [], "newcomer": []}
    for this in examples:
        constants = fit(_joined([other for other in examples if other is not this]))
        again, entered = np.array(this.again, float), np.array(this.entered, float)
        answers["personal"].append((predicted(np.array(this.own), constants.personal), again))
        answers["tabled"].append((predicted(np.array(this.tabled), constants.tabled), again))
        new = np.array(this.newcomer)
        answers["newcomer"].append((predicted(new, constants.newcomer), entered))
    return [_line(by, name, parts) for name, parts in answers.items()]


def _line(by: Judge, name: str, parts: Sequence[tuple[Floats, Floats]]) -> str:
    p, y = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    got = by.score(p, y, np.arange(len(y)) % 50, boot=2)
    return f"    {name:9s} {len(y):8d} rows  AUC {got['auc']:.4f}  log-loss {got['logloss']:.4f}"


if __name__ == "__main__":
    main()
