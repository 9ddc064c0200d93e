"""The cryptography and the messages of pairing (docs/wire/pairing.md); no I/O, no dice.

code --PBKDF2--> proof key | seal key        both sides have them, nobody else
appliance: proof = HMAC(proof key, nonce, manifest)
runtime:   answer sealed with the seal key, bound to the nonce
"""

import hashlib
import hmac
from dataclasses import dataclass, field

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from edge.domain.measures import DeviceId
from edge.errors import MalformedError
from edge.wire import base64url
from edge.wire.encoding import Encoding, decode_tree, encode_tree
from edge.wire.shape import octets, shaped

_SALT = b"doorstep pairing v1"
_ROUNDS = 10_000
"""5 ms here, about a second on a small microcontroller: the 60 bits of the code carry the rest."""

NONCE_BYTES = 16
PROOF_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """The secrets of one appliance: given once, at pairing, and never shown again.

    Attributes:
        device: Its name; the user name on MQTT.
        password: For MQTT.
        master_secret, master_salt: Of its OSCORE context (RFC 8613 section 3.2).
        sender_id: The appliance's own OSCORE id.
        recipient_id: The runtime's.
    """

    device: DeviceId
    password: str = field(repr=False)
    master_secret: bytes = field(repr=False)
    master_salt: bytes = field(repr=False)
    sender_id: bytes
    recipient_id: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingKey:
    """What a code is stretched into."""

    proof: bytes = field(repr=False)
    seal: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingRequest:
    """An appliance asks to be let in.

    Attributes:
        nonce: 16 bytes, new for each request.
        manifest: The bytes of its manifest, as proven.
        proof: 32 bytes.
    """

    nonce: bytes
    manifest: bytes
    proof: bytes = field(repr=False)

    def is_proven_with(self, key: PairingKey) -> bool:
        """Whether its sender knows the code; takes as long for a wrong proof as for a right one."""
        return hmac.compare_digest(self.proof, proof_of(key, self.nonce, self.manifest))


class _RequestShape(msgspec.Struct, frozen=True, kw_only=True):
    nonce: object
    manifest: object
    proof: object


def stretch(code: str) -> PairingKey:
    """The key of a code; takes milliseconds of computing, so not in an event loop.

    Args:
        code: From `typed_code`: no dashes, upper case.
    """
    key = hashlib.pbkdf2_hmac("sha256", code.encode(), _SALT, _ROUNDS, dklen=64)
    return PairingKey(proof=key[:32], seal=key[32:])


def proof_of(key: PairingKey, nonce: bytes, manifest: bytes) -> bytes:
    """The proof that an appliance with that code sends with that manifest."""
    return hmac.digest(key.proof, b"request" + nonce + manifest, "sha256")


def decode_request(payload: bytes, encoding: Encoding) -> PairingRequest:
    """A pairing request; the manifest in it is not looked at.

    Raises:
        MalformedError: It breaks a rule of the document.
    """
    shape = shaped(decode_tree(payload, encoding), _RequestShape)
    return PairingRequest(
        nonce=_exactly(NONCE_BYTES, octets(shape.nonce, encoding, field="nonce"), "nonce"),
        manifest=_manifest(shape.manifest),
        proof=_exactly(PROOF_BYTES, octets(shape.proof, encoding, field="proof"), "proof"),
    )


def seal_answer(
    credentials: Credentials, *, key: PairingKey, nonce: bytes, encoding: Encoding
) -> bytes:
    """The answer that only the appliance with the code and this nonce can open.

    A key seals one answer in its life, so the fixed nonce of the cipher is never used twice.
    """
    sealed = ChaCha20Poly1305(key.seal).encrypt(bytes(12), _answer(credentials), b"answer" + nonce)
    body = base64url.to_text(sealed) if encoding is Encoding.JSON else sealed
    return encode_tree({"sealed": body}, encoding)


def _answer(credentials: Credentials) -> bytes:
    oscore = {
        "master_secret": base64url.to_text(credentials.master_secret),
        "master_salt": base64url.to_text(credentials.master_salt),
        "sender_id": credentials.sender_id.hex(),
        "recipient_id": credentials.recipient_id.hex(),
    }
    answer = {"device": credentials.device, "password": credentials.password, "oscore": oscore}
    return encode_tree(answer, Encoding.JSON)


def _manifest(value: object) -> bytes:
    """Its bytes: a text in JSON; a text or the same in a byte string in CBOR."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    raise MalformedError(field="manifest", rule="must be the JSON text of the manifest")


def _exactly(length: int, value: bytes, name: str) -> bytes:
    if len(value) != length:
        raise MalformedError(field=name, rule=f"must be {length} bytes")
    return value
