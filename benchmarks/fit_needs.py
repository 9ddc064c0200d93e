"""Fits the public constants of the purchase model and writes them with what they reach.

    python -m benchmarks.fit_needs [--data DIR] [--thin 2] [--write]

Rows are the judge's own decision points on the households of bench/coop: long histories (from 90
days on) and simulated joining days, the latter weighing three times, because constants fitted on
long histories alone overpredict for new homes. Terms come from the runtime's own code. Figures are
cross-validated by household in five folds; the seasons of a fold are counted on the other folds.
"""

import argparse
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.data import History, Judge, data_folder, judge
from benchmarks.public_table import public_needs
from edge.needs.renewal import purchase_days
from edge.needs.rhythm import FEWEST, Crossed, Terms, crossed, terms
from edge.needs.season import PublicNeed, PublicNeeds
from edge.needs.trips import trips

Floats = npt.NDArray[np.float64]

HORIZON = 7
FOLDS = 5
JOINED_WEIGHT = 3.0
"""How much more a newly joined household's row weighs: there are twenty times fewer."""

RIDGE = 3e-4
"""On standardised terms; any small value does."""

TARGET = Path(__file__).resolve().parents[1] / "edge" / "needs" / "purchase_constants.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Decision points: terms, whether it was bought, whose."""

    terms: Floats
    bought: Floats
    household: npt.NDArray[np.str_]
    staple: npt.NDArray[np.bool_]

    def where(self, chosen: npt.NDArray[np.bool_]) -> "Rows":
        """Some of them."""
        return Rows(
            terms=self.terms[chosen],
            bought=self.bought[chosen],
            household=self.household[chosen],
            staple=self.staple[chosen],
        )


def rows(
    by: Judge,
    households: dict[str, History],
    mode: str,
    *,
    step: int,
    public: Callable[[str], PublicNeeds],
) -> Rows:
    """The judge's points of these households; `public` gives a household its table."""
    seen: list[tuple[float, ...]] = []
    bought: list[int] = []
    whose: list[str] = []
    staple: list[bool] = []
    for household, _, history, today, labels in by.points(households, mode, HORIZON, step):
        table = public(household)
        shopping = trips(
            [day for day, _ in history],
            [len(needs) for _, needs in history],
            today=today,
            horizon=HORIZON,
        )
        for need, days in purchase_days(history).items():
            if need in labels and len(days) >= FEWEST:
                season = table.get(need, PublicNeed()).season
                of = terms(days, shopping, horizon=HORIZON, season=season)
                seen.append((*of, *crossed(of)))
                bought.append(labels[need])
                whose.append(household)
                staple.append(need in by.STAPLES)
    return Rows(
        terms=np.array(seen, float),
        bought=np.array(bought, float),
        household=np.array(whose),
        staple=np.array(staple, bool),
    )


def logistic(x: Floats, y: Floats, weight: Floats) -> Floats:
    """Bias and weights of the ridge logistic regression, by Newton's method."""
    mean, sd = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.column_stack([np.ones(len(x)), (x - mean) / sd])
    beta = np.zeros(z.shape[1])
    ridge = RIDGE * np.diag(np.r_[0.0, np.ones(z.shape[1] - 1)])
    for _ in range(12):
        p = predicted(z, beta)
        gradient = z.T @ (weight * (p - y)) / weight.sum() + ridge @ beta
        curvature = (z * (weight * p * (1 - p))[:, None]).T @ z / weight.sum() + ridge
        step = np.linalg.solve(curvature, gradient)
        beta -= step
        if np.abs(step).max() < 1e-6:
            break
    slopes = beta[1:] / sd
    return np.asarray(np.r_[beta[0] - slopes @ mean, slopes], float)


def predicted(x: Floats, beta: Floats) -> Floats:
    """Probabilities; `beta` has as many values as `x` columns, or one more: the bias."""
    z = x @ beta if len(beta) == x.shape[1] else beta[0] + x @ beta[1:]
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(z, -30, 30))), float)


def fit(warm: Rows, joined: Rows) -> Floats:
    """The constants for long and new histories together."""
    weight = np.r_[np.ones(len(warm.bought)), np.full(len(joined.bought), JOINED_WEIGHT)]
    return logistic(
        np.concatenate([warm.terms, joined.terms]), np.r_[warm.bought, joined.bought], weight
    )


def cross_validated(warm: Rows, joined: Rows, fold: dict[str, int]) -> tuple[Floats, Floats]:
    """Each row predicted by constants that never saw its household."""
    out = np.empty(len(warm.bought)), np.empty(len(joined.bought))
    for this in range(FOLDS):
        held = [np.array([fold[h] == this for h in part.household]) for part in (warm, joined)]
        beta = fit(warm.where(~held[0]), joined.where(~held[1]))
        for part, answer, mine in zip((warm, joined), out, held, strict=True):
            answer[mine] = predicted(part.terms[mine], beta)
    return out


def tables(households: dict[str, History], fold: dict[str, int]) -> list[PublicNeeds]:
    """For each fold the seasons of all other folds' households."""
    return [
        public_needs((h for name, h in households.items() if fold[name] != this), lifts=False)
        for this in range(FOLDS)
    ]


def written(beta: Floats, figures: Sequence[str]) -> str:
    """The constants file, with source, date and what they reach in its head."""
    names = (*Terms._fields, *Crossed._fields)
    lines = "\n".join(
        f"    {weight:+.5f},  # {name}" for name, weight in zip(names, beta[1:], strict=True)
    )
    reach = "\n".join(figures)
    today = dt.datetime.now(tz=dt.UTC).date()  # noqa: TID251 - the date of the fit
    return f'''"""Public constants of the purchase model, written by benchmarks/fit_needs.py.

Source: 70 Italian households, 2007-2014, by product segment (coop: Guidotti et al., ICDM 2017);
fitted {today} over long histories and simulated joining days. Cross-validated by household:

{reach}
"""

HORIZON = {float(HORIZON)}
"""Days ahead that the constants are about."""

BIAS = {beta[0]:+.5f}

WEIGHTS = (
{lines}
)
"""In the order of `rhythm.Terms`, then of `rhythm.Crossed`."""
'''


def main() -> None:
    """Fit, cross-validate, print, and write if asked to."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, default=data_folder())
    ask.add_argument("--thin", type=int, default=2, help="take every so many decision days")
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    by = judge(given.data)
    households = by.load_needs(str(given.data / "bench" / "coop"))
    fold = {name: at % FOLDS for at, name in enumerate(sorted(households, key=int))}
    seasons = tables(households, fold)
    warm, joined = (
        rows(by, households, mode, step=step, public=lambda name: seasons[fold[name]])
        for mode, step in (("warm", 14 * given.thin), ("cold", 14))
    )
    p_warm, p_joined = cross_validated(warm, joined, fold)
    figures = [
        _line("90 days and more", by, p_warm, warm),
        _line("  its staples", by, p_warm[warm.staple], warm.where(warm.staple)),
        _line("4 to 16 weeks", by, p_joined, joined),
    ]
    print("\n".join(figures))
    if given.write:
        TARGET.write_text(written(fit(warm, joined), figures), encoding="utf-8")


def _line(name: str, by: Judge, p: Floats, part: Rows) -> str:
    got = by.score(p, part.bought, part.household, boot=20)
    return (
        f"    {name:18s} {got['rows']:7d} rows  log-loss {got['logloss']:.4f}  "
        f"AUC {got['auc']:.4f}  calibration error {got['ece']:.4f}"
    )


if __name__ == "__main__":
    main()
