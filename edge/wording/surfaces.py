"""The places where an offer can be shown, by the names people use."""

from edge.domain.measures import SurfaceName
from edge.wording.voice import Voice, sentence

SURFACE_NAMES = {
    "fridge.door": sentence("Fridge door"),
    "ereader.lock": sentence("E-reader lock screen"),
}


def surface_name(surface: SurfaceName, voice: Voice) -> str:
    """What people call the place; its own name where we know none."""
    known = SURFACE_NAMES.get(surface)
    return voice.say(known) if known else surface
