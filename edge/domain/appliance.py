"""A paired appliance: what it watches and where it can show something."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from edge.domain.category import DataCategory
from edge.domain.etiquette import Etiquette
from edge.domain.item import Item
from edge.domain.measures import DeviceId, ItemName, SurfaceName


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """A place on an appliance where one offer can be shown, and its etiquette.

    Attributes:
        name: Product-wide name: `fridge.door`.
        device: The appliance it belongs to.
        suits: The kinds of data whose offers belong there: books on an e-reader, not butter.
        title_chars: The longest title that fits, in characters.
        body_chars: The longest body that fits, in characters; 0 where there is no body.
        etiquette: How it behaves.
    """

    name: SurfaceName
    device: DeviceId
    suits: frozenset[DataCategory]
    title_chars: int
    body_chars: int
    etiquette: Etiquette = field(default_factory=Etiquette)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appliance:
    """One paired appliance, as its manifest describes it.

    Attributes:
        id: Given by the runtime at pairing.
        kind: The product kind: `fridge`, `ereader`.
        titles: What people call it, by language tag.
        items: Everything it watches.
        surfaces: Everywhere it can show something.
        paired_at: UTC.
    """

    id: DeviceId
    kind: str
    titles: Mapping[str, str]
    items: tuple[Item, ...]
    surfaces: tuple[Surface, ...]
    paired_at: datetime

    def item(self, name: ItemName) -> Item | None:
        """The item of that name; None when the manifest declares none."""
        return next((item for item in self.items if item.id.name == name), None)

    def title(self, language: str) -> str:
        """What people call it in that language, else in any other."""
        return self.titles.get(language) or next(iter(self.titles.values()))
