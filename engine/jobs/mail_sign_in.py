"""Signing in to a mail server (RFC 4954), with names and passwords in UTF-8: smtplib takes none but ASCII."""

from __future__ import annotations

import binascii
import hmac
import smtplib
from base64 import b64decode, b64encode
from typing import Final

MECHANISMS: Final = ("CRAM-MD5", "PLAIN", "LOGIN")
"""The ways that are known, the best first."""

_IS_IN: Final = 235
_WAS_IN: Final = 503
_GO_ON: Final = 334


class BadChallenge(smtplib.SMTPException):
    """What the server wants answered is not base64."""


def ways(client: smtplib.SMTP) -> list[str]:
    """Those of MECHANISMS that the server offers, the best first."""
    offered = client.esmtp_features.get("auth", "").upper().split()
    return [mechanism for mechanism in MECHANISMS if mechanism in offered]


def sign_in(client: smtplib.SMTP, mechanisms: list[str], user: str, password: str) -> int:
    """The code of the server's last word; from 400 on it refuses, which it does when it has refused each of the ways.

    Raises:
        SMTPException: the server does not keep to the protocol.
    """
    code = 0
    for mechanism in mechanisms:
        code = _try(client, mechanism, user.encode(), password.encode())
        if code in (_IS_IN, _WAS_IN):
            return _IS_IN
        if code < 400:
            raise smtplib.SMTPResponseException(code, "neither a yes nor a no")
    return code


def _try(client: smtplib.SMTP, mechanism: str, user: bytes, password: bytes) -> int:
    if mechanism == "PLAIN":  # RFC 4616
        proof = _coded(b"\0" + user + b"\0" + password)
        code, _ = client.docmd("AUTH", f"PLAIN {proof}")
        return client.docmd(proof)[0] if code == _GO_ON else code
    code, said = client.docmd("AUTH", mechanism)
    if code != _GO_ON:
        return code
    if mechanism == "CRAM-MD5":  # RFC 2195
        proof = hmac.new(password, _challenge(said), "md5").hexdigest()
        return client.docmd(_coded(user + b" " + proof.encode()))[0]
    code, _ = client.docmd(_coded(user))
    return client.docmd(_coded(password))[0] if code == _GO_ON else code


def _challenge(said: bytes) -> bytes:
    try:
        return b64decode(said.strip(), validate=True)
    except binascii.Error as error:
        raise BadChallenge from error


def _coded(content: bytes) -> str:
    return b64encode(content).decode()
