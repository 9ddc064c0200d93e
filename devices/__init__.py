"""Emulated appliances: a second, independent reading of docs/wire/.

They speak the documented wire and nothing else: no import of `edge`, no knowledge of its inside.
Whatever they measure is a pure function of a seed and the time, so each run can be repeated.

    larder, household, living, purchases, replay, bookshelf   what is there (the known truth)
    fridge, ereader, manifest, screen, reactions, appliance   what an appliance makes of it
    senml, placement, pairing, credentials                    bytes
    link, over_mqtt, over_coap, coap_exchange, firmware       transports, and the loop between
    run, clock, __main__                                      the front door
    demo                                                      a whole home in fast motion
"""
