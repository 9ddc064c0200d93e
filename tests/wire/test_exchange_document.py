"""The examples of docs/wire/exchange.md are what the two processes really write and read."""

import base64
import json
import re
from pathlib import Path
from typing import Any

from edge.adapters.subscription_file import Provisioning, subscription
from edge.courier.messages import RequestCatalogueFile, over_coap
from edge.domain.consent import Grants
from tests.fakes.clock import NOON

DOCUMENT = Path("docs/wire/exchange.md").read_text("utf-8")
SUBSCRIPTION, LINE = (json.loads(b) for b in re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL))


def test_the_subscription_has_the_documented_fields() -> None:
    """Neither more nor fewer."""
    provisioning = Provisioning(
        region="DE", transport="coap", relay="r:1", server_name="s", ca="c", root=b"{}"
    )
    written: dict[str, Any] = json.loads(subscription(Grants([], now=NOON), provisioning))
    assert written.keys() == SUBSCRIPTION.keys()


def test_the_documented_line_is_a_request() -> None:
    """Its bytes are those that the courier sends for its path, and its size is theirs."""
    content = base64.b64decode(LINE["bytes"])
    assert content == over_coap(RequestCatalogueFile(LINE["path"]))
    assert len(content) == LINE["size"]
