"""What pairing gives to an appliance (docs/wire/pairing.md)."""

from dataclasses import dataclass, field

from edge.domain.measures import DeviceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """The secrets of one appliance: given once, at pairing, and never shown again.

    Attributes:
        device: Its name; the user name on MQTT.
        password: For MQTT.
        master_secret, master_salt: Of its OSCORE context (RFC 8613 section 3.2).
        sender_id: The appliance's own OSCORE id.
        recipient_id: The runtime's.
    """

    device: DeviceId
    password: str = field(repr=False)
    master_secret: bytes = field(repr=False)
    master_salt: bytes = field(repr=False)
    sender_id: bytes
    recipient_id: bytes
