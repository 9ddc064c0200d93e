"""Why a pull ends early; none of them says anything about the home."""


class CourierError(Exception):
    """The root: whoever catches this catches all of ours."""


class UnexpectedAnswerError(CourierError):
    """The other side broke its protocol, or a limit of ours."""


class WithdrawnError(CourierError):
    """The subscription changed while a pull was under way: nothing more is said."""


class RecordError(CourierError):
    """The egress record cannot be written; so nothing is sent."""
