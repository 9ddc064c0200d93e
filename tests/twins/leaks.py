"""Planted leaks: each a patch of the real code that lets something private move egress.

A leak needs a source inside (a need, a reading, an answer, a mistake) and a way out (a byte, a
size, an instant, an order, a message more or less): smuggling.py has both.
"""

import asyncio
import random
import shutil
import socket
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from inspect import isfunction
from typing import Any

from edge.adapters.subscription_file import SubscriptionFile
from edge.courier.courier import Courier
from edge.courier.messages import Greet, Message
from edge.courier.way_out import WayOut
from edge.domain.consent import Grants
from edge.domain.reading import Reading
from edge.flow import Flow
from edge.household import choosing
from tests.twins.smuggling import (
    Patch,
    change_bytes,
    change_categories,
    change_pulling,
    change_schedule,
    inside,
    is_request,
    outside,
    tell_of_answers,
    tell_of_mistakes,
    tell_of_needs,
    tell_of_placements,
    tell_of_readings,
    underway,
)

Plant = Callable[[Patch], None]


def the_size_of_a_request_counts_needs(patch: Patch) -> None:
    """Size: one byte of padding more for each open need."""
    tell_of_needs(patch)
    change_bytes(patch, lambda m, b, seen: b + bytes(seen["needs"] * is_request(m)))


def the_padding_carries_a_bit(patch: Patch) -> None:
    """Steganography: the last byte of the padding says whether there is a need."""
    tell_of_needs(patch)
    change_bytes(patch, lambda _, b, seen: b[:-1] + bytes([b[-1] ^ (seen["needs"] > 0)]))


def the_greeting_counts_placements(patch: Patch) -> None:
    """Identity: a client id that is not the same in every home."""
    tell_of_placements(patch)
    change_bytes(
        patch,
        lambda m, b, seen: b + b"home" * seen["placements"] if isinstance(m, Greet) else b,
    )


def the_order_of_categories_follows_needs(patch: Patch) -> None:
    """Order: what is needed is asked for first."""
    tell_of_needs(patch)
    change_categories(patch, lambda names, seen: sorted(names, key=lambda n: -seen[f"need {n}"]))


def what_is_not_needed_is_left_out(patch: Patch) -> None:
    """Skip: only categories with a need are fetched."""
    tell_of_needs(patch)
    change_categories(
        patch, lambda names, seen: [n for n in names if seen[f"need {n}"]] or names[:1]
    )


def what_is_needed_is_asked_for_twice(patch: Patch) -> None:
    """Path: another request for the category in need."""
    tell_of_needs(patch)
    real = WayOut.say

    def leaking(way_out: WayOut, message: Message) -> None:
        real(way_out, message)
        if is_request(message) and underway(way_out)["need butter"]:
            way_out._open_line().sendall(way_out._recorded(message))

    patch.setattr(WayOut, "say", leaking)


def inferring_delays_the_next_pull(patch: Patch) -> None:
    """Timing after compute: a microsecond later for each reading that was worked on."""
    tell_of_readings(patch)
    change_schedule(patch, lambda seen: timedelta(microseconds=seen["readings"]))


def a_need_moves_the_jitter(patch: Patch) -> None:
    """Jitter: a second more or less."""
    tell_of_needs(patch)
    change_schedule(patch, lambda seen: timedelta(seconds=seen["needs"]))


def the_dice_are_shared(patch: Patch) -> None:
    """Shared dice: each decision draws from the generator that jitters the schedule."""
    dice: defaultdict[int, random.Random] = defaultdict(lambda: random.Random(7))
    real = Flow._conclude

    async def leaking(flow: Flow, *arguments: Any) -> None:  # noqa: ANN401 - passed on as it came
        dice[id(inside(flow))].random()
        await real(flow, *arguments)

    patch.setattr(Flow, "_conclude", leaking)
    change_schedule(patch, lambda seen: timedelta(seconds=dice[id(seen)].random()))


def a_need_pulls_at_once(patch: Patch) -> None:
    """Trigger: fetched because butter is low."""
    tell_of_needs(patch)
    real = Courier.step

    def leaking(courier: Courier) -> float:
        seen = outside(courier)
        if seen["need butter"] and not seen["pulled for it"]:
            seen["pulled for it"] = 1
            courier._due = courier._clock.now()
        return real(courier)

    patch.setattr(Courier, "step", leaking)


def a_failed_pull_is_tried_again_for_a_need(patch: Patch) -> None:
    """Retry: only who needs something tries again."""
    tell_of_needs(patch)

    def instead(pull: Any, courier: Courier, subscription: Any, now: Any) -> None:  # noqa: ANN401 - as it came
        shelf = list(courier._shelf.glob("*"))
        pull(courier, subscription, now)
        if outside(courier)["needs"] and shelf == list(courier._shelf.glob("*")):
            pull(courier, subscription, now)

    change_pulling(patch, instead)


def a_need_empties_the_cache(patch: Patch) -> None:
    """Cache: what a home asks for again says what it threw away."""
    tell_of_needs(patch)

    def instead(pull: Any, courier: Courier, subscription: Any, now: Any) -> None:  # noqa: ANN401 - as it came
        if outside(courier)["needs"]:
            shutil.rmtree(courier._trusted / "targets", ignore_errors=True)
        pull(courier, subscription, now)

    change_pulling(patch, instead)


