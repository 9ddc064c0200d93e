"""A private certificate authority and the catalogue server's certificate.

Homes pin this authority and nothing else. Certificates live in real time even when a demo's clock
is accelerated: TLS libraries ask the machine's clock themselves.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from cloud_stub.keys import write_private

SERVER_NAME = "catalogue.doorstep.example"
"""What the certificate is for; a name that never resolves (RFC 2606)."""

_LIFE = timedelta(days=3650)
_ALREADY = timedelta(days=1)
"""Certificates start a day ago: a home's clock may be behind."""


@dataclass(frozen=True, slots=True)
class Pki:
    """Where the certificates are, as PEM files."""

    ca: Path
    certificate: Path
    key: Path


def open_pki(folder: Path, *, real_now: datetime) -> Pki:
    """The certificates in the folder; made on first use."""
    pki = Pki(folder / "ca.pem", folder / "server.pem", folder / "server.key")
    if not pki.certificate.exists():
        _make(pki, real_now)
    return pki


def _make(pki: Pki, real_now: datetime) -> None:
    """The authority's own key is forgotten at once: it signs this one certificate only."""
    ca_key = ec.generate_private_key(ec.SECP256R1())
    key = ec.generate_private_key(ec.SECP256R1())
    ca_name = _name("Doorstep catalogue authority")
    ca = _authority(ca_name, ca_key, real_now)
    certificate = _certificate(ca_name, ca_key, key, real_now)
    write_private(pki.ca, ca.public_bytes(Encoding.PEM))
    write_private(pki.key, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    write_private(pki.certificate, certificate.public_bytes(Encoding.PEM))


def _authority(
    name: x509.Name, key: ec.EllipticCurvePrivateKey, real_now: datetime
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        _builder(name, name, key.public_key(), real_now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _certificate(
    issuer: x509.Name,
    ca_key: ec.EllipticCurvePrivateKey,
    key: ec.EllipticCurvePrivateKey,
    real_now: datetime,
) -> x509.Certificate:
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    names = x509.SubjectAlternativeName([x509.DNSName(SERVER_NAME)])
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    return (
        _builder(_name(SERVER_NAME), issuer, key.public_key(), real_now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(names, critical=False)
        .add_extension(purpose, critical=False)
        .add_extension(authority, critical=False)
        .sign(ca_key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, real_now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(real_now - _ALREADY)
        .not_valid_after(real_now + _LIFE)
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
