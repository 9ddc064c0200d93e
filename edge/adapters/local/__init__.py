"""The home network: appliances come in over MQTT or CoAP, placements go out the same way."""