def a_shown_offer_postpones_the_next_pull(patch: Patch) -> None:
    """Timing: nothing new is fetched while something is shown."""
    tell_of_placements(patch)
    change_schedule(patch, lambda seen: timedelta(hours=bool(seen["placements"])))


def an_answer_leaves_one_pull_out(patch: Patch) -> None:
    """Skip: an hour of silence after each answer."""
    tell_of_answers(patch)

    def instead(pull: Any, courier: Courier, subscription: Any, now: Any) -> None:  # noqa: ANN401 - as it came
        seen = outside(courier)
        if seen["answers"] == seen["left out"]:
            pull(courier, subscription, now)
        seen["left out"] = seen["answers"]

    change_pulling(patch, instead)


def a_mistake_stops_pulling(patch: Patch) -> None:
    """Crash: an edge in trouble takes the courier with it."""
    tell_of_mistakes(patch)

    def instead(pull: Any, courier: Courier, subscription: Any, now: Any) -> None:  # noqa: ANN401 - as it came
        if not outside(courier)["mistakes"]:
            pull(courier, subscription, now)

    change_pulling(patch, instead)


def a_mistake_is_reported(patch: Patch) -> None:
    """Error path: telemetry, through the loop."""

    async def report(_: Flow) -> None:
        loop = asyncio.get_running_loop()
        with suppress(OSError):
            await loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=("::1", 9))

    tell_of_mistakes(patch, report)


def a_mistake_is_reported_by_a_bare_socket(patch: Patch) -> None:
    """Error path: telemetry, past the loop."""

    async def report(_: Flow) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bare:
            bare.settimeout(0)
            bare.sendto(b"oops", ("127.0.0.1", 9))

    tell_of_mistakes(patch, report)


def a_break_switches_the_subscription_off(patch: Patch) -> None:
    """Consent confused with a preference: a pause is nobody's business outside."""
    real = choosing.choose

    async def leaking(home: Any, preferences: Any) -> None:  # noqa: ANN401 - passed on as it came
        await real(home, preferences)
        if preferences.paused_until:
            await home.subscription.follow(Grants([], now=home.clock.now()))

    patch.setattr(choosing, "choose", leaking)


def the_relay_depends_on_the_appliances(patch: Patch) -> None:
    """Destination: another port for homes with more to grant."""
    real = SubscriptionFile.follow

    async def leaking(file: SubscriptionFile, grants: Grants) -> None:
        port = 7000 + len({grant.device for grant in grants})
        file._provisioning = replace(file._provisioning, relay=f"127.0.0.1:{port}")
        await real(file, grants)

    patch.setattr(SubscriptionFile, "follow", leaking)


def the_name_asked_for_depends_on_needs(patch: Patch) -> None:
    """Handshake: the server's name is not encrypted."""
    tell_of_needs(patch)

    def instead(pull: Any, courier: Courier, subscription: Any, now: Any) -> None:  # noqa: ANN401 - as it came
        name = "butter.example" if outside(courier)["need butter"] else subscription.server_name
        pull(courier, replace(subscription, server_name=name), now)

    change_pulling(patch, instead)


def a_message_is_sent_in_two_parts(patch: Patch) -> None:
    """Framing: the same bytes, in one record or in two."""
    tell_of_needs(patch)

    def leaking(way_out: WayOut, message: Message) -> None:
        content = way_out._recorded(message)
        cut = 100 if underway(way_out)["needs"] else len(content)
        for part in filter(None, (content[:cut], content[cut:])):
            way_out._open_line().sendall(part)

    patch.setattr(WayOut, "say", leaking)


def the_farewell_is_forgotten(patch: Patch) -> None:
    """Ending: who is shown something hangs up without a word."""
    tell_of_placements(patch)
    real = WayOut.close

    def leaking(way_out: WayOut) -> None:
        if underway(way_out)["placements"] and way_out._line:
            way_out._line.close()
        else:
            real(way_out)

    patch.setattr(WayOut, "close", leaking)


def one_exact_reading_shows(patch: Patch) -> None:
    """Exact value: 173 grams, and nothing else."""
    tell_of_readings(patch, lambda reading: reading.value == 173)
    change_bytes(patch, lambda _, b, seen: b + bytes(seen["readings"] > 0))


def two_exact_readings_show(patch: Patch) -> None:
    """Two conditions: 231 and 59 in one home, on one day."""
    real = Flow._keep

    async def leaking(flow: Flow, readings: Sequence[Reading]) -> None:
        seen = inside(flow)
        seen["first"] |= any(reading.value == 231 for reading in readings)
        seen["second"] |= any(reading.value == 59 for reading in readings)
        await real(flow, readings)

    patch.setattr(Flow, "_keep", leaking)
    change_bytes(patch, lambda _, b, seen: b + bytes(seen["first"] and seen["second"]))


LEAKS: dict[str, Plant] = {
    name: plant
    for name, plant in tuple(globals().items())
    if isfunction(plant) and plant.__module__ == __name__
}
"""By name, all of the above."""
