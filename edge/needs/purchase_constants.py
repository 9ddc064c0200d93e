"""Public constants of the purchase model, written by benchmarks/fit_needs.py.

Source: 70 Italian households, 2007-2014, by product segment (coop: Guidotti et al., ICDM 2017);
fitted 2026-11-23 over long histories and simulated joining days. Cross-validated by household:

    90 days and more    777016 rows  log-loss 0.2322  AUC 0.8452  calibration error 0.0028
      its staples        95372 rows  log-loss 0.3487  AUC 0.8340  calibration error 0.0098
    4 to 16 weeks        61654 rows  log-loss 0.4780  AUC 0.7546  calibration error 0.0068
"""

HORIZON = 7.0
"""Days ahead that the constants are about."""

BIAS = -2.00897

WEIGHTS = (
    +0.30713,  # rate_month
    +0.00498,  # rate_half_year
    +0.02468,  # renewal_days
    +0.12127,  # renewal_trips
    +0.24229,  # purchases
    +0.73990,  # interval
    +0.16790,  # trips_month
    -0.53447,  # trips_half_year
    -0.13340,  # observed
    -0.20728,  # spread
    +0.28428,  # own_season
    +0.62101,  # season
    -1.33288,  # season_turn
    +0.42994,  # own_hazard
    +0.13044,  # trip_soon
    +0.20687,  # share_of_trips
    +0.11106,  # trip_size
    +0.22270,  # renewal_recent
    -0.34022,  # rate_in_season
    -0.06165,  # interval_squared
    -0.00649,  # trip_soon_squared
    -0.26192,  # season_squared
    +0.10772,  # season_turn_observed
)
"""In the order of `rhythm.Terms`, then of `rhythm.Crossed`."""
