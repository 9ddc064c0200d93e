"""What programs may send to the local interface: shapes with their limits, read at once."""

from datetime import datetime, time
from typing import Annotated, Literal, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from starlette.requests import Request

from edge.domain.category import DataCategory
from edge.domain.consent import Purpose
from edge.domain.daypart import EVERY_DAY, Daypart
from edge.domain.household import Preferences
from edge.domain.reaction import ReactionKind
from edge.errors import MalformedError
from edge.household.choosing import Break

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Blocked = Annotated[str, msgspec.Meta(max_length=100)]
Names = Annotated[frozenset[Blocked], msgspec.Meta(max_length=200)]
LocalTime = Annotated[time, msgspec.Meta(tz=False)]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A field we do not know is a mistake of the sender, not a wish we may overhear."""


class ConsentRequest(_Strict, frozen=True):
    """These purposes for one kind of data of one appliance: to allow, or to withdraw."""

    purposes: Annotated[tuple[Purpose, ...], msgspec.Meta(min_length=1, max_length=4)]
    data: DataCategory
    device: Name


class PairRequest(_Strict, frozen=True):
    """Open the door, with the appliance's own code if it shows one."""

    code: Name | None = None


class ForgetRequest(_Strict, frozen=True):
    """Forget one appliance."""

    device: Name


class PauseRequest(_Strict, frozen=True):
    """Pause for that long, or until an instant with its offset from UTC."""

    length: Break | None = None
    until: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class DaypartRequest(_Strict, frozen=True):
    """A recurring time, on the kitchen clock; it may cross midnight."""

    start: LocalTime
    until: LocalTime
    days: Annotated[
        frozenset[Annotated[int, msgspec.Meta(ge=0, le=6)]], msgspec.Meta(min_length=1)
    ] = EVERY_DAY

    def daypart(self) -> Daypart:
        """In the words of the domain."""
        return Daypart(start=self.start, until=self.until, days=self.days)


class PreferencesRequest(_Strict, frozen=True):
    """The household's own rules, whole: what is not named gets its default."""

    language: Literal["de", "en"] = "de"
    timezone: Name = "Europe/Berlin"
    quiet_from: LocalTime = time(21, 0)
    quiet_until: LocalTime = time(7, 0)
    most_per_day: Annotated[int, msgspec.Meta(ge=0, le=10)] = 2
    most_per_week: Annotated[int, msgspec.Meta(ge=0, le=70)] = 7
    paused_until: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    blocked_categories: Names = frozenset()
    blocked_sponsors: Names = frozenset()
    blocked_surfaces: Names = frozenset()
    do_not_disturb: Annotated[tuple[DaypartRequest, ...], msgspec.Meta(max_length=14)] = ()
    guests_until: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    child_devices: Names = frozenset()
    compare: bool = False
    fresh_start_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None

    def preferences(self) -> Preferences:
        """In the words of the domain; reads the time zone from disk, so call it off the loop.

        Raises:
            MalformedError: The time zone does not exist.
        """
        try:
            ZoneInfo(self.timezone)
        except (OSError, ValueError, ZoneInfoNotFoundError) as error:
            raise MalformedError("timezone", "must be an IANA time zone") from error
        calm = tuple(one.daypart() for one in self.do_not_disturb)
        return Preferences(**msgspec.structs.asdict(self) | {"do_not_disturb": calm})


class RedeemRequest(_Strict, frozen=True):
    """Say that an offer was used."""

    placement: Name


class ReactRequest(_Strict, frozen=True):
    """Answer an offer."""

    placement: Name
    kind: ReactionKind


Shape = TypeVar("Shape", bound=_Strict)


async def read_json(request: Request, shape: type[Shape]) -> Shape:
    """The body as that shape; an empty body is an empty object.

    Raises:
        MalformedError: It is not; the rule says where and why, never what was sent.
    """
    try:
        return msgspec.json.decode(await request.body() or b"{}", type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise MalformedError("body", f"must be a {shape.__name__}: {_rule(error)}") from error


def _rule(error: Exception) -> str:
    """The decoder names types and paths; an invalid enum value it would quote, so that is cut."""
    rule, _, _ = str(error).partition("'")
    path = str(error).rpartition(" - at ")[2] if " - at " in str(error) else ""
    return f"{rule.strip()} {path}".strip()
