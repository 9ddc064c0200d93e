"""The home network's side: broker, CoAP server, pairing and what both transports hand over to."""
