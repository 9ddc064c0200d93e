"""How the store can break its promise; each message is fit for an operator and holds no content."""

from edge.errors import StoreError


class TamperError(StoreError):
    """Stored bytes are not what was written: flipped, moved, removed or put back.

    Attributes:
        where: Which part of the store: `table 7, row 12`.
    """

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} is not what was written; see docs/store.md, 'damaged'")
        self.where = where


class RollbackError(StoreError):
    """An older copy of the store was put back, or the store was taken away.

    Attributes:
        detail: What the anchor remembers against it.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(f"an older store was put back: {detail}")
        self.detail = detail


class StoreFullError(StoreError):
    """The disk is full; nothing was changed, and forgetting still works."""

    def __init__(self) -> None:
        super().__init__("the disk is full; nothing was changed")


class StoreInUseError(StoreError):
    """Another process has the store open; there is one writer.

    Attributes:
        folder: The store's folder.
    """

    def __init__(self, folder: str) -> None:
        super().__init__(f"the store in {folder} is open in another process")
        self.folder = folder


class KeyRefusedError(StoreError):
    """The key is missing, wrong, or readable by others.

    Attributes:
        what: The key or file it is about.
        rule: What must hold.
    """

    def __init__(self, what: str, rule: str) -> None:
        super().__init__(f"{what}: {rule}")
        self.what = what
        self.rule = rule


class NewerStoreError(StoreError):
    """The file was written by a later version of this program.

    Attributes:
        found: The version in the file.
        known: The newest version this program can read.
    """

    def __init__(self, *, found: int, known: int) -> None:
        super().__init__(f"the store has version {found}, this program knows up to {known}")
        self.found = found
        self.known = known


class GrantRefusedError(StoreError):
    """A grant that cannot be kept or ended: an unknown one, or an id given twice.

    Attributes:
        rule: What must hold.
    """

    def __init__(self, rule: str) -> None:
        super().__init__(f"grant refused: {rule}")
        self.rule = rule
