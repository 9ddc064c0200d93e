"""Every table there is: what key seals it, how soon it is on disk, what it is found by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from edge.domain.consent import Purpose


class Compartment(StrEnum):
    """What shares a key, and so what is destroyed together."""

    STATE = "state"
    """The proof that no row is missing; the anchor's key."""
    HOUSE = "house"
    """Appliances, preferences, counters: what the household typed in."""
    CONSENT = "consent"
    """Grants and the ledgers."""
    CHOICES = "choices"
    """What was and is shown, and the answers: outlives a withdrawal, so that a refusal sticks
    and the surface can be cleared."""
    KEEP = "keep"
    """Readings; destroyed with the last KEEP grant."""
    INFER = "infer"
    """Needs; destroyed with the last INFER grant."""
    OFFER = "offer"
    """Decisions; destroyed with the last OFFER grant."""
    MEASURE = "measure"
    """Nothing yet; destroyed with the last MEASURE grant."""
    CATALOGUE = "catalogue"
    """Public offers, cached."""


FIRST_EPOCH = 1
"""Every compartment's first key, in a new store."""

COMPARTMENT_OF: dict[Purpose, Compartment] = {
    Purpose.KEEP: Compartment.KEEP,
    Purpose.INFER: Compartment.INFER,
    Purpose.OFFER: Compartment.OFFER,
    Purpose.MEASURE: Compartment.MEASURE,
}
"""Whose key goes when the last grant of a purpose ends."""


class Durability(StrEnum):
    """What 'kept' means for a table when a write returns."""

    SYNCED = "synced"
    """On the medium: survives a power cut."""
    GROUPED = "grouped"
    """With the operating system: survives kill -9; a power cut may take what came after the
    last synced write, at most a minute's worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """One table's promises.

    Attributes:
        name: What TinyDB calls it.
        number: What the file calls it; never reused, so that the file names nothing.
        compartment: Whose key seals it.
        durability: What a returned write has survived.
        indexed: Top-level fields that equality searches can use.
        public: Its content is public and signed elsewhere: rows are authenticated when read,
            but completeness is proven only by `verify`, which keeps opening fast.
    """

    name: str
    number: int
    compartment: Compartment
    durability: Durability = Durability.SYNCED
    indexed: tuple[str, ...] = ()
    public: bool = False


class Schema:
    """The tables of one store, by name."""

    def __init__(self, specs: Iterable[TableSpec]) -> None:
        self._specs = {spec.name: spec for spec in specs}

    def __getitem__(self, name: str) -> TableSpec:
        return self._specs[name]

    def __iter__(self) -> Iterator[TableSpec]:
        return iter(self._specs.values())

    def of(self, compartment: Compartment) -> list[TableSpec]:
        """The tables that share a key."""
        return [spec for spec in self if spec.compartment is compartment]


HOUSEHOLD_SCHEMA = Schema(
    (
        TableSpec(name="appliances", number=1, compartment=Compartment.HOUSE, indexed=("id",)),
        TableSpec(name="preferences", number=2, compartment=Compartment.HOUSE),
        TableSpec(
            name="counts",
            number=3,
            compartment=Compartment.HOUSE,
            durability=Durability.GROUPED,
            indexed=("event",),
        ),
        TableSpec(name="grants", number=4, compartment=Compartment.CONSENT),
        TableSpec(
            name="impressions",
            number=5,
            compartment=Compartment.CHOICES,
            indexed=("placement",),
        ),
        TableSpec(name="settled", number=6, compartment=Compartment.CHOICES, indexed=("need",)),
        TableSpec(name="needs", number=7, compartment=Compartment.INFER, indexed=("item",)),
        TableSpec(
            name="decisions",
            number=8,
            compartment=Compartment.OFFER,
            indexed=("id", "placement"),
        ),
        TableSpec(name="standing", number=9, compartment=Compartment.CHOICES),
        TableSpec(
            name="series",
            number=11,
            compartment=Compartment.KEEP,
            durability=Durability.GROUPED,
            indexed=("item",),
        ),
        TableSpec(name="segments", number=12, compartment=Compartment.KEEP),
        *(
            TableSpec(
                name=name,
                number=number,
                compartment=Compartment.KEEP,
                durability=Durability.GROUPED,
            )
            for number, name in (
                (13, "raw_days"),
                (14, "quarters"),
                (15, "hours"),
                (16, "days"),
                (17, "habits"),
            )
        ),
        TableSpec(name="retention", number=18, compartment=Compartment.HOUSE),
        TableSpec(name="receipts", number=19, compartment=Compartment.CONSENT),
        TableSpec(name="receipts_heads", number=20, compartment=Compartment.CONSENT),
        TableSpec(name="egress", number=21, compartment=Compartment.CONSENT),
        TableSpec(name="egress_heads", number=22, compartment=Compartment.CONSENT),
        TableSpec(
            name="wear",
            number=23,
            compartment=Compartment.HOUSE,
            durability=Durability.GROUPED,
        ),
        TableSpec(
            name="candidates",
            number=24,
            compartment=Compartment.OFFER,
            indexed=("key",),
        ),
    )
)
"""The home's tables; a number, once given, is never given again (10 held readings, unpacked)."""
