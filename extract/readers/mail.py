"""E-mail (RFC 5322, MIME): the message as a text, its attachments as files."""

from __future__ import annotations

import contextlib
import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart

from extract.errors import InputError
from extract.readers.archive import tame
from extract.readers.decode import decode
from extract.readers.limits import check_part, too_large
from extract.readers.package import damaged
from extract.readers.parts import Failure, Member, Reading, Text

_HEADERS = re.compile(
    rb"(?:from|to|subject|date|mime-version|message-id|received|return-path|delivered-to|content-type|reply-to|cc"
    rb"|x-[\w-]+|dkim-signature|content-transfer-encoding|sender|thread-topic)[ \t]*:",
    re.IGNORECASE,
)


def looks_like_mail(data: bytes) -> bool:
    """Begins with three lines at least of an e-mail's head."""
    lines = [line for line in data[:4000].splitlines()[:20] if not line.startswith((b" ", b"\t"))]
    count = 0
    for line in lines:
        if not _HEADERS.match(line):
            break
        count += 1
    return count >= 3 and b"@" in data[:4000]


def read_mail(data: bytes, reading: Reading) -> Iterator[Text | Member | Failure]:
    """The message's text with its subject above it, and the attachments.

    The day of sending is the publication date; the subject is the title. Links and pictures are not followed.

    Raises:
        InputError: slug ``damaged`` or ``too-large``.
    """
    if reading.depth >= reading.limits.archive_depth:
        raise too_large(
            "e-mails and archives lie within each other", "archive_depth", reading.limits.archive_depth
        )
    check_part(data, "the e-mail", reading.limits)
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        metadata = _metadata(message)
        body = message.get_body(("plain", "html"))
        attachments = [part for part in message.iter_attachments() if isinstance(part, EmailMessage)]
    except (ValueError, LookupError, AttributeError, TypeError, IndexError) as error:
        raise damaged("the e-mail", error) from None
    if body is not None:
        try:
            yield Text(_body(body, reading), metadata)
        except InputError as error:
            yield Failure(error)
    for number, part in enumerate(attachments):
        payload = part.get_payload(decode=True)
        if (
            isinstance(payload, bytes)
            and payload
            and part.get_content_maintype() not in ("image", "audio", "video")
        ):
            reading.unpack(len(payload))
            yield Member(tame(part.get_filename() or f"attachment-{number + 1}.txt"), payload)


def _body(body: MIMEPart, reading: Reading) -> str:
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if body.get_content_subtype() == "html":
        from extract.readers.html import read_html

        return read_html(data, reading).text
    charset = body.get_content_charset() or ""
    if charset.lower() not in ("", "us-ascii", "utf-8"):
        try:
            return data.decode("cp949" if charset.lower() in ("euc-kr", "ks_c_5601-1987") else charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _metadata(message: EmailMessage) -> dict[str, str]:
    found = {}
    if message["subject"]:
        found["title"] = " ".join(str(message["subject"]).split())
    if message["from"]:
        found["creator"] = " ".join(str(message["from"]).split())
    if message["date"]:
        with contextlib.suppress(ValueError, TypeError):
            found["published"] = email.utils.parsedate_to_datetime(str(message["date"])).date().isoformat()
    return found
