"""The bounds that the embedded broker and our Mosquitto share."""

PACKET_MOST = 64 * 1024
"""Bytes. A payload may have 16 KiB; a larger one should reach the runtime, which says so."""

WINDOW = 20
"""QoS 1 messages sent to a client and not yet acknowledged; Mosquitto's default."""

MESSAGES_MOST = 1_000
"""Waiting for one session of the embedded broker; Mosquitto's default."""

BYTES_MOST = 4 * 1024 * 1024
"""Waiting for one session: a day of readings of ten appliances."""

SESSIONS_MOST = 128
"""In all. A home has some dozens of appliances."""

EXPIRY_DAYS = 7
"""A session whose appliance was away for so long is forgotten."""
