"""The handler `mail.send`: a message by the installation's own mail server, to all of its receivers or to none."""

from __future__ import annotations

import re
import smtplib
import socket
from collections.abc import Sequence
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from functools import partial
from ipaddress import ip_network
from typing import Final

from .. import feel
from ..connections import ADDRESS, MailSettings
from ..errors import NotFound
from ..handlers import HandlerFailed, Inputs
from ..job_handlers import CaseFile, JobDesk, JobHandler, TemporaryFailure
from ..sentences import Sentence, sentence
from . import given
from .addresses import Allowance, connect, encrypt
from .mail_sign_in import MECHANISMS, sign_in, ways

MOST_RECEIVERS: Final = 50
LONGEST_SUBJECT: Final = 200
LONGEST_TEXT: Final = 100_000
MOST_ATTACHED: Final = 10_000_000
"""Bytes of all attachments together."""

_NO_LINE: Final = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")
_ENCODED: Final = "=?"
"""Begins a word that readers of a header decode (RFC 2047), whatever it then holds: a line of its own, say."""
_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ANYWHERE: Final = (ip_network("0.0.0.0/0"), ip_network("::/0"))
"""The mail server is the installation's own: it may be anywhere."""


def run(inputs: Inputs, desk: JobDesk) -> feel.Value:
    """`{messageId}` of the message that the mail server has taken."""
    settings = desk.settings.mail
    if not settings.host:
        raise HandlerFailed(sentence("No mail is sent, for there is no mail server. Name it in the setting smtp_host."))
    to = _receivers(inputs, "to", settings)
    cc = [address for address in _receivers(inputs, "cc", settings) if address not in to]
    if not 0 < len(to) <= MOST_RECEIVERS - len(cc):
        said = sentence("A message has 1 to {number} receivers, at least one in the input `to`.", number=MOST_RECEIVERS)
        raise HandlerFailed(said)
    message = _message(inputs, desk, to, cc)
    client = _Client()
    allowance = Allowance(desk)
    try:
        client.open(settings, allowance)
        with allowance.watch(client.connection, settings.host):
            client.sign_in(settings)
            client.hand_over(settings, [*to, *cc], message.as_bytes(policy=SMTP))
    except (OSError, smtplib.SMTPException) as error:
        said = sentence(
            "The exchange with the mail server {host} broke off ({error}).", host=settings.host, error=type(error).__name__
        )
        raise TemporaryFailure(said) from error
    finally:
        client.close()
    return {"messageId": str(message["Message-ID"])}


class _Client(smtplib.SMTP):
    """A conversation with a mail server, over a connection that was made and encrypted by the rules of all handlers."""

    @property
    def connection(self) -> socket.socket:
        assert self.sock is not None, "it is open"
        return self.sock

    def open(self, settings: MailSettings, allowance: Allowance) -> None:
        """Connect, greet and encrypt. Raises HandlerFailed and TemporaryFailure."""
        host = settings.host
        self.sock = connect(host, settings.port, private=_ANYWHERE, setting="smtp_host", allowance=allowance)
        if settings.security == "tls":
            self.sock = encrypt(self.sock, host, allowance=allowance)
        with allowance.watch(self.sock, host):
            _require(self.getreply(), settings, sentence("did not greet"))
            self.ehlo_or_helo_if_needed()
            if settings.security != "starttls":
                return
            if not self.has_extn("starttls"):
                said = sentence(
                    "The mail server {host} offers no encryption (STARTTLS). "
                    "Have it offer that, or correct the setting smtp_security.",
                    host=host,
                )
                raise HandlerFailed(said)
            _require(self.docmd("STARTTLS"), settings, sentence("refused to encrypt"))
        self.sock = encrypt(self.sock, host, allowance=allowance)
        # what was said before the encryption counts for nothing (RFC 3207 §4.2), nor what is left of it unread
        self.file = None
        self.helo_resp = self.ehlo_resp = None
        self.esmtp_features = {}
        self.does_esmtp = False

    def sign_in(self, settings: MailSettings) -> None:
        self.ehlo_or_helo_if_needed()
        if settings.password_file is None:
            return
        try:
            password = settings.password_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            said = sentence("The password for the mail server cannot be read. Check smtp_password_file.")
            raise HandlerFailed(said) from error
        if not self.has_extn("auth"):
            said = sentence("The mail server {host} takes no passwords. Remove smtp_user.", host=settings.host)
            raise HandlerFailed(said)
        mechanisms = ways(self)
        if not mechanisms:
            said = sentence(
                "The mail server {host} takes passwords in none of the ways that are known: {names}. "
                "Have it offer one of them.",
                host=settings.host,
                names=", ".join(MECHANISMS),
            )
            raise HandlerFailed(said)
        code = sign_in(self, mechanisms, settings.user, password)
        _require((code, b""), settings, sentence("did not accept smtp_user and its password"))

    def hand_over(self, settings: MailSettings, receivers: Sequence[str], content: bytes) -> None:
        """To all or to none: the content goes only when the server has taken every receiver."""
        sender = parseaddr(settings.sender)[1]
        _require(self.mail(sender), settings, sentence("refused the sender"), error="mail-refused")
        for receiver in receivers:
            _require(self.rcpt(receiver), settings, sentence("refused a receiver"), error="mail-refused")
        try:
            reply = self.data(content)
        except smtplib.SMTPDataError as refused:
            reply = (refused.smtp_code, b"")
        _require(reply, settings, sentence("refused the message"), error="mail-refused")
        with suppress(OSError, smtplib.SMTPException):
            self.quit()


