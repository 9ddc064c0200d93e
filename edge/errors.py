"""Every way in which a promise can break, under one root.

An expected refusal is a returned value (`Silence`); what is raised here is bad input, a broken
file or a misuse. No message ever holds a household's value: only names, limits and rules.
"""


class EdgeError(Exception):
    """The root: whoever catches this catches all of ours and nothing else."""


class MalformedError(EdgeError):
    """Input that breaks a rule of the wire documents.

    Attributes:
        field: Where, as a path in the payload: `record 3: t`.
        rule: What must hold there, in words fit for a firmware engineer.
    """

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule


class RefusedError(EdgeError):
    """Well-formed input that is not allowed here: unknown appliance, no pairing, too fast.

    Attributes:
        what: The thing refused: `readings`.
        rule: Why, in words.
    """

    def __init__(self, what: str, rule: str) -> None:
        super().__init__(f"{what}: {rule}")
        self.what = what
        self.rule = rule


class TooManyError(RefusedError):
    """One appliance says more than it may.

    Attributes:
        retry_after_s: Seconds of real time until the next one will be let in.
    """

    def __init__(self, what: str, *, retry_after_s: float) -> None:
        super().__init__(what, "too many; come back later")
        self.retry_after_s = retry_after_s


class UntrustedCatalogueError(EdgeError):
    """The shelf holds something that the signatures do not vouch for.

    Attributes:
        attack: The refused property in the words of The Update Framework: `rollback`, `freeze`, ….
    """

    def __init__(self, attack: str, detail: str) -> None:
        super().__init__(f"catalogue refused ({attack}): {detail}")
        self.attack = attack


class StoreError(EdgeError):
    """The store could not do what it promised; nothing was changed."""


class UnreachableError(EdgeError):
    """Somebody we need does not answer: a broker, a runtime.

    Attributes:
        whom: Who, as a name and address of the home network.
    """

    def __init__(self, whom: str, detail: str) -> None:
        super().__init__(f"{whom} cannot be reached: {detail}")
        self.whom = whom


class SettingsError(EdgeError):
    """A setting that is unknown or out of its range.

    Attributes:
        name: The setting, as `table.key`.
    """

    def __init__(self, name: str, rule: str) -> None:
        super().__init__(f"setting {name}: {rule}")
        self.name = name
