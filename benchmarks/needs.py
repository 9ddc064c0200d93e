"""What the needs models reach on real households, beside the baselines, in one table.

    python -m benchmarks.needs [--data DIR] [--prior DIR] [--thin 4] [--json]

`predict` and `next_basket` are the callables that evaluate.py takes; both call the runtime's own
code. Public tables come only from the folder that NEEDS_PRIOR names (`--prior` sets it). Without
`--data`, bench is cross-validated by household: each fold's tables and baselines' constants come
from the other folds. The shipped constants were fitted on bench too: fit_needs.py prints their
cross-validated figures.
"""

import argparse
import json
import os
import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.data import Baskets, History, Judge, data_folder, judge
from benchmarks.public_items import item_rows, load_baskets
from benchmarks.public_table import load_needs, public_needs
from edge.needs.next_basket import PublicItems, public_items
from edge.needs.next_basket import next_basket as rank
from edge.needs.renewal import chances
from edge.needs.season import PublicNeeds

PRIOR = "NEEDS_PRIOR"
"""The environment variable that names the folder of public tables."""

FOLDS = 5
NAMED = 40
"""Items named for the next basket; the judge looks at twenty."""

ALERT = 0.7
"""Where a need opens."""

NEED_BASELINES = ("rate", "pg", "mpg", "tsb")
BASKET_BASELINES = ("p_top", "gp_top")

Figures = Mapping[str, float]


def predict(history: History, today: int, horizon: int) -> dict[str, float]:
    """For the judge: the chance that each need is bought within the horizon."""
    return chances(history, today=today, horizon=horizon, public=_needs(os.environ.get(PRIOR, "")))


def next_basket(history: Baskets) -> list[Hashable]:
    """For the judge: the items of the next basket, likeliest first."""
    table = _items(os.environ.get(PRIOR, ""))
    return rank([items for _, items in history], most=NAMED, table=table)


def next_basket_alone(history: Baskets) -> list[Hashable]:
    """For the judge: the same from this household's own history alone."""
    return rank([items for _, items in history], most=NAMED)


def next_basket_again(history: Baskets) -> list[Hashable]:
    """For the judge: earlier items only, in an order that knows the public table."""
    table = _items(os.environ.get(PRIOR, ""))
    return rank([items for _, items in history], most=NAMED, table=table, newcomers=False)


@cache
def _needs(folder: str) -> PublicNeeds:
    """The table of needs of a prior folder; none where it names no needs."""
    if not folder or not (Path(folder) / "items.csv.gz").exists():
        return {}
    return public_needs(load_needs(Path(folder)).values())


@cache
def _items(folder: str) -> PublicItems | None:
    return public_items(item_rows(load_baskets(Path(folder)).values())) if folder else None


@dataclass(slots=True)
class Answers:
    """What each model said at each decision point, and what came."""

    bought: list[int] = field(default_factory=list)
    household: list[str] = field(default_factory=list)
    staple: list[bool] = field(default_factory=list)
    told: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def figures(self, by: Judge) -> dict[str, Figures]:
        """Each model's figures over all needs, and over the staples."""
        bought, household = np.array(self.bought), np.array(self.household)
        staple, found = np.array(self.staple, bool), dict[str, Figures]()
        for name, given in self.told.items():
            p = np.array(given)
            found[name] = {**by.score(p, bought, household), **_alerts(p, bought)}
            if staple.any():
                found[f"{name}, staples"] = by.score(p[staple], bought[staple], household[staple])
        return found


def need_figures(
    by: Judge, households: dict[str, History], mode: str, step: int
) -> dict[str, Figures]:
    """Each model on the judge's decision points, cross-validated by household."""
    answers, names = Answers(), sorted(households)
    for fold in range(FOLDS):
        held = {name: households[name] for name in names[fold::FOLDS]}
        others = {name: households[name] for name in names if name not in held}
        public = public_needs(others.values())
        models = {name: by.need_baseline(name, others, mode, 7) for name in NEED_BASELINES}
        for household, join, history, today, labels in by.points(held, mode, 7, step):
            told = {"ours": chances(history, today=today, public=public)}
            told |= {n: model(household, join, history, today, 7) for n, model in models.items()}
            for need, label in labels.items():
                answers.bought.append(label)
                answers.household.append(household)
                answers.staple.append(need in by.STAPLES)
                for name, chance in told.items():
                    answers.told[name].append(chance.get(need, 1e-3))
    return answers.figures(by)


