"""The window through which an appliance comes in (docs/wire/pairing.md)."""

from edge.errors import RefusedError
from edge.wire.encoding import Encoding


class PairingDesk:
    """Lets in whoever knows the code; refuses everybody for now."""

    async def answer(self, payload: bytes, encoding: Encoding) -> bytes:  # noqa: ARG002  -- filled in once the decoders are there
        """Judge a pairing request.

        Returns:
            The sealed answer, in the encoding of the request.

        Raises:
            MalformedError: It is not a pairing request.
            RefusedError: No window, or not its code; after one second.
        """
        raise RefusedError(what="pairing", rule="no pairing")
