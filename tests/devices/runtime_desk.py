"""A runtime of the tests' own on MQTT: it hears what appliances say and answers their pairing."""

import asyncio
import json

import aiomqtt

from devices.pairing import from_base64url, to_base64url
from tests.devices.sealing import answer_to

OWN = "doorstep/v1/ereader-7f3a"
CODE = "0123-4567-89AB"


async def heard(runtime: aiomqtt.Client, count: int) -> list[tuple[str, bytes]]:
    """The next messages: topic below the e-reader's own, and payload."""
    async with asyncio.timeout(10):
        messages = aiter(runtime.messages)
        arrived = [await anext(messages) for _ in range(count)]
    return [(str(one.topic).removeprefix(f"{OWN}/"), one.payload) for one in arrived]


async def answer_pairing(runtime: aiomqtt.Client) -> None:
    """Let in whoever knows the code."""
    [(topic, payload)] = await heard(runtime, 1)
    body = json.loads(payload)
    nonce, proof = from_base64url(body["nonce"]), from_base64url(body["proof"])
    sealed = answer_to(CODE, nonce, body["manifest"], proof)
    answer = {"sealed": to_base64url(sealed)} if sealed else {"error": "no pairing"}
    await runtime.publish(topic.replace("/request", "/answer"), json.dumps(answer), qos=1)
