"""Nothing is inferred for selling to children (DSA Art. 28)."""

from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("It is on an appliance that a child uses."))
def childs_appliance(situation: Situation) -> bool:
    """Holds for every need of an appliance that a child uses."""
    return situation.need.need.item.device in situation.preferences.child_devices
