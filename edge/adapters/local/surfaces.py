"""A placement is put out on both transports: an appliance listens on its own."""

from collections.abc import Sequence

from edge.domain.appliance import Surface
from edge.domain.placement import Placement
from edge.ports import Surfaces


class EverySurface:
    """The `Surfaces` port over several transports."""

    def __init__(self, transports: Sequence[Surfaces]) -> None:
        self._transports = transports

    async def show(self, placement: Placement, *, language: str) -> None:
        """Put it out on each."""
        for transport in self._transports:
            await transport.show(placement, language=language)

    async def clear(self, surface: Surface) -> None:
        """Take it away on each."""
        for transport in self._transports:
            await transport.clear(surface)