def _require(reply: tuple[int, bytes], settings: MailSettings, what: Sentence, *, error: str = "") -> None:
    """Go on where the server agrees. What it says in words stays untold: it names receivers."""
    code = reply[0]
    if 200 <= code < 400:
        return
    told = sentence("The mail server {host} {what} (code {code})", host=settings.host, what=what, code=code)
    if code >= 500:
        raise HandlerFailed(sentence("{told}. Its log says why.", told=told), error=error)
    raise TemporaryFailure(sentence("{told}.", told=told))


def _receivers(inputs: Inputs, name: str, settings: MailSettings) -> list[str]:
    """Addresses that mail may go to, in the order given, each once."""
    found: list[str] = []
    for text in given.texts(inputs, name):
        local, _, domain = text.strip().rpartition("@")
        try:
            address = f"{local}@{domain.encode('idna').decode('ascii').lower()}"
        except UnicodeError:
            address = ""
        if not ADDRESS.fullmatch(address) or len(address) > 254 or _ENCODED in address:
            said = sentence("The input `{name}` holds something that is no mail address.", name=name)
            raise HandlerFailed(said, error="mail-refused")
        if "*" not in settings.domains and address.rpartition("@")[2] not in settings.domains:
            said = sentence(
                "The input `{name}` holds an address of a domain that mail may not go to. "
                "If it is meant, name the domain in the setting mail_domains.",
                name=name,
            )
            raise HandlerFailed(said)
        found.append(address)
    return list(dict.fromkeys(found))


def _message(inputs: Inputs, desk: JobDesk, to: Sequence[str], cc: Sequence[str]) -> EmailMessage:
    subject, text = _subject(inputs), _text(inputs)
    sender = desk.settings.mail.sender
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = ", ".join(to)
    if cc:
        message["Cc"] = ", ".join(cc)
    message["Subject"] = subject
    message["Date"] = desk.now
    message["Message-ID"] = f"<{desk.key[:32]}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    for file in _attached(inputs, desk):
        kind, _, rest = file.media_type.partition(";")[0].partition("/")
        message.add_attachment(file.content, maintype=kind, subtype=rest, filename=file.name.replace(_ENCODED, "=_"))
    return message


def _subject(inputs: Inputs) -> str:
    subject = given.text(inputs, "subject")
    if _NO_LINE.search(subject) or len(subject) > LONGEST_SUBJECT:
        said = sentence("The input `subject` is not one line of at most {number} characters.", number=LONGEST_SUBJECT)
        raise HandlerFailed(said)
    if _ENCODED in subject:
        said = sentence(
            "The input `subject` holds `=?`, which mail programs read as the beginning of encoded text. Leave it out."
        )
        raise HandlerFailed(said)
    return subject


def _text(inputs: Inputs) -> str:
    text = given.text(inputs, "text")
    if _NO_TEXT.search(text) or len(text) > LONGEST_TEXT:
        said = sentence("The input `text` has control characters or more than {number} characters.", number=LONGEST_TEXT)
        raise HandlerFailed(said)
    return text


def _attached(inputs: Inputs, desk: JobDesk) -> list[CaseFile]:
    try:
        files = [desk.read_file(id_) for id_ in given.texts(inputs, "attachments")]
    except NotFound as error:
        said = sentence("The input `attachments` names a file that the case does not have. Check what it holds.")
        raise HandlerFailed(said) from error
    if sum(len(file.content) for file in files) > MOST_ATTACHED:
        said = sentence(
            "The attachments are larger than {number} MB together. Send fewer of them.", number=MOST_ATTACHED // 1_000_000
        )
        raise HandlerFailed(said)
    return files


HANDLER: Final = JobHandler(
    run,
    errors=frozenset({"mail-refused"}),
    inputs=frozenset({"to", "subject", "text"}),
    readers={
        "to": partial(given.texts, name="to"),
        "cc": partial(given.texts, name="cc"),
        "subject": _subject,
        "text": _text,
        "attachments": partial(given.texts, name="attachments"),
    },
)
