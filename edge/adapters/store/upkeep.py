"""What has to be done now and then: write what waits, file, roll up, sync, remember."""

import logging
from datetime import datetime
from pathlib import Path

from edge.adapters.store.doctor import remember_wear
from edge.adapters.store.errors import StoreFullError
from edge.adapters.store.readings.ageing import file_closed_days, sweep
from edge.adapters.store.readings.day_series import DAY, instant
from edge.adapters.store.records.home import HomeRecords
from edge.domain.item import EvidenceKind

_log = logging.getLogger(__name__)

_ADDING = frozenset({EvidenceKind.EVENT, EvidenceKind.PURCHASE})
"""Evidence whose readings add up; all other readings replace the one before."""

SYNC_EVERY = 60
"""Ticks, of a second each, between two syncs of what a power cut might take."""

REMEMBER_EVERY = 3_600
"""Ticks between two looks of the anchor at ordinary commits: 4 kB of flash each. Consent,
withdrawals and answers do not wait for it."""


class Upkeep:
    """The store's housekeeping; one tick a second, on the store's thread."""

    def __init__(self, records: HomeRecords, *, folder: Path) -> None:
        self._folder = folder
        self._records = records
        self._ticks = 0
        self._swept: int | None = None
        self._full = False

    @property
    def healthy(self) -> bool:
        """Whether there was room when it last looked."""
        return not self._full

    def tick(self, *, now: datetime) -> None:
        """Do what is due. A full disk is logged once and tried again, everything else raises."""
        self._ticks += 1
        try:
            if self._ticks == 1:
                self._records.file.engine.fill_log()
            self._records.readings.flush_if_due(now=now)
            if self._ticks % SYNC_EVERY == 0:
                self._bring_to_medium()
            if instant(now) // DAY != self._swept:
                self.grow_old(now=now)
            self._note(full=False)
        except StoreFullError:
            self._note(full=True)

    def grow_old(self, *, now: datetime) -> None:
        """File the closed days and sweep, whether or not it was done today."""
        files = self._records.readings.files
        retention = self._records.household.retention()
        adding = self._records.items_with(_ADDING)
        self._records.file.even_if_full(lambda: file_closed_days(files, now=now))
        self._records.file.even_if_full(lambda: sweep(files, retention, adding=adding, now=now))
        remember_wear(self._records, self._folder, now=now)
        self._swept = instant(now) // DAY

    def _bring_to_medium(self) -> None:
        self._records.household.write_counts()
        self._records.file.engine.sync()
        self._records.file.ballast.take()
        if self._ticks % REMEMBER_EVERY == 0:
            self._records.file.remember()

    def _note(self, *, full: bool) -> None:
        """Log an outage once when it begins and once when it ends."""
        if full is not self._full:
            _log.warning("store.full" if full else "store.has_room")
        self._full = full
