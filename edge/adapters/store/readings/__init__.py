"""Readings: columns, days, shelves, habits; how they are logged, grow old and are forgotten."""
