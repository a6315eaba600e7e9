"""The handler `mail.send` against a real mail server."""

from __future__ import annotations

import email
import email.policy
import hmac
import socket
import ssl
import threading
from base64 import b64decode, b64encode
from dataclasses import replace
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path

import pytest

from engine import feel
from engine.connections import MailSettings
from engine.handlers import HandlerFailed
from engine.job_handlers import CaseFile, TemporaryFailure
from engine.jobs.mail import run
from engine.settings import EngineSettings

from .desks import KEY, a_desk
from .http_peers import Talk, raw_peer
from .mail_peer import mail_peer

LETTER: dict[str, feel.Value] = {
    "to": "anna@example.se",
    "subject": "Välkommen till mötet",
    "text": "Hej Åsa!\n.\nVi ses på måndag.\n",
}


def settings(port: int, **more: object) -> EngineSettings:
    mail = MailSettings(
        host="localhost",
        port=port,
        security="starttls",
        sender="Öppna kommunen <noreply@kommunen.example>",
        domains=("example.se",),
    )
    return EngineSettings(mail=replace(mail, **more))  # type: ignore[arg-type]  # fields by their names


def read(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.SMTP)
    assert isinstance(message, EmailMessage)
    return message


def test_a_letter_arrives_as_it_was_written(trusted: ssl.SSLContext) -> None:
    with mail_peer(trusted) as peer:
        result = run({**LETTER, "cc": ["bo@example.se", "anna@example.se"]}, a_desk(settings(peer.port)))

    (envelope,) = peer.taken
    assert envelope.mail_from == "noreply@kommunen.example"
    assert envelope.rcpt_tos == ["anna@example.se", "bo@example.se"]
    message = read(envelope.content)
    assert message["Subject"] == "Välkommen till mötet"
    assert message["From"].addresses[0].display_name == "Öppna kommunen"
    assert (message["To"], message["Cc"]) == ("anna@example.se", "bo@example.se")
    assert message.get_content().replace("\r\n", "\n") == LETTER["text"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert envelope.content.isascii()
    assert result == {"messageId": f"<{KEY[:32]}@kommunen.example>"}
    assert peer.was_encrypted == [True]


def test_a_repetition_can_be_told_by_its_message_id(trusted: ssl.SSLContext) -> None:
    with mail_peer(trusted) as peer:
        for attempt in (1, 2):
            run(LETTER, replace(a_desk(settings(peer.port)), attempt=attempt))
    assert [read(envelope.content)["Message-ID"] for envelope in peer.taken] == [f"<{KEY[:32]}@kommunen.example>"] * 2


def test_files_of_the_case_are_attached(trusted: ssl.SSLContext) -> None:
    files = {
        "f1": CaseFile("Beslut för Åsa.pdf", "application/pdf", b"%PDF-1.7 \x00\xff"),
        "f2": CaseFile("a.txt", "text/plain; charset=utf-8", "å\n".encode()),
    }
    with mail_peer(trusted) as peer:
        run({**LETTER, "attachments": ["f1", "f2"]}, replace(a_desk(settings(peer.port)), read_file=files.__getitem__))

    first, second = read(peer.taken[0].content).iter_attachments()
    assert (first.get_filename(), first.get_content_type(), first.get_content()) == (
        "Beslut för Åsa.pdf",
        "application/pdf",
        b"%PDF-1.7 \x00\xff",
    )
    assert (second.get_filename(), second.get_payload(decode=True)) == ("a.txt", "å\n".encode())


def test_the_name_of_a_file_begins_no_header_of_its_own(trusted: ssl.SSLContext) -> None:
    file = CaseFile("=?utf-8?q?=0d=0aX-Evil:_1?=.pdf", "application/pdf", b"%PDF-1.7")
    with mail_peer(trusted) as peer:
        run({**LETTER, "attachments": ["f1"]}, replace(a_desk(settings(peer.port)), read_file=lambda _: file))
    assert b"\r\nX-Evil" not in peer.taken[0].content
    (attached,) = read(peer.taken[0].content).iter_attachments()
    assert attached.get_filename() == "=_utf-8?q?=0d=0aX-Evil:_1?=.pdf"


def test_a_file_of_another_case_is_not_sent(trusted: ssl.SSLContext) -> None:
    with (
        mail_peer(trusted) as peer,
        pytest.raises(HandlerFailed, match="`attachments` names a file that the case does not have"),
    ):
        run({**LETTER, "attachments": ["f1"]}, a_desk(settings(peer.port)))
    assert peer.taken == []


def test_attachments_that_are_too_large_are_not_sent(trusted: ssl.SSLContext) -> None:
    file = CaseFile("a.pdf", "application/pdf", b"x" * 6_000_000)
    with mail_peer(trusted) as peer, pytest.raises(HandlerFailed, match="larger than 10 MB together"):
        run({**LETTER, "attachments": ["f1", "f2"]}, replace(a_desk(settings(peer.port)), read_file=lambda id_: file))
    assert peer.taken == []


def test_the_server_may_speak_tls_from_the_first_word(trusted: ssl.SSLContext) -> None:
    with mail_peer(trusted, at_once=True) as peer:
        run(LETTER, a_desk(settings(peer.port, security="tls")))
    assert len(peer.taken) == 1


def test_a_server_on_this_machine_needs_no_encryption() -> None:
    with mail_peer(None) as peer:
        run(LETTER, a_desk(settings(peer.port, security="none")))
    assert peer.was_encrypted == [False]


def test_a_server_that_offers_no_encryption_gets_nothing() -> None:
    with mail_peer(None) as peer, pytest.raises(HandlerFailed, match="offers no encryption"):
        run(LETTER, a_desk(settings(peer.port)))
    assert peer.taken == []


def test_a_server_that_is_another_gets_nothing(for_another_host: ssl.SSLContext) -> None:
    with mail_peer(for_another_host) as peer, pytest.raises(HandlerFailed, match="certificate that is not trusted"):
        run(LETTER, a_desk(settings(peer.port)))
    assert peer.taken == []


def test_a_password_is_told_only_when_encrypted_and_never_shown(trusted: ssl.SSLContext, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("hemligt-7\n", encoding="utf-8")
    with mail_peer(trusted, password="hemligt-7") as peer:
        ours = settings(peer.port, user="stegvis", password_file=file)
        run(LETTER, a_desk(ours))
        file.write_text("fel-7", encoding="utf-8")
        with pytest.raises(HandlerFailed, match=r"did not accept smtp_user and its password \(code 535\)") as told:
            run(LETTER, a_desk(ours))
        file.unlink()
        with pytest.raises(HandlerFailed, match="smtp_password_file"):
            run(LETTER, a_desk(ours))
    assert len(peer.taken) == 1
    assert "fel-7" not in told.value.message


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_a_name_and_a_password_may_have_any_letters(trusted: ssl.SSLContext, tmp_path: Path, mechanism: str) -> None:
    file = tmp_path / "password"
    file.write_text("lösen-åäö-7\n", encoding="utf-8")
    with mail_peer(trusted, user="förvaltningen", password="lösen-åäö-7", mechanism=mechanism) as peer:
        run(LETTER, a_desk(settings(peer.port, user="förvaltningen", password_file=file)))
    assert len(peer.taken) == 1


def lines_for(offer: bytes, *replies: bytes) -> tuple[Talk, list[bytes]]:
    """A conversation with a mail server that offers so much and then gives the replies; and what it hears then."""
    heard: list[bytes] = []

    def talk(connection: socket.socket, over: threading.Event) -> None:
        with connection.makefile("rwb", buffering=0) as lines:
            lines.write(b"250-here\r\n250 " + offer + b"\r\n")
            for reply in replies:
                heard.append(lines.readline())
                lines.write(reply + b"\r\n")
            lines.readline()

    return talk, heard


def signed_in(tmp_path: Path, talk: Talk) -> None:
    file = tmp_path / "password"
    file.write_text("hemligt-ö", encoding="utf-8")
    with raw_peer(talk, greeting=b"220 here\r\n") as port:
        run(LETTER, a_desk(settings(port, security="none", user="åsa", password_file=file)))


def test_a_challenge_is_answered_for_any_letters(tmp_path: Path) -> None:
    talk, heard = lines_for(b"AUTH CRAM-MD5", b"334 " + b64encode(b"<1@here>"), b"535 no")
    with pytest.raises(HandlerFailed, match=r"did not accept smtp_user and its password \(code 535\)"):
        signed_in(tmp_path, talk)
    proof = hmac.new("hemligt-ö".encode(), b"<1@here>", "md5").hexdigest()
    assert heard[0] == b"AUTH CRAM-MD5\r\n"
    assert b64decode(heard[1]).decode() == f"åsa {proof}"


@pytest.mark.parametrize(
    ("replies", "error"), [((b"334 not base64",), "BadChallenge"), ((b"250 well",), "SMTPResponseException")]
)
def test_a_server_that_talks_strangely_is_tried_again(tmp_path: Path, replies: tuple[bytes, ...], error: str) -> None:
    talk, _ = lines_for(b"AUTH CRAM-MD5", *replies)
    with pytest.raises(TemporaryFailure, match=rf"The exchange with the mail server localhost broke off \({error}\)"):
        signed_in(tmp_path, talk)


def test_who_is_signed_in_already_goes_on(tmp_path: Path) -> None:
    talk, heard = lines_for(b"AUTH PLAIN", b"503 already", b"550 no")
    with pytest.raises(HandlerFailed, match="refused the sender"):
        signed_in(tmp_path, talk)
    assert b64decode(heard[0].removeprefix(b"AUTH PLAIN ")).decode() == "\0åsa\0hemligt-ö"


def test_a_server_that_takes_passwords_in_other_ways_only_is_told(tmp_path: Path) -> None:
    talk, heard = lines_for(b"AUTH XOAUTH2 GSSAPI")
    with pytest.raises(HandlerFailed, match="none of the ways that are known: CRAM-MD5, PLAIN, LOGIN") as told:
        signed_in(tmp_path, talk)
    assert not isinstance(told.value, TemporaryFailure)
    assert heard == []


@pytest.mark.parametrize("word", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("reply", "is_temporary"), [("451 4.3.0 anna@example.se later", True), ("550 5.1.1 anna@example.se", False)]
)
def test_what_the_server_refuses_for_now_is_tried_again_and_else_not(
    trusted: ssl.SSLContext, word: str, reply: str, is_temporary: bool
) -> None:
    with mail_peer(trusted, refusals={word: reply}) as peer, pytest.raises(HandlerFailed, match=f"code {reply[:3]}") as told:
        run(LETTER, a_desk(settings(peer.port)))
    assert isinstance(told.value, TemporaryFailure) is is_temporary
    assert told.value.error == ("" if is_temporary else "mail-refused")
    assert "anna" not in told.value.message
    assert peer.taken == []


def test_a_letter_goes_to_all_or_to_nobody(trusted: ssl.SSLContext) -> None:
    with mail_peer(trusted, unknown={"bo@example.se"}) as peer, pytest.raises(HandlerFailed, match="refused a receiver"):
        run({**LETTER, "to": ["anna@example.se", "bo@example.se"]}, a_desk(settings(peer.port)))
    assert peer.taken == []


def test_a_server_that_is_not_there_may_come_back() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(TemporaryFailure, match="cannot be reached now"):
        run(LETTER, a_desk(settings(port)))


def test_a_server_that_says_nothing_is_left_when_the_time_is_up() -> None:
    def listen(connection: socket.socket, over: threading.Event) -> None:
        over.wait()

    with raw_peer(listen) as port, pytest.raises(TemporaryFailure, match="in the time that the service task has"):
        run(LETTER, a_desk(settings(port), seconds=0.4))


def test_a_fresh_installation_sends_nothing() -> None:
    with pytest.raises(HandlerFailed, match="setting smtp_host"):
        run(LETTER, a_desk(EngineSettings()))


@pytest.mark.parametrize(
    ("inputs", "says"),
    [
        ({"to": "anna@other.example"}, "setting mail_domains"),
        ({"to": "anna@sub.example.se"}, "setting mail_domains"),
        ({"cc": "anna@other.example"}, "setting mail_domains"),
        ({"to": None}, "input `to`"),
        ({"to": [f"a{number}@example.se" for number in range(51)]}, "1 to 50 receivers"),
        ({"to": "Anna <anna@example.se>"}, "no mail address"),
        ({"to": "anna@example.se\r\nBcc: bo@example.se"}, "no mail address"),
        ({"to": "anna@example.se, bo@example.se"}, "no mail address"),
        ({"to": "@example.se"}, "no mail address"),
        ({"to": "åsa@example.se"}, "no mail address"),
        ({"to": [Decimal(1)]}, "list of texts"),
        ({"subject": "Hej\r\nBcc: bo@example.se"}, "`subject` is not one line"),
        ({"subject": "Hej\u2028du"}, "`subject` is not one line"),
        ({"subject": "x" * 201}, "`subject` is not one line"),
        ({"subject": None}, "`subject` is missing"),
        ({"subject": "Beslut =?utf-8?b?DQpCY2M6IGJvQGV4YW1wbGUuc2U=?= om"}, "`subject` holds `=\\?`"),
        ({"subject": "=?utf-8?q?=ff?="}, "`subject` holds `=\\?`"),
        ({"to": "=?utf-8?q?=2c_bo=40example.se?=@example.se"}, "no mail address"),
        ({"text": "a\x00b"}, "control characters"),
        ({"text": ""}, "`text` is missing"),
    ],
)
def test_inputs_that_do_not_fit_are_refused_without_a_word_sent(
    trusted: ssl.SSLContext, inputs: dict[str, feel.Value], says: str
) -> None:
    with mail_peer(trusted) as peer, pytest.raises(HandlerFailed, match=says) as told:
        run({**LETTER, **inputs}, a_desk(settings(peer.port)))
    assert not isinstance(told.value, TemporaryFailure)
    assert "@" not in told.value.message
    assert peer.taken == []


def test_every_domain_may_be_allowed(trusted: ssl.SSLContext) -> None:
    with mail_peer(trusted) as peer:
        run({**LETTER, "to": "eva@räksmörgås.example"}, a_desk(settings(peer.port, domains=("*",))))
    assert peer.taken[0].rcpt_tos == ["eva@xn--rksmrgs-5wao1o.example"]
