"""Every category, kind of data, purpose and answer has its name in every language."""

from dataclasses import replace

import pytest

from edge.domain.category import CATEGORIES, DataCategory
from edge.domain.consent import Purpose
from edge.domain.measures import SurfaceName
from edge.domain.reaction import ReactionKind
from edge.wording.appliances import appliance_title
from edge.wording.categories import CATEGORY_NAMES, DATA_NAMES, category_name, data_name
from edge.wording.consent import PURPOSES, purpose_name, what_a_no_means, what_it_does
from edge.wording.reactions import BUTTONS, reaction_effect, reaction_name
from edge.wording.surfaces import surface_name
from edge.wording.voice import LANGUAGES
from tests.builders import an_appliance
from tests.texts import a_voice


def test_every_category_and_kind_of_data_has_a_name() -> None:
    """A row added to the public list is missed here until it is named."""
    assert CATEGORY_NAMES.keys() == CATEGORIES.keys()
    assert DATA_NAMES.keys() == set(DataCategory)


def test_every_purpose_says_what_it_does_and_what_a_no_means() -> None:
    """Explained before it is asked."""
    assert PURPOSES.keys() == set(Purpose)


def test_there_is_a_button_for_each_of_the_eight_answers() -> None:
    """None is hidden and none is shown twice."""
    assert sorted(BUTTONS) == sorted(ReactionKind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_things_have_the_same_name(language: str) -> None:
    """Names of one kind can be told apart."""
    voice = a_voice(language)
    for names in (
        [category_name(category, voice) for category in CATEGORIES],
        [data_name(data, voice) for data in DataCategory],
        [purpose_name(purpose, voice) for purpose in Purpose],
        [what_it_does(purpose, voice) for purpose in Purpose],
        [what_a_no_means(purpose, voice) for purpose in Purpose],
        [reaction_name(kind, voice) for kind in ReactionKind],
        [reaction_effect(kind, voice) for kind in ReactionKind],
    ):
        assert len(set(names)) == len(names)


def test_an_appliance_begins_like_a_heading() -> None:
    """A manifest may write it small; without the language, any other name is better than none."""
    assert appliance_title(an_appliance(), a_voice("en")) == "Fridge"
    named = replace(an_appliance(), titles={"fr": "le frigo"})
    assert appliance_title(named, a_voice("de")) == "Le frigo"


def test_an_unknown_surface_keeps_its_own_name() -> None:
    """Integrators may build surfaces that we have no word for."""
    assert surface_name(SurfaceName("fridge.door"), a_voice("de")) == "Kühlschranktür"
    assert surface_name(SurfaceName("oven.front"), a_voice("de")) == "oven.front"
