"""Ask the running runtime, over the same local interface that other programs use.

The runtime leaves its address and a token in `<state>/control.json` (0600) while it runs.
"""

import http.client
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edge.errors import EdgeError, RefusedError, UnreachableError

PATIENCE = 20.0
"""Seconds: an export of a full store takes a few; more means that nobody is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalInterface:
    """Where the runtime listens, and the token that lets us in."""

    host: str
    port: int
    token: str

    def get(self, path: str) -> dict[str, Any]:
        """What is there.

        Raises:
            RefusedError: Not allowed, or not there.
            UnreachableError: Nobody answers.
            EdgeError: The runtime itself failed.
        """
        return self._ask("GET", path, None)

    def post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Do something there; raises as `get`."""
        return self._ask("POST", path, body or {})

    def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            connection.request(method, f"/api/v1/{path}", json.dumps(body), headers)
            answer = connection.getresponse()
            return _opened(answer.status, answer.read())
        except OSError as error:
            raise UnreachableError("the runtime", error.strerror or "no answer") from error
        finally:
            connection.close()


def find_runtime(state: Path) -> LocalInterface:
    """The runtime that uses this state folder.

    Raises:
        UnreachableError: None is running.
    """
    try:
        told = json.loads((state / "control.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreachableError("the runtime", "start it with `python -m edge run`") from error
    return LocalInterface(host=told["host"], port=told["port"], token=told["token"])


def _opened(status: int, payload: bytes) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(payload or b"{}")
    if status < http.client.BAD_REQUEST:
        return told
    if status < http.client.INTERNAL_SERVER_ERROR:
        raise RefusedError(str(told.get("field", "request")), str(told.get("rule", status)))
    raise EdgeError(str(told.get("rule", "the runtime failed")))
