"""What the whole store must look like: the commit number, live epochs and one sum per table.

The sum is a multiset hash (MSet-Add-Hash, Clarke et al. 2003, keyed): the sum modulo 2**256 of a
keyed hash of every row. Adding or removing one row costs one hash, whatever the table's size, and
nobody without the key can find another set of rows with the same sum.
"""

from dataclasses import dataclass, field, replace
from hashlib import sha256

import msgspec

from edge.adapters.store.schema import Compartment

_MODULUS = 2**256
_SUM_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreState:
    """The state after one commit.

    Attributes:
        version: The schema's, so that nobody can pass a file off as an older one.
        commit: How many commits there were.
        epochs: The key epoch each compartment's rows are sealed with.
        sums: Each table's sum, by table number; 0 for an absent one.
    """

    version: int
    commit: int = 0
    epochs: dict[Compartment, int] = field(default_factory=dict)
    sums: dict[int, int] = field(default_factory=dict)

    def adding(self, table: int, difference: int) -> "StoreState":
        """The state after the table's sum has changed by this much."""
        changed = (self.sums.get(table, 0) + difference) % _MODULUS
        return replace(self, sums={**self.sums, table: changed})

    def emptying(self, table: int) -> "StoreState":
        """The state after the table has lost all its rows."""
        return replace(self, sums={**self.sums, table: 0})

    def renewing(self, compartment: Compartment, epoch: int) -> "StoreState":
        """The state after the compartment's rows are sealed with another epoch's key."""
        return replace(self, epochs={**self.epochs, compartment: epoch})

    def encoded(self) -> bytes:
        """For the state row, before sealing."""
        sums = {n: s.to_bytes(_SUM_BYTES, "little") for n, s in sorted(self.sums.items()) if s}
        shape = _StateRow(
            self.version, self.commit, {k.value: v for k, v in self.epochs.items()}, sums
        )
        return msgspec.msgpack.encode(shape)

    @property
    def fingerprint(self) -> str:
        """What the anchor remembers of it."""
        return sha256(self.encoded()).hexdigest()


class _StateRow(msgspec.Struct, array_like=True):
    version: int
    commit: int
    epochs: dict[str, int]
    sums: dict[int, bytes]


def decode_state(plain: bytes) -> StoreState:
    """The state row, after unsealing."""
    row = msgspec.msgpack.decode(plain, type=_StateRow)
    return StoreState(
        version=row.version,
        commit=row.commit,
        epochs={Compartment(name): epoch for name, epoch in row.epochs.items()},
        sums={number: int.from_bytes(total, "little") for number, total in row.sums.items()},
    )


def table_sum(leaves: "list[int]") -> int:
    """The sum that a table of these rows must have."""
    return sum(leaves) % _MODULUS
