"""The public list of categories: the document is the code's own table."""

import re
from pathlib import Path

import pytest

from edge.domain.category import CATEGORIES, Category, DataCategory

DOCUMENT = Path(__file__).parents[2] / "docs" / "wire" / "categories.md"
ROW = re.compile(r"\| `(?P<name>[a-z-]+)` \| (?P<data>[a-z_]+) \| (?P<gpc>\d{8}|) ?\|")


def row(category: Category) -> str:
    """A line of the document's table."""
    return f"| `{category.name}` | {category.data} | {category.gpc_class or ''} |".replace(
        "|  |", "| |"
    )


def test_the_document_lists_the_categories_of_the_code() -> None:
    """Row by row, in the same order; this is the table to paste when it differs."""
    listed = [line for line in DOCUMENT.read_text().splitlines() if ROW.match(line)]
    assert listed == [row(category) for category in CATEGORIES.values()]


@pytest.mark.parametrize("data", DataCategory)
def test_each_kind_of_data_has_categories(data: DataCategory) -> None:
    """A grant that no category belongs to would ask for nothing."""
    assert any(category.data is data for category in CATEGORIES.values())


def test_a_gpc_class_belongs_to_one_category() -> None:
    """Eight digits, each at most once."""
    classes = [category.gpc_class for category in CATEGORIES.values() if category.gpc_class]
    assert all(re.fullmatch(r"\d{8}", one) for one in classes)
    assert len(set(classes)) == len(classes)
