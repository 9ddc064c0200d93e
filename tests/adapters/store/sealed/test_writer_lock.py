"""One writer at a time."""

from pathlib import Path

import pytest

from edge.adapters.store.errors import StoreInUseError
from edge.adapters.store.sealed.writer_lock import WriterLock


def test_a_second_writer_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    """With the folder's name in the message."""
    first = WriterLock(tmp_path)
    with pytest.raises(StoreInUseError, match=tmp_path.name):
        WriterLock(tmp_path)
    first.release()
    WriterLock(tmp_path).release()
