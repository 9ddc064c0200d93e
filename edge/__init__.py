"""Doorstep's runtime for one home: what the appliances say stays here, offers come to it.

Rooms, from the street inwards; each imports only from rooms below it (docs/architecture.md):

    __main__            front door: arguments -> one command
    runtime             opens everything, wires it, one TaskGroup
    settings            one frozen value, read once
    adapters            everything that touches network, disk or clock
    flow | household    a reading's way through the house | what people do in it
    ports               what these two ask of the adapters
    matching | wire | wording | needs    which offer | bytes | sentences | what runs out
    domain              what the words mean
    errors              how a promise can break

    courier             a process of its own: fetches the public catalogue, knows nothing of us
"""

__version__ = "0.1.0"
