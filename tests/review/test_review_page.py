"""The page in headless Chromium: what a person does there, and what foreign text does not."""

from __future__ import annotations

import csv
import io
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from at_the_page import ATTACK

pytest.importorskip("uvicorn", reason="pip install uvicorn")

SELECT = """words => {
  const walker = document.createTreeWalker(document.querySelector('.text'), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return true;
  }
  return false;
}"""


class Window:
    """A page of the served application; notes everything that it should not do."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address
        self.origin = address.split("/?")[0]
        self.noise: list[str] = []
        page.set_default_timeout(20_000)
        page.on("console", lambda message: self.noise.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.noise.append(f"error: {error}"))
        page.on("request", lambda r: None if r.url.startswith(self.origin) else self.noise.append(r.url))

    def go(self, view: str = "articles") -> Any:
        self.page.goto(f"{self.address}#/{view}")
        self.page.wait_for_selector("html[data-ready]")
        self.page.wait_for_selector("main h2")
        return self.page

    def until(self, expression: str) -> None:
        for _ in range(600):
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never true: {expression}")

    def saved(self) -> None:
        self.until("document.getElementById('said').textContent !== ''")
        self.page.wait_for_selector("dialog:not([open])", state="attached")


@pytest.fixture()
def served(place: Path) -> Iterator[Any]:
    """The application on a port of its own, as ``extract review`` serves it."""
    import uvicorn

    from extract.review.app import Review, application, new_token
    from extract.review.session import Session

    session = Session(place / "out", place / "mine")
    listening = socket.create_server(("127.0.0.1", 0))
    port, token = listening.getsockname()[1], new_token()
    settings = uvicorn.Config(
        application(Review(session), port, token), log_level="error", lifespan="off", ws="none"
    )
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield session, f"http://127.0.0.1:{port}/?token={token}"
    server.should_exit = True
    thread.join(10)
    listening.close()
    session.close()


@pytest.fixture()
def window(chromium: Any, served: Any) -> Iterator[Any]:
    contexts = []

    def opened(**settings: Any) -> Window:
        contexts.append(chromium.new_context(**settings))
        return Window(contexts[-1].new_page(), served[1])

    yield opened
    for context in contexts:
        context.close()


def article(session: Any, at: int = 0) -> str:
    return f"article/{session.results.heads[at].id}"


def test_a_selected_name_is_added_and_marked_after_a_new_run(window: Any, served: Any) -> None:
    session, _ = served
    one = window()
    page = one.go(article(session))
    assert "token" not in page.url
    assert page.evaluate(SELECT, "물결마루")
    page.get_by_role("button", name="‘물결마루’ 이름으로 추가").click()
    dialog = page.get_by_role("dialog", name="이름 추가")
    dialog.get_by_label("종류", exact=True).select_option("PLACE")
    dialog.get_by_label("세부 종류").select_option("facility")
    dialog.get_by_role("button", name="저장").click()
    one.saved()
    [row] = csv.DictReader(io.StringIO((session.folder / "places.csv").read_text(encoding="utf-8-sig")))
    assert (row["name"], row["subtype"]) == ("물결마루", "facility")
    assert "1건" in page.locator("#waiting").inner_text()
    assert page.locator(".text .m-PLACE").count() == 0
    page.get_by_role("button", name="다시 실행").click()
    one.until("document.getElementById('said').textContent.startsWith('다시 실행했')")
    assert page.locator(".text .m-PLACE").all_inner_texts() == ["물결마루"]
    page.get_by_role("button", name="되돌리기: 이름 추가 물결마루").click()
    one.until("document.getElementById('said').textContent.startsWith('되돌')")
    assert not (session.folder / "places.csv").exists()
    assert one.noise == []


def test_mentions_are_corrected_by_keyboard_alone(window: Any, served: Any) -> None:
    session, _ = served
    one = window()
    page = one.go(article(session))
    page.locator(".text .m").first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "도하윤"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "도하윤: 인물"
    page.keyboard.press("Delete")
    assert page.locator("dialog[open] input[value=reject]").is_checked()
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.press("Enter")
    page.locator("dialog input[value=span]").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="뒤를 늘리기").focus()
    for _ in range(5):
        page.keyboard.press("Enter")
    assert page.locator(".preview mark").inner_text() == "도하윤 새빛나루"
    page.locator("dialog button[type=submit]").focus()
    page.keyboard.press("Enter")
    one.saved()
    assert "도하윤 새빛나루" in (session.folder / "people.csv").read_text(encoding="utf-8-sig")
    assert one.noise == []


def test_entities_are_merged_and_candidates_decided(window: Any, served: Any) -> None:
    session, _ = served
    one = window()
    page = one.go("entities")
    for name in ("푸른결소프트", "하늘결소프트"):
        page.get_by_label(f"{name} 고르기").check()
    page.get_by_role("button", name="고른 2개를 하나로 합치기").click()
    page.locator("dialog").get_by_role("button", name="저장").click()
    one.saved()
    assert ",하늘결소프트," in (session.folder / "organisations.csv").read_text(encoding="utf-8-sig")
    page = one.go("candidates")
    page.get_by_role("button", name="김하늘 사전에 넣기").click(timeout=60_000)
    one.until("document.querySelector('.offer[aria-label=\"김하늘\"]') === null")
    assert "김하늘" in (session.folder / "people.csv").read_text(encoding="utf-8-sig")
    page = one.go("decisions")
    page.wait_for_selector("main .plain li")
    assert len(page.locator("main .plain li").all_inner_texts()) == 2
    with page.expect_download() as download:
        page.get_by_role("button", name="Doccano 내보내기").click()
    assert download.value.suggested_filename == "review-doccano.jsonl"
    assert one.noise == []


def test_markup_in_articles_names_files_and_rows_does_nothing(window: Any, served: Any) -> None:
    session, _ = served
    session.decide(
        {
            "kind": "add",
            "article": session.results.heads[1].id,
            "start": 0,
            "end": 3,
            "name": ATTACK,
            "label": "ORG",
            "aliases": ["<img src=x onerror=window.hacked=3>"],
        }
    )
    for known in session.results.entities.values():
        known.row["name"] = f"{ATTACK}{known.row['name']}"
    one = window()
    for view in (
        "articles",
        article(session, 1),
        "entities",
        "decisions",
        "entity/" + next(iter(session.results.entities)),
    ):
        page = one.go(view)
        page.wait_for_timeout(300)
        assert page.evaluate("window.hacked") is None
        assert page.locator("main script, main img").count() == 0
    assert ATTACK in one.go(article(session, 1)).locator(".text").inner_text()
    assert one.noise == []


def test_another_page_cannot_speak_with_it(chromium: Any, served: Any, tmp_path: Path) -> None:
    session, address = served
    origin = address.split("/?")[0]
    (tmp_path / "evil.html").write_text("<title>evil</title>", encoding="utf-8")
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("html[data-ready]")  # the cookie is there
    evil = context.new_page()
    evil.goto((tmp_path / "evil.html").as_uri())
    sent = """async origin => {
      const tries = [
        fetch(`${origin}/api/state`, { credentials: 'include' }).then(r => r.status),
        fetch(`${origin}/api/undo`, { method: 'POST', credentials: 'include', mode: 'no-cors', body: '{}' }).then(r => r.type),
        fetch(`${origin}/api/rerun`, { method: 'POST', credentials: 'include', headers: { 'Content-Type': 'application/json' }, body: '{}' }).then(r => r.status),
      ];
      return (await Promise.allSettled(tries)).map(one => one.value ?? 'refused');
    }"""
    assert evil.evaluate(sent, origin) == ["refused", "refused", "refused"]
    assert session.journal.entries == []
    context.close()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_problem(window: Any, served: Any, language: str, scheme: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python"
    )
    session, _ = served
    session.decide({"kind": "checked", "article": session.results.heads[0].id})
    one = window(
        color_scheme=scheme,
        viewport={"width": 390 if scheme == "dark" else 1100, "height": 800},
        bypass_csp=True,
    )
    page = one.go()
    if language == "en":
        page.get_by_role("button", name="English").click()
        one.until("document.documentElement.lang === 'en'")
    for view in (
        "articles",
        article(session),
        "entities",
        "decisions",
        f"entity/{next(iter(session.results.entities))}",
    ):
        page = one.go(view)
        page.wait_for_timeout(300)
        if view.startswith("article/"):
            page.locator(".text .m").first.click()
        found = axe.Axe().run(page).response["violations"]
        serious = [
            f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in ("serious", "critical")
        ]
        assert serious == [], view
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), view
        if view.startswith("article/"):
            page.keyboard.press("Escape")
