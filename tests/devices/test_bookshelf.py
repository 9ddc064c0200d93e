"""Somebody reads."""

from devices.bookshelf import BUILT_IN, read_on


def test_the_same_seed_reads_the_same_books() -> None:
    """And another seed other ones."""
    one, again, other = (read_on(BUILT_IN, seed=seed, days=90) for seed in (3, 3, 4))

    assert one.changes("crime") == again.changes("crime")
    assert one.changes("crime") != other.changes("crime")


def test_a_book_is_read_to_its_end_before_the_next_begins() -> None:
    """Whatever comes before a longer book is an empty one."""
    shelf = read_on(BUILT_IN, seed=1, days=400)

    for genre in shelf.items:
        before = shelf.changes(genre)[0]
        for change in shelf.changes(genre)[1:]:
            assert change.amount < before.amount or before.amount == 0
            before = change


def test_reading_has_a_human_pace() -> None:
    """Twenty to fifty pages a day, of whole pages, over both genres."""
    shelf = read_on(BUILT_IN, seed=1, days=400)

    assert 20 < sum(shelf.per_day(genre) for genre in shelf.items) < 50
    assert all(c.amount % 1 == 0 for genre in shelf.items for c in shelf.changes(genre))
