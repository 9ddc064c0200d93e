"""One pull: the whole signed catalogue, verified, into the courier's own folder.

Always all categories: which ones a home needs is nobody's business. What is verified already is
not asked for again, so an interrupted pull goes on where it ended.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tuf.api.exceptions import DownloadError, RepositoryError
from tuf.api.metadata import Metadata, Targets
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from edge.courier.errors import CourierError
from edge.courier.fetch_coap import CoapFetcher
from edge.courier.fetch_mqtt import MqttFetcher
from edge.courier.way_out import Errand, open_way_out

TARGET_NAME = "offers.cbor"
TARGET_BYTES = 256 * 1024
CATEGORIES_MOST = 60

_LIMITS = UpdaterConfig(
    max_root_rotations=32,
    root_max_length=32 * 1024,
    timestamp_max_length=4 * 1024,
    snapshot_max_length=16 * 1024,
    targets_max_length=64 * 1024,
)
"""As docs/wire/catalogue.md has them."""


class PullError(CourierError):
    """A pull that brought no whole catalogue; nothing was put on the shelf."""


def pull(errand: Errand, trusted: Path) -> list[str]:
    """Fetch and verify everything that is new.

    Args:
        errand: What to go out with.
        trusted: TUF's folder: rollback memory in `metadata/`, files in `targets/`.

    Returns:
        The catalogue's categories; all their files are in `trusted` now.

    Raises:
        PullError: Anything failed, or was refused; `trusted` holds what was verified before.
    """
    with _failing_quietly(), open_way_out(errand) as way_out:
        over_coap = errand.subscription.transport == "coap"
        fetcher = CoapFetcher(way_out) if over_coap else MqttFetcher(way_out)
        updater = open_updater(fetcher, errand.subscription.root, trusted, now=errand.now())
        updater.refresh()
        categories = _categories(trusted)
        for category in categories:
            _fetch(updater, category)
        return categories


def open_updater(
    fetcher: FetcherInterface, root: bytes, trusted: Path, *, now: datetime
) -> Updater:
    """TUF's client over our folder, at our time."""
    for folder in ("metadata", "targets"):
        (trusted / folder).mkdir(parents=True, exist_ok=True)
    updater = Updater(
        str(trusted / "metadata"),
        "metadata/",
        str(trusted / "targets"),
        "targets/",
        fetcher,
        _LIMITS,
        bootstrap=root,
    )
    updater._trusted_set.reference_time = now  # noqa: SLF001 - no other way to tell it the time
    return updater


def _fetch(updater: Updater, category: str) -> None:
    target = updater.get_targetinfo(f"{category}/{TARGET_NAME}")
    if target is None or target.length > TARGET_BYTES:
        message = f"a category's file is missing or larger than {TARGET_BYTES} bytes"
        raise PullError(message)
    if not updater.find_cached_target(target):
        updater.download_target(target)


def _categories(trusted: Path) -> list[str]:
    """The categories that the verified top-level targets delegate."""
    targets = Metadata[Targets].from_file(str(trusted / "metadata" / "targets.json")).signed
    roles = targets.delegations.roles if targets.delegations else None
    if not roles or len(roles) > CATEGORIES_MOST:
        message = f"1 to {CATEGORIES_MOST} categories"
        raise PullError(message)
    return sorted(roles)


@contextmanager
def _failing_quietly() -> Iterator[None]:
    """Every way in which a pull can fail is one; the next scheduled one tries again."""
    try:
        yield
    except (CourierError, DownloadError, RepositoryError, OSError, ValueError) as error:
        ours = error.__cause__  # TUF's client wraps what a fetcher raises
        told = ours if isinstance(ours, CourierError) else error
        message = f"{type(told).__name__}: {told}"
        raise PullError(message) from error
