"""The courier: fetches the public catalogue, and knows nothing about the home it works for.

A process of its own. All it ever reads of the home is `subscription.json`, a function of consent;
all it ever says outside is one of `messages`, each recorded before it is sent. It imports nothing
of the rest of edge, and nothing imports it.

    schedule: when -> subscription: whether and where -> pull (fetch_coap | fetch_mqtt, way_out,
    egress_record) -> shelf_writer
"""
