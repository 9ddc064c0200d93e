"""A way out that leads nowhere: the other side's words are written down beforehand."""

from edge.courier.errors import UnexpectedAnswerError
from edge.courier.messages import Message
from edge.courier.way_out import WayOut


class ScriptedWayOut(WayOut):
    """Hears a script, remembers what was said."""

    def __init__(self, script: bytes) -> None:
        self.script = script
        self.said: list[Message] = []

    def say(self, message: Message) -> None:
        """Remember it."""
        self.said.append(message)

    def hear_some(self, most: int) -> bytes:
        """The next bytes of the script; at its end the other side is gone."""
        part, self.script = self.script[:most], self.script[most:]
        if not part:
            raise UnexpectedAnswerError("the script ended")
        return part
