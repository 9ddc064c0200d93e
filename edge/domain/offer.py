"""Offers as the public catalogue carries them: the same for every home.

Names follow ad tech (campaign, line item, creative, flight, cap) and schema.org/Offer; the label
follows Article 26 of the Digital Services Act (EU 2022/2065).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from edge.domain.category import CATEGORIES, CategoryName, DataCategory
from edge.domain.measures import EuroCents, OfferId


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A verified catalogue; only `adapters.catalogue_shelf` makes one.

    Attributes:
        version: The snapshot version of its signed repository; grows with each publication.
        digest: SHA-256 of its signed head (timestamp metadata), hexadecimal: its fingerprint.
        expires_at: The first instant at which it must no longer be used, UTC.
        offers: By category.
    """

    version: int
    digest: str
    expires_at: datetime
    offers: Mapping[CategoryName, tuple[Offer, ...]]

    def __len__(self) -> int:
        return sum(len(offers) for offers in self.offers.values())
