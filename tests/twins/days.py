"""The days that twins live: what may show outside, and what must not."""

from dataclasses import dataclass
from typing import Literal

Transport = Literal["coap", "mqtt"]


@dataclass(frozen=True, slots=True)
class Public:
    """What may show in egress: consent, the schedule's dice, and what the world is like.

    Attributes:
        consents: When in hours, and what the household does then: one of CONSENTS.
        weather: How pulls go, in turn.
    """

    consents: tuple[tuple[float, str], ...]
    seed: str = "twin"
    transport: Transport = "coap"
    weather: tuple[str, ...] = ("fine",)


CONSENTS = ("everything", "keep_and_infer", "offers_off", "everything_off")


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happens in one home only; what item and value mean depends on the kind."""

    hour: float
    kind: str
    item: int = 0
    value: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """What must not show: the appliances, what is used up how fast, and what people do.

    Attributes:
        devices: How many appliances, each with items of its own.
        left: What is left of each item after the days before.
    """

    devices: int
    left: tuple[int, ...]
    acts: tuple[Act, ...]
