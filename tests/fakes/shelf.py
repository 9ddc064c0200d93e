"""A shelf in memory."""

from datetime import datetime

from edge.domain.offer import Catalogue


class FakeShelf:
    """Keeps the CatalogueShelf port's promise with the catalogue it is given."""

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        self.catalogue = catalogue

    async def newest(self, *, now: datetime) -> Catalogue | None:
        """The catalogue, until it expires."""
        if self.catalogue is None or now >= self.catalogue.expires_at:
            return None
        return self.catalogue
