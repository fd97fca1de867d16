"""E-mail (RFC 5322, MIME): the message as a text, its attachments as files."""

from __future__ import annotations

import contextlib
import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from typing import Any

from extract.errors import InputError
from extract.readers.archive import tame
from extract.readers.decode import decode, decode_named
from extract.readers.limits import check_part, too_large
from extract.readers.package import damaged
from extract.readers.parts import Failure, Member, Reading, Text

_HEADERS = re.compile(
    rb"(?:from|to|subject|date|mime-version|message-id|received|return-path|delivered-to|content-type|reply-to|cc"
    rb"|x-[\w-]+|dkim-signature|content-transfer-encoding|sender|thread-topic)[ \t]*:",
    re.IGNORECASE,
)

_MAX_HEADER = 2_500
"""Longest header that is looked at, in characters."""


class _Policy(email.policy.EmailPolicy):
    """Reads headers of a length that people write; the parser's time for others has no bound."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """The parsed header.

        Raises:
            InputError: slug ``damaged``.
        """
        if len(value) > _MAX_HEADER:
            raise damaged("the e-mail", f"its header {name[:40]} has {len(value):,} characters")
        return super().header_fetch_parse(name, value)


_POLICY = _Policy()


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
    parts = data.count(b"\n--")
    if (
        parts > 2 * reading.limits.members
    ):  # every part begins with such a line, every group of them ends with one
        raise too_large(f"the e-mail has {parts:,} parts", "members", reading.limits.members)
    try:
        message = email.message_from_bytes(data, policy=_POLICY)
        assert isinstance(message, EmailMessage)
        metadata = _metadata(message)
        body = message.get_body(("plain", "html"))
        attachments = [part for part in message.iter_attachments() if isinstance(part, EmailMessage)]
        if body is None and not message.is_multipart():
            attachments = [message]  # the e-mail is nothing but a file
    except (ValueError, LookupError, AttributeError, TypeError, IndexError) as error:
        raise damaged("the e-mail", error) from None
    if body is not None:
        try:
            yield Text(_body(body, reading), metadata)
        except InputError as error:
            yield Failure(error)
    for number, part in enumerate(attachments, 1):
        found = _attachment(part, number)
        if found is not None:
            reading.unpack(len(found.data))
            yield found


def _attachment(part: EmailMessage, number: int) -> Member | None:
    """A file or message that came with the e-mail; None for pictures and what is empty."""
    if part.get_content_maintype() in ("image", "audio", "video"):
        return None
    name = part.get_filename()
    if part.get_content_maintype() == "message":
        inner = part.get_payload()
        message = inner[0] if isinstance(inner, list) and inner else None
        if not isinstance(message, EmailMessage):
            return None
        return Member(tame(name or f"message-{number}.eml"), message.as_bytes())
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload:
        return None
    return Member(tame(name or f"attachment-{number}.txt"), payload)


def _body(body: MIMEPart, reading: Reading) -> str:
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if body.get_content_subtype() == "html":
        from extract.readers.html import read_fragment

        return read_fragment(data, reading)
    charset = body.get_content_charset() or ""
    text = None if charset.lower() in ("", "us-ascii", "utf-8") else decode_named(data, charset)
    return decode(data) if text is None else text


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
