"""Why not on this surface? One that none of them speaks against can show the offer."""

from edge.domain.appliance import Surface
from edge.domain.offer import Offer
from edge.matching.rule import Rule
from edge.matching.situation import Situation
from edge.matching.surface_rules.childs_display import childs_display
from edge.matching.surface_rules.covers_too_much import covers_too_much
from edge.matching.surface_rules.in_use import in_use
from edge.matching.surface_rules.kind_not_suited import kind_not_suited
from edge.matching.surface_rules.refreshes_used_up import refreshes_used_up
from edge.matching.surface_rules.switched_off import switched_off
from edge.matching.surface_rules.too_visible import too_visible
from edge.matching.surface_rules.words_too_long import words_too_long

SurfaceRule = Rule[[Offer, Surface, Situation]]

SURFACE_RULES: tuple[SurfaceRule, ...] = (
    switched_off,
    childs_display,
    kind_not_suited,
    too_visible,
    words_too_long,
    covers_too_much,
    in_use,
    refreshes_used_up,
)
"""The household's own choices first."""