def _alerts(p: npt.NDArray[np.float64], bought: npt.NDArray[np.int64]) -> Figures:
    """Precision and recall of an alert at .7."""
    alarmed = p >= ALERT
    hits = float(bought[alarmed].sum())
    return {
        "precision": hits / max(int(alarmed.sum()), 1),
        "recall": hits / max(int(bought.sum()), 1),
    }


def basket_figures(by: Judge, households: dict[str, Baskets], most: int) -> dict[str, Figures]:
    """Each ranker on last baskets, tables from the other folds."""
    names = [name for name in sorted(households) if len(households[name]) > 1]
    random.Random(0).shuffle(names)
    sums: dict[str, list[Mapping[str, float]]] = {}
    for fold in range(FOLDS):
        held = names[fold::FOLDS][: most // FOLDS]
        inside = set(names[fold::FOLDS])
        others = {name: households[name] for name in names if name not in inside}
        table = public_items(item_rows([[b for _, b in baskets] for baskets in others.values()]))
        rankers = _rankers(by, others, table)
        for name in held:
            past, present = households[name][:-1], households[name][-1][1]
            for ranker, ranked in rankers.items():
                got = by.nbr_household(ranked(name, past), past, present, 10)
                sums.setdefault(ranker, []).append(got)
    return {ranker: _means(got) for ranker, got in sums.items()}


def _rankers(
    by: Judge, others: dict[str, Baskets], table: PublicItems
) -> dict[str, Callable[[str, Baskets], Sequence[int]]]:
    def ours(_: str, past: Baskets) -> Sequence[int]:
        return rank([b for _, b in past], most=NAMED, table=table)  # type: ignore[return-value]  # the judge names items by str or int alike

    def alone(_: str, past: Baskets) -> Sequence[int]:
        return rank([b for _, b in past], most=NAMED)  # type: ignore[return-value]  # the judge names items by str or int alike

    def again(_: str, past: Baskets) -> Sequence[int]:
        return rank([b for _, b in past], most=NAMED, table=table, newcomers=False)  # type: ignore[return-value]  # the judge names items by str or int alike

    baselines = {name: by.nbr_baseline(name, others) for name in BASKET_BASELINES}
    return {"ours": ours, "ours, again": again, "ours, alone": alone, **baselines}


def _means(rows: Sequence[Mapping[str, float]]) -> Figures:
    keys = ("recall", "ndcg", "phr", "recall_repeat")
    found = {key: [row[key] for row in rows if key in row] for key in keys}
    return {key: float(np.mean(values)) for key, values in found.items() if values}


def main() -> None:
    """Run everything and print one table, or one JSON object."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, default=data_folder())
    ask.add_argument("--prior", type=Path)
    ask.add_argument("--thin", type=int, default=4, help="take every so many decision days")
    ask.add_argument("--baskets", type=int, default=2_000, help="households of Ta-Feng")
    ask.add_argument("--json", action="store_true")
    given = ask.parse_args()
    by = judge(given.data)
    coop = by.load_needs(str(given.data / "bench" / "coop"))
    found = {
        "coop, 90 days and more": need_figures(by, coop, "warm", 14 * given.thin),
        "coop, 4 to 16 weeks": need_figures(by, coop, "cold", 14),
        "Ta-Feng": basket_figures(
            by, by.load(str(given.data / "bench" / "tafeng_rc")), given.baskets
        ),
    }
    print(json.dumps(found, default=float) if given.json else _table(found))


def _table(found: Mapping[str, Mapping[str, Figures]]) -> str:
    lines = []
    for title, models in found.items():
        lines.append(f"\n{title}")
        for model, figures in models.items():
            shown = "  ".join(
                f"{name} {value:.4f}" for name, value in figures.items() if name in _SHOWN
            )
            lines.append(f"  {model:18s} {shown}")
    return "\n".join(lines)


_SHOWN = ("logloss", "auc", "ece", "precision", "recall", "ndcg", "phr", "recall_repeat")


if __name__ == "__main__":
    main()
