"""Offers as the public catalogue carries them: the same for every home.

Names follow ad tech (campaign, line item, creative, flight, cap) and schema.org/Offer; the label
follows Article 26 of the Digital Services Act (EU 2022/2065).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from edge.domain.category import CATEGORIES, CategoryName, DataCategory
from edge.domain.daypart import Daypart
from edge.domain.frequency import CALM_CAPS, Cap, CapKey, CapScope, CapSpan
from edge.domain.measures import Amount, EuroCents, OfferId


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Who is behind an offer; an offer without it cannot exist.

    Attributes:
        sponsor: On whose behalf it is shown (DSA Art. 26(1)(b)).
        payer: Who paid for it (DSA Art. 26(1)(c)).
    """

    sponsor: str
    payer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an offer says in one language: a title of at most 8 words, a body of at most 20."""

    title: str
    body: str
    conditions: str
    call_to_action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One creative with redeemable value, with what its line item and campaign say about it.

    Attributes:
        id: `campaign/line-item/creative`, unique in the catalogue.
        campaign, line_item: Where caps and pacing count.
        category: What need it answers.
        label: Who is behind it.
        words: By language tag; German and English are always there.
        price, price_before: With VAT; the lowest of the last 30 days before (PAngV Art. 11).
        unit_price: Price per `unit_reference`, as PAngV Art. 4 asks.
        unit_reference: `kg`, `l` or `piece`.
        flight_start, flight_end: UTC, half open: at `flight_end` it is over.
        per_day: How often a day one home may see the line item at most.
        caps: Further caps it asks for; they can only be tighter than `CALM_CAPS`.
        dayparts: When it may be shown, on the kitchen clock; empty for any time.
        regions: Where it can be redeemed; empty for everywhere.
        pacing: The share of homes that may see it on one day, above 0 to 1.
        content: How much of the thing it is for, in `g`, `ml` or pieces; None when it is not said.
        coupon: The same code for everybody; None when none is needed.
    """

    id: OfferId
    campaign: str
    line_item: str
    category: CategoryName
    label: Label
    words: Mapping[str, Words]
    price: EuroCents
    price_before: EuroCents
    unit_price: EuroCents
    unit_reference: str
    flight_start: datetime
    flight_end: datetime
    per_day: int
    caps: tuple[Cap, ...] = ()
    dayparts: tuple[Daypart, ...] = ()
    regions: frozenset[str] = frozenset()
    pacing: float = 1.0
    content: Amount | None = None
    coupon: str | None = None

    def cap(self, key: CapKey) -> int:
        """The most impressions of that kind: the calm cap, or less where less was asked for."""
        asked = [one.most for one in self.caps if (one.scope, one.span) == key]
        if key == (CapScope.LINE_ITEM, CapSpan.DAY):
            asked.append(self.per_day)
        return min(CALM_CAPS[key], *asked) if asked else CALM_CAPS[key]

    def capped(self, scope: CapScope) -> str:
        """What a cap of that scope counts by."""
        return _CAPPED[scope](self)

    @property
    def data(self) -> DataCategory:
        """The kind of data that a grant for it is about."""
        return CATEGORIES[self.category].data

    @property
    def saving(self) -> EuroCents:
        """What the household saves against the price before; never negative."""
        return EuroCents(max(0, self.price_before - self.price))

    def in_language(self, language: str) -> Words:
        """Its words in that language, else in German."""
        return self.words.get(language) or self.words["de"]


_CAPPED: Mapping[CapScope, Callable[[Offer], str]] = {
    CapScope.CREATIVE: attrgetter("id"),
    CapScope.LINE_ITEM: lambda offer: f"{offer.campaign}/{offer.line_item}",
    CapScope.CAMPAIGN: attrgetter("campaign"),
    CapScope.SPONSOR: attrgetter("label.sponsor"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A verified catalogue; only `adapters.catalogue_shelf` makes one.

    Attributes:
        version: The snapshot version of its signed repository; grows with each publication.
        digest: SHA-256 of its signed head (timestamp metadata), hexadecimal: its fingerprint.
        expires_at: The first instant at which it must no longer be used, UTC.
        offers: By category.
        counts: How many, by category; empty when they are to be counted.
    """

    version: int
    digest: str
    expires_at: datetime
    offers: Mapping[CategoryName, tuple[Offer, ...]]
    counts: Mapping[CategoryName, int] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """What two people compare to see that they were given the same catalogue."""
        return " ".join(self.digest[at : at + 4] for at in range(0, 16, 4))

    def candidates(self, category: CategoryName) -> "Candidates":
        """Its offers for one category, and how many there are for others."""
        return Candidates(
            catalogue=self.digest,
            offers=self.offers.get(category, ()),
            other_categories={
                name: count for name, count in self.sizes.items() if name != category
            },
        )

    @property
    def sizes(self) -> Mapping[CategoryName, int]:
        """How many offers there are, by category."""
        return self.counts or {name: len(offers) for name, offers in self.offers.items()}

    def __len__(self) -> int:
        return sum(self.sizes.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """What a decision about one category looks at; the rest of the catalogue is counted.

    Attributes:
        catalogue: The catalogue's fingerprint; empty when there was none.
        other_categories: How many offers there are for other things, by category.
    """

    catalogue: str
    offers: tuple[Offer, ...]
    other_categories: Mapping[CategoryName, int]


NO_CANDIDATES = Candidates(catalogue="", offers=(), other_categories={})
"""Without a catalogue."""
