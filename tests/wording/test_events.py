"""What happens is told as it happens, one plain sentence each."""

from dataclasses import replace

import pytest

from edge.domain.consent import Purpose
from edge.domain.placement import Silence, Step
from edge.domain.reaction import ReactionKind
from edge.domain.story import Cleared, Consented, Event, Kept, Paired, Reacted, Reviewed
from edge.wording.events import tell_event, tell_need
from tests.builders import FRIDGE, a_grant, a_need, a_placement, an_appliance, an_item
from tests.fakes.clock import NOON
from tests.texts import a_voice
from tests.wording.test_items import an_estimate

SILENT = Silence(step=Step.PERMISSION, reason="quiet_hours")
REVIEWED = Reviewed(
    item=an_item(), estimate=an_estimate(), need=a_need(), outcome=SILENT, news=True
)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (Paired(appliance=an_appliance()), "Kühlschrank gehört jetzt zum Zuhause."),
        (
            Consented(grant=a_grant(Purpose.INFER)),
            "Erlaubt: Vorausschauen, Lebensmittel, fridge-7f3a.",
        ),
        (
            Consented(grant=a_grant(Purpose.INFER, ended_at=NOON)),
            "Nicht mehr erlaubt: Vorausschauen, Lebensmittel, fridge-7f3a.",
        ),
        (
            Kept(device=FRIDGE, count=1),
            "1 neuer Messwert von fridge-7f3a, zu Hause gespeichert.",
        ),
        (
            REVIEWED,
            (
                "Butter: etwa 62 g von 250 g, voraussichtlich am Mittwoch leer. "
                "Es wird nichts gezeigt: Es ist Ihre Ruhezeit."
            ),
        ),
        (
            replace(REVIEWED, estimate=None, need=None),
            "Butter: Es wird nichts gezeigt. Es ist Ihre Ruhezeit.",
        ),
        (
            replace(REVIEWED, outcome=a_placement()),
            (
                "„Süßrahmbutter, 250 g: 1,99 €“, zu sehen hier: Kühlschranktür. "
                "Anzeige im Auftrag von Hofkäserei Lind."
            ),
        ),
        (
            Reacted(placement=a_placement(), kind=ReactionKind.SAVE),
            "Die Antwort auf „Süßrahmbutter, 250 g: 1,99 €“: Merken.",
        ),
        (
            Cleared(placement=a_placement(), reason="answered"),
            "Das Angebot ist hier weg: Kühlschranktür. Der Grund: Sie haben geantwortet.",
        ),
    ],
)
def test_each_event_is_one_sentence(event: Event, told: str) -> None:
    """In the household's language, with its values."""
    assert tell_event(event, a_voice("de")).replace("\N{NO-BREAK SPACE}", " ") == told


def test_a_need_is_told_with_its_chance_and_its_first_fact() -> None:
    """What, when, how sure, why."""
    told = tell_need(an_item(), a_need(), NOON, a_voice("en")).replace("\N{NO-BREAK SPACE}", " ")

    assert told == (
        "Butter: likely gone on Wednesday, with a chance of 90% in the next 3 days. "
        "What is left: about 62 g."
    )
