"""Appliances by the names people gave them."""

from edge.domain.appliance import Appliance
from edge.wording.voice import Voice


def appliance_title(appliance: Appliance, voice: Voice) -> str:
    """What people call it, as a heading begins."""
    title = appliance.title(voice.language)
    return title[:1].upper() + title[1:]
