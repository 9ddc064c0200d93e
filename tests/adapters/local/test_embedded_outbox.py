"""At QoS 1 nothing is lost or reordered; nothing grows without end."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from edge.adapters.local.broker_limits import BYTES_MOST, MESSAGES_MOST, WINDOW
from edge.adapters.local.embedded_outbox import Message, Outbox, Sending


def a_message(number: int = 0, *, qos: int = 1, size: int = 0) -> Message:
    """A numbered message."""
    return Message(topic="t", payload=str(number).encode().zfill(size), qos=qos)


def drained(outbox: Outbox) -> list[Sending]:
    """Everything that can be sent now."""
    return list(iter(outbox.take, None))


def test_the_window_bounds_what_is_not_acknowledged() -> None:
    """The 21st waits until one of the 20 is acknowledged."""
    outbox = Outbox()
    for number in range(WINDOW + 1):
        outbox.add(a_message(number))
    sent = drained(outbox)
    assert len(sent) == WINDOW
    assert sent[0].packet_id is not None
    outbox.acknowledge(sent[0].packet_id)
    assert [one.message for one in drained(outbox)] == [a_message(WINDOW)]


def test_a_new_connection_gets_the_unacknowledged_again_and_first() -> None:
    """With the same identifiers, in the same order, marked as duplicates."""
    outbox = Outbox()
    for number in range(3):
        outbox.add(a_message(number))
    first = drained(outbox)
    outbox.add(a_message(3))
    outbox.rewind()
    again = drained(outbox)
    assert [(one.packet_id, one.message) for one in again[:3]] == [
        (one.packet_id, one.message) for one in first
    ]
    assert [one.again for one in again] == [True, True, True, False]


def test_a_full_outbox_drops_the_newest() -> None:
    """The bound holds one before and at the limit."""
    outbox = Outbox()
    assert all(outbox.add(a_message(n)) for n in range(MESSAGES_MOST))
    assert not outbox.add(a_message(MESSAGES_MOST))
    assert drained(outbox)[0].message == a_message(0)


def test_bytes_are_bounded_too() -> None:
    """A few large messages fill it as well as many small ones."""
    outbox = Outbox()
    assert outbox.add(a_message(size=BYTES_MOST))
    assert not outbox.add(a_message(size=1))


def test_qos_0_is_not_kept() -> None:
    """It has no identifier and is not sent twice."""
    outbox = Outbox()
    outbox.add(a_message(qos=0))
    assert drained(outbox)[0].packet_id is None
    outbox.rewind()
    assert drained(outbox) == []


async def test_a_writer_waits_for_room_but_not_for_ever() -> None:
    """Half empty lets it go at once; full makes it wait its time and no longer."""
    outbox = Outbox()
    await outbox.wait_for_room(most_s=0)
    for number in range(MESSAGES_MOST):
        outbox.add(a_message(number, qos=0))
    await outbox.wait_for_room(most_s=0.01)
    drained(outbox)
    await outbox.wait_for_room(most_s=0)


@given(st.integers(min_value=0, max_value=65_535))
def test_an_unknown_acknowledgement_changes_nothing(packet_id: int) -> None:
    """A client that invents acknowledgements harms nobody."""
    outbox = Outbox()
    outbox.acknowledge(packet_id)
    assert len(outbox) == 0


class OutboxMachine(RuleBasedStateMachine):
    """Any order of adding, sending, acknowledging and losing the connection."""

    def __init__(self) -> None:
        super().__init__()
        self.outbox = Outbox()
        self.added = 0
        self.on_the_way: dict[int, int] = {}
        self.arrived: list[int] = []

    @rule()
    def add(self) -> None:
        """One more message."""
        self.added += self.outbox.add(a_message(self.added))

    @rule()
    def send(self) -> None:
        """The client gets what can be sent; a duplicate has the number of its original."""
        for one in drained(self.outbox):
            assert one.packet_id is not None
            number = int(one.message.payload)
            assert one.again == (one.packet_id in self.on_the_way)
            assert self.on_the_way.setdefault(one.packet_id, number) == number
            if not one.again:
                self.arrived.append(number)

    @rule(data=st.data())
    def acknowledge(self, data: st.DataObject) -> None:
        """In any order."""
        if self.on_the_way:
            packet_id = data.draw(st.sampled_from(sorted(self.on_the_way)))
            self.outbox.acknowledge(packet_id)
            del self.on_the_way[packet_id]

    @rule()
    def lose_connection(self) -> None:
        """The client comes back."""
        self.outbox.rewind()

    @invariant()
    def nothing_is_lost_or_reordered(self) -> None:
        """What arrived is a beginning of what was added, in order."""
        assert self.arrived == list(range(len(self.arrived)))
        assert len(self.outbox) == self.added - len(self.arrived) + len(self.on_the_way)


OutboxMachine.TestCase.settings = settings(stateful_step_count=25)
TestOutbox = OutboxMachine.TestCase
