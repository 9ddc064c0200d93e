"""Public constants of the next-basket model, written by benchmarks/fit_baskets.py.

Source: Ta-Feng (Reality Check preprocessing), the last baskets of households that no test uses;
fitted 2026-11-23. Areas under the curve of repeat and new items, cross-validated by household:

    personal     93982 rows  AUC 0.6975  log-loss 0.1462
    tabled       93982 rows  AUC 0.7618  log-loss 0.1399
    newcomer    877534 rows  AUC 0.7043  log-loss 0.0321
"""

PERSONAL = (
    -0.65903,  # bias
    +0.06968,  # share_last
    -0.13928,  # share_few
    -0.01250,  # share_season
    +0.29268,  # share_always
    +0.78301,  # purchases
    -0.16690,  # waited
    -0.97815,  # interval
    -0.11217,  # overdue
    -0.34021,  # only_once
    +0.00138,  # waited_purchases
    -0.21066,  # basket_size
    +0.11464,  # wanted
    +0.14112,  # newest_basket_size
    -0.11385,  # share_of_items
    +0.24866,  # usual_size
    -0.08261,  # last_size
    -0.29236,  # baskets
    -0.25244,  # novelty
)
"""Of an earlier item, without a table."""

TABLED = (
    +2.45606,  # bias
    +0.06721,  # share_last
    -0.14707,  # share_few
    +0.00339,  # share_season
    +0.29673,  # share_always
    +0.60483,  # purchases
    -0.12487,  # waited
    -1.22704,  # interval
    -0.10835,  # overdue
    -0.21205,  # only_once
    +0.01746,  # waited_purchases
    -0.19367,  # basket_size
    +0.07212,  # wanted
    +0.13883,  # newest_basket_size
    -0.13042,  # share_of_items
    +0.25566,  # usual_size
    -0.07947,  # last_size
    -0.30616,  # baskets
    -0.26231,  # novelty
    +0.35852,  # returns
    +0.27910,  # enters
    -0.11967,  # popular
    +0.30412,  # repeated
)
"""Of an earlier item that the table knows."""

NEWCOMER = (
    -0.43396,  # bias
    +0.43215,  # usual_size
    -0.00571,  # last_size
    -0.10834,  # baskets
    +0.07574,  # novelty
    +0.04256,  # returns
    +1.09083,  # enters
    -0.01394,  # popular
    -0.04427,  # repeated
)
"""Of an item that was never bought."""
