"""The courier's round: wait for the schedule, look whether it may, pull, fill the shelf."""

import logging
from datetime import datetime
from pathlib import Path

from edge.courier.clock import Clock
from edge.courier.egress_record import EgressRecord
from edge.courier.outdoors import Outdoors
from edge.courier.pull import PullError, pull
from edge.courier.record_key import open_record_key
from edge.courier.schedule import Schedule
from edge.courier.shelf_writer import put_on_shelf
from edge.courier.subscription import Subscription, SubscriptionFile
from edge.courier.way_out import Errand

log = logging.getLogger(__name__)


class Courier:
    """One home's courier.

    Args:
        exchange: The folder shared with the runtime: `subscription.json`, `shelf/`, `egress/`.
        state: The courier's own folder: what it has verified.
        outdoors: The machine it runs on.
    """

    def __init__(
        self,
        *,
        exchange: Path,
        state: Path,
        clock: Clock,
        schedule: Schedule,
        outdoors: Outdoors = Outdoors(),  # noqa: B008 - a frozen value
    ) -> None:
        subscription = exchange / "subscription.json"
        self._subscriptions = SubscriptionFile(subscription, tick=outdoors.tick)
        self._record = EgressRecord(exchange / "egress", key=open_record_key(state))
        self._shelf = exchange / "shelf"
        self._trusted = state / "trusted"
        self._clock = clock
        self._outdoors = outdoors
        self._schedule = schedule
        self._due = schedule.next_after(clock.now())

    def step(self) -> float:
        """Pull if it is time and allowed.

        Returns:
            How many real seconds there are until the next instant of the schedule.
        """
        now = self._clock.now()
        subscription = self._subscriptions.present()
        if now >= self._due:
            if subscription and not self._schedule.missed(self._due, now):
                self._pull(subscription, now)
            self._due = self._schedule.next_after(self._clock.now())
        return max(0.0, self._clock.real_seconds(self._due - self._clock.now()))

    def _pull(self, subscription: Subscription, now: datetime) -> None:
        errand = Errand(
            subscription=subscription,
            record=self._record,
            stands=lambda: self._subscriptions.present() == subscription,
            now=self._clock.now,
            outdoors=self._outdoors,
        )
        try:
            categories = pull(errand, self._trusted)
            fresh = put_on_shelf(self._trusted, categories, self._shelf, now=now)
        except (PullError, OSError) as error:
            log.warning("courier.pull_failed %s", error)
            return
        log.info("courier.pulled categories=%d fresh=%s", len(categories), fresh)
