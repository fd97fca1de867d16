"""Who may speak with the application: the person at this machine, in the page that it gave out, and nobody else.

Other pages in the same browser can send requests to 127.0.0.1, and with a name of their own that leads there
even read the answers. So every request must name this very host, and know the secret of the address or the cookie
made from it; a change must come from the page's own origin, as JSON, in a bounded body.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY = 64 * 1024
MAX_IMPORT = 64 * 1024 * 1024
"""Longest body of a decision and of imported annotations, in bytes."""
IMPORT = "/api/import"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


class Guard:
    """Stands before the application and lets only what is right through.

    Args:
        app: the application.
        port: the port that it listens on, which its own addresses hold.
        token: the secret of the address.
    """

    def __init__(self, app: App, port: int, token: str) -> None:
        self.app = app
        self.token = token
        self.cookie = f"extract-review-{port}"
        self.hosts = frozenset((f"127.0.0.1:{port}", f"localhost:{port}"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
        host = headers.get("host", [])
        if len(host) != 1 or host[0] not in self.hosts:
            await _refuse(send, 421, "wrong host")
            return
        fresh = scope["path"] == "/" and self._is_token(_token_of(scope))
        if not fresh and not self._is_token(self._in_cookie(headers.get("cookie", []))):
            await _refuse(send, 403, "no token: open the address that extract review printed")
            return
        if scope["method"] not in ("GET", "HEAD"):
            problem = _wrong(scope, headers, f"http://{host[0]}")
            if problem:
                await _refuse(send, *problem)
                return
            limit = MAX_IMPORT if scope["path"] == IMPORT else MAX_BODY
            body = await _body(headers, receive, limit)
            if body is None:
                await _refuse(send, 413, f"more than {limit:,} bytes")
                return
            receive = _given(body)
        elif headers.get("sec-fetch-site", ["none"])[0] not in ("none", "same-origin") and not fresh:
            await _refuse(send, 403, "from another site")
            return
        await self.app(scope, receive, self._adding(send, fresh))

    def _is_token(self, value: str) -> bool:
        return secrets.compare_digest(value.encode("utf-8", "replace"), self.token.encode())

    def _in_cookie(self, cookies: list[str]) -> str:
        for header in cookies:
            try:
                found = SimpleCookie(header).get(self.cookie)
            except CookieError:
                continue
            if found is not None:
                return found.value
        return ""

    def _adding(self, send: Send, fresh: bool) -> Send:
        added = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
        if fresh:
            cookie = f"{self.cookie}={self.token}; Path=/; HttpOnly; SameSite=Strict"
            added.append((b"set-cookie", cookie.encode()))

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *added]
            await send(message)

        return sent


def _token_of(scope: Scope) -> str:
    return parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [""])[0]


def _wrong(scope: Scope, headers: dict[str, list[str]], own: str) -> tuple[int, str] | None:
    """What is wrong with a request that would change something: status and words."""
    if headers.get("origin") != [own]:
        return 403, "from another origin"
    if headers.get("sec-fetch-site", ["same-origin"]) != ["same-origin"]:
        return 403, "from another site"
    kind = headers.get("content-type", [""])[0].split(";")[0].strip().lower()
    if kind != ("application/octet-stream" if scope["path"] == IMPORT else "application/json"):
        return 415, "not JSON"
    return None


async def _body(headers: dict[str, list[str]], receive: Receive, limit: int) -> bytes | None:
    """The whole body; ``None`` when it is longer than ``limit``, without reading on."""
    named = headers.get("content-length", ["0"])[0]
    if not named.isdigit() or int(named) > limit:
        return None
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > limit:
            return None
        if not message.get("more_body"):
            return bytes(body)


def _given(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _refuse(send: Send, status: int, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    headers += [(name.encode(), value.encode()) for name, value in HEADERS.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"extract review: {words}\n".encode()})
