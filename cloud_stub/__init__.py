"""The offer side of Doorstep: writes, checks, signs and serves one public catalogue.

It knows nothing about any home: what it serves is the same static signed files for everybody
(docs/wire/catalogue.md). A stub in scale, not in what it does.

    offers/*.toml -> authoring -> lint -> offer_file -> repository (keys) -> serve_coap, serve_mqtt
"""
