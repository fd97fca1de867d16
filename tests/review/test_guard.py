"""Who may speak with the application."""

from __future__ import annotations

from typing import Any

import pytest
from at_the_page import ORIGIN, PORT, TOKEN

from extract.review import guard

JSON = {"origin": ORIGIN, "content-type": "application/json"}


@pytest.fixture()
def stranger(person: Any) -> Any:
    """A client without the cookie."""
    client = person().client
    client.cookies.clear()
    return client


def test_the_address_gives_a_strict_cookie_and_the_page(person: Any) -> None:
    client = person().client
    answer = client.get(f"/?token={TOKEN}")
    assert answer.status_code == 200 and "text/html" in answer.headers["content-type"]
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"extract-review-{PORT}=")
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie
    assert client.get("/").status_code == 200
    assert "set-cookie" not in client.get("/").headers


def test_every_answer_carries_the_policy(stranger: Any) -> None:
    for answer in (stranger.get("/"), stranger.get(f"/?token={TOKEN}"), stranger.get("/nowhere")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy and "require-trusted-types-for 'script'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/", "/api/state", "/api/articles", "/page/review.js", "/?token=", "/?token=wrong"]
)
def test_without_the_token_nothing_is_shown(stranger: Any, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_token_opens_the_page_only(stranger: Any) -> None:
    assert stranger.get(f"/api/state?token={TOKEN}").status_code == 403
    assert stranger.post(f"/api/decide?token={TOKEN}", json={}, headers=JSON).status_code == 403


@pytest.mark.parametrize("cookie", ["", "wrong", TOKEN[:-1], TOKEN + "x"])
def test_a_wrong_cookie_is_refused(stranger: Any, cookie: str) -> None:
    headers = {"cookie": f"extract-review-{PORT}={cookie}"}
    assert stranger.get("/api/state", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        "127.0.0.1:1",
        f"127.0.0.1.evil.example:{PORT}",
        "",
    ],
)
def test_another_host_is_refused_whatever_else_is_right(person: Any, host: str) -> None:
    client = person().client
    assert client.get("/api/state", headers={"host": host}).status_code == 421
    assert client.get(f"/?token={TOKEN}", headers={"host": host}).status_code == 421
    headers = {**JSON, "host": host, "origin": f"http://{host}"}
    assert client.post("/api/undo", json={"number": 1}, headers=headers).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": f"http://localhost:{PORT}"},
        {"origin": f"https://127.0.0.1:{PORT}"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": ORIGIN, "sec-fetch-site": "cross-site"},
        {"origin": ORIGIN, "sec-fetch-site": "same-site"},
    ],
)
def test_a_change_from_another_origin_is_refused(person: Any, headers: dict[str, str]) -> None:
    one = person()
    sent = {"kind": "add", **one.stretch("물결마루"), "label": "PLACE"}
    answer = one.client.post("/api/decide", json=sent, headers=headers)
    assert answer.status_code == 403
    assert one.files() == {} and one.session.journal.entries == []


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_a_form_of_another_page_is_refused(person: Any, kind: str) -> None:
    answer = person().client.post(
        "/api/decide", content=b"{}", headers={"origin": ORIGIN, "content-type": kind}
    )
    assert answer.status_code == 415


@pytest.mark.parametrize("path", ["/api/decide", "/api/undo", "/api/rerun", "/api/import"])
def test_nothing_changes_by_a_get(person: Any, path: str) -> None:
    client = person().client
    assert client.get(path).status_code == 405
    assert client.head(path).status_code == 405


@pytest.mark.parametrize("path", ["/api/state", "/page/review.js"])
def test_another_site_may_not_read(person: Any, path: str) -> None:
    assert person().client.get(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403


@pytest.mark.parametrize(("path", "limit"), [("/api/decide", guard.MAX_BODY), ("/api/undo", guard.MAX_BODY)])
def test_a_long_body_is_refused_before_it_is_read(person: Any, path: str, limit: int) -> None:
    client = person().client
    assert client.post(path, content=b"x" * (limit + 1), headers=JSON).status_code == 413

    def chunks() -> Any:  # no length is named
        for _ in range(limit // 1000 + 2):
            yield b"x" * 1000

    assert client.post(path, content=chunks(), headers=JSON).status_code == 413
    assert client.post(path, content=b"{}", headers={**JSON, "content-length": "many"}).status_code == 413


@pytest.mark.parametrize("body", [b"", b"[]", b"nonsense", b'"text"', b"[" * 30_000, b"\xff"])
def test_what_is_no_object_is_told(person: Any, body: bytes) -> None:
    answer = person().client.post("/api/decide", content=body, headers=JSON)
    assert answer.status_code == 400 and answer.json()["problem"] == "no JSON object"


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "review.html", "%00", "journal.py"])
def test_only_the_page_s_own_files_are_given(person: Any, name: str) -> None:
    assert person().client.get(f"/page/{name}").status_code == 404
