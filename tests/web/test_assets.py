"""Templates and static files: everything escaped, nothing undefined, kept by their content."""

import asyncio

import httpx
import pytest
from jinja2 import UndefinedError

from edge.adapters.web.assets import load_static, load_templates

TOTAL_MOST = 40_000
"""Style, script and icon together, in bytes: a page opens at once on a slow appliance."""


async def test_static_files_are_kept_for_ever(page: httpx.AsyncClient) -> None:
    """Their address changes with their content, so a browser never asks again."""
    for file in await asyncio.to_thread(load_static):
        answer = await page.get(file.address)
        assert answer.content == file.content
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith(file.media_type)


def test_static_files_stay_small() -> None:
    """No framework came in."""
    assert sum(len(file.content) for file in load_static()) < TOTAL_MOST


def test_an_unknown_name_in_a_template_is_an_error() -> None:
    """Nothing is silently left out of a page."""
    with pytest.raises(UndefinedError):
        load_templates().from_string("{{ nobody }}").render()


def test_every_value_is_escaped() -> None:
    """Text stays text."""
    told = load_templates().from_string("{{ title }}").render(title="<b>&\"'")

    assert told == "&lt;b&gt;&amp;&#34;&#39;"


def test_no_template_turns_escaping_off() -> None:
    """Neither by filter nor by block."""
    environment = load_templates()
    for name in environment.list_templates():
        assert environment.loader is not None
        source, _, _ = environment.loader.get_source(environment, name)
        assert "|safe" not in source.replace(" ", "")
        assert "autoescape" not in source
