"""The report in headless Chromium, from the disk and without any network."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import ATTACK, BREAK, IMAGE, hostile, long, ordinary

from extract.model import TABLES
from extract.write.report import build, write_report
from extract.write.stored import Stored

SAMPLE = Path(__file__).parents[2] / "outputs"
ARTICLE = "‘디지털시장실’"
"""Words of a headline of the sample that stands for one article."""
VIEWS = ("overview", "articles", "entities", "relations", "timeline", "map", "figures", "quotes")


def until(page: Any, expression: str) -> None:
    """Waits until ``expression`` holds; Playwright's own way needs ``eval``, which the page forbids."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")


def id_of(table: str, column: str, words: str) -> str:
    """The id of the sample's row of ``table`` that has ``words`` in ``column``."""
    key = next(one.primary_key for one in TABLES if one.name == table)
    return next(row[key] for row in Stored(SAMPLE).rows(table) if words in row[column])


class Reader:
    """A person at the page: goes to addresses, and notes everything that the page should not do."""

    def __init__(self, page: Any, file: Path) -> None:
        self.page = page
        self.file = file
        self.noise: list[str] = []
        page.set_default_timeout(10_000)
        page.on("console", lambda message: self.noise.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.noise.append(f"error: {error}"))
        page.on("request", self._request)

    def _request(self, request: Any) -> None:
        if request.url.split("#")[0] != self.file.as_uri() and "/report_data/part-" not in request.url:
            self.noise.append(f"request: {request.url}")

    def go(self, address: str = "") -> Any:
        self.page.goto(f"{self.file.as_uri()}#/{address}")
        self.page.wait_for_selector("html[data-ready]")
        return self.page

    def rows(self) -> list[str]:
        return self.page.locator("main tbody tr:not(.spacer)").all_inner_texts()


@pytest.fixture
def reading(chromium: Any) -> Iterator[Any]:
    contexts = []

    def read(folder: Path, **settings: Any) -> Reader:
        contexts.append(chromium.new_context(**settings))
        return Reader(contexts[-1].new_page(), folder / "report.html")

    yield read
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the committed sample."""
    folder = tmp_path_factory.mktemp("sample") / "outputs"
    shutil.copytree(SAMPLE, folder)
    write_report(folder)
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ordinary(tmp_path_factory.mktemp("small") / "out")


def test_every_view_renders_without_console_messages_or_requests(reading: Any, sample: Path) -> None:
    reader = reading(sample)
    for view in VIEWS:
        page = reader.go(view)
        assert page.locator("h2").first.inner_text()
        assert page.locator(f'#nav a[data-view="{view}"][aria-current="page"]').count() == 1
    page = reader.go("articles")
    for at in range(page.locator("main tbody a").count()):
        reader.go("articles").locator("main tbody a").nth(at).click()
        page.wait_for_selector(".text .m")
    assert page.locator(".text .m").count() > 5
    assert reader.noise == []


def test_the_overview_counts_and_tells_what_failed(reading: Any, small: Path) -> None:
    page = reading(small).go()
    assert page.locator(".cards li").first.inner_text().split() == ["2", "기사"]
    assert "in/b.txt" in page.locator("main").inner_text()
    assert "the file is empty" in page.locator("main").inner_text()


def test_entities_are_searched_filtered_and_sorted(reading: Any, small: Path) -> None:
    reader = reading(small)
    page = reader.go("entities")
    assert len(reader.rows()) == 3
    page.locator('main input[type="search"]').fill("김 시장")  # an alias
    until(page, "document.querySelectorAll('main tbody tr').length === 1")
    assert "김하늘" in reader.rows()[0]
    assert "1건 / 전체 3건" in page.locator(".count").inner_text()
    page.locator('main input[type="search"]').fill("없는 이름")
    page.wait_for_selector("main .none:visible")
    page.locator('main input[type="search"]').fill("")
    until(page, "document.querySelectorAll('main tbody tr').length === 3")
    page.get_by_label("종류", exact=True).select_option("CITY")
    assert [row.split()[0] for row in reader.rows()] == ["부산"]
    page.get_by_label("종류", exact=True).select_option("")
    page.get_by_role("button", name="이름").click()
    assert page.locator('th[aria-sort="ascending"]').inner_text().split()[0] == "이름"
    assert [row.split()[0] for row in reader.rows()] == ["김하늘", "부산", "부산시"]
    page.get_by_role("button", name="이름").click()
    assert [row.split()[0] for row in reader.rows()] == ["부산시", "부산", "김하늘"]


def test_an_entity_shows_its_sentences_and_they_lead_into_the_text(reading: Any, small: Path) -> None:
    reader = reading(small)
    page = reader.go("entity/e1")
    assert "부산시장" in page.locator("dl.facts").inner_text()
    keys = page.locator(".lines .key")
    assert keys.all_inner_texts()[-1] == "김하늘"
    keys.last.click()
    page.wait_for_selector("mark.evidence")
    assert page.locator("mark.evidence").inner_text() == "김하늘"
    assert page.evaluate("document.activeElement.className") == "evidence"
    assert "개관식에 참석했다" in page.locator(".text").inner_text()
    page.go_back()
    page.wait_for_selector(".entity")


def test_every_row_links_to_its_place(reading: Any, small: Path) -> None:
    reader = reading(small)
    for view, words in {
        "figures": "1,200명",
        "quotes": "1,200명을 지원",
        "timeline": "김하늘 부산시장",
        "relations": "김하늘 부산시장",
    }.items():
        page = reader.go(view)
        page.locator('main a[href*="/article/a1/"]').first.click()
        page.wait_for_selector("mark.evidence")
        shown = "".join(page.locator("mark.evidence").all_inner_texts())
        assert words.replace(" ", "") in shown.replace(" ", ""), view


def test_a_mention_tells_what_is_behind_it_by_mouse_and_keyboard(reading: Any, small: Path) -> None:
    page = reading(small).go("article/a1")
    mark = page.locator(".m-PERSON.m").first
    mark.hover()
    assert "lexicon:people:x" in page.locator("#card").inner_text()
    page.mouse.move(0, 0)
    until(page, "document.getElementById('card').hidden")
    mark.focus()
    assert page.locator('#card[role="tooltip"]').is_visible()
    assert mark.get_attribute("aria-describedby") == "card"
    page.keyboard.press("Enter")
    assert page.locator('#card[role="dialog"] a').is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    assert "m-PERSON" in page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # the link that got the focus
    page.wait_for_selector(".entity")


def test_labels_are_switched_off_and_on(reading: Any, small: Path) -> None:
    page = reading(small).go("article/a1")
    background = "getComputedStyle(document.querySelector('.m-PERSON.m')).backgroundColor"
    shown = page.evaluate(background)
    page.get_by_label("인물").uncheck()
    assert page.evaluate(background) == "rgba(0, 0, 0, 0)" != shown
    page.get_by_label("인물").check()
    assert page.evaluate(background) == shown


def node_at(page: Any, name: str) -> tuple[float, float]:
    """Where a node of the network is on the screen."""
    place = page.evaluate(
        "name => { const graph = document.querySelector('.graph').graph;"
        "const at = graph.nodes().filter(one => one.data('name') === name)[0].renderedPosition();"
        "const box = document.querySelector('.graph').getBoundingClientRect();"
        "return [box.left + at.x, box.top + at.y]; }",
        name,
    )
    return place[0], place[1]


def test_the_network_is_filtered_and_a_click_shows_the_evidence(reading: Any, sample: Path) -> None:
    reader = reading(sample, viewport={"width": 1200, "height": 1100})
    page = reader.go("relations")
    nodes = "document.querySelector('.graph').graph.nodes().length"
    everything = page.evaluate(nodes)
    assert everything > 10
    page.mouse.click(*node_at(page, "박원순"))
    assert "박원순" in page.locator(".told h3").inner_text()
    assert page.locator(".told li").count() > 3
    page.get_by_label("관계의 종류").select_option("met_with")
    assert 0 < page.evaluate(nodes) < everything
    rows = reader.rows()
    assert rows and all("만남" in row for row in rows)
    page.get_by_label("관계의 종류").select_option("")
    page.get_by_label("최소 횟수").fill("3")
    page.get_by_label("최소 횟수").dispatch_event("change")
    assert page.evaluate(nodes) < everything
    page.get_by_label("최소 횟수").fill("1")
    page.get_by_label("최소 횟수").dispatch_event("change")
    page.get_by_label("날짜 없는 관계 포함").uncheck()
    page.get_by_label("시작").fill("2016-01-01")
    dated = reader.rows()
    assert 0 < len(dated) < 20
    assert all(re.search(r"\b20(1[6-9]|2\d)\b", row.replace("년", " ")) for row in dated)
    assert reader.noise == []


def test_the_network_is_the_same_every_time_and_moved_by_keys(reading: Any, sample: Path) -> None:
    places = []
    for _ in range(2):
        page = reading(sample, viewport={"width": 1200, "height": 1100}).go("relations")
        places.append(node_at(page, "박원순"))
    assert places[0] == places[1]
    page.locator(".graph").focus()
    page.keyboard.press("ArrowLeft")
    assert node_at(page, "박원순")[0] == pytest.approx(places[0][0] + 60, abs=1)
    page.keyboard.press("0")
    page.keyboard.press("+")
    assert page.evaluate("document.querySelector('.graph').graph.zoom()") > 0
    page.get_by_label("이름으로 짚기").select_option(label="박원순")
    assert "박원순" in page.locator(".told h3").inner_text()


def test_an_edge_tells_its_sentences(reading: Any, small: Path) -> None:
    page = reading(small, viewport={"width": 1200, "height": 1100}).go("relations")
    (ax, ay), (bx, by) = node_at(page, "김하늘"), node_at(page, "부산")
    page.mouse.click((ax + bx) / 2, (ay + by) / 2)
    assert "방문" in page.locator(".told h3").inner_text()
    assert page.locator(".told .key").inner_text() == "김하늘 부산시장"


def test_the_timeline_is_chosen_by_period_and_keeps_yearless_dates_apart(reading: Any, small: Path) -> None:
    page = reading(small).go("timeline")
    assert page.locator(".period").count() == 1
    bar = page.locator(".period")
    assert "2026-03" in bar.inner_text()
    bar.focus()
    page.keyboard.press("Enter")
    assert page.locator('.period[aria-pressed="true"]').count() == 1
    assert "지원 행사" in page.locator(".lines").first.inner_text()
    assert "11-09" in page.locator(".lines").last.inner_text()
    page.get_by_label("사건").uncheck()
    page.get_by_label("관계", exact=True).uncheck()
    assert "0건" in page.locator(".count").inner_text()


def test_the_map_shows_places_and_leads_to_them(reading: Any, small: Path) -> None:
    reader = reading(small)
    page = reader.go("map")
    assert page.locator("circle").count() == 1
    before = page.locator("svg.map").get_attribute("viewBox")
    page.locator("svg.map").focus()
    page.keyboard.press("+")
    assert page.locator("svg.map").get_attribute("viewBox") != before
    page.get_by_role("button", name="모든 곳").click()
    page.locator("circle").click()
    page.wait_for_selector(".entity")
    assert "부산" in page.locator("h2").inner_text()
    assert reader.noise == []


def test_quotes_are_chosen_by_speaker(reading: Any, sample: Path) -> None:
    page = reading(sample).go("quotes")
    everyone = page.locator(".quote").count()
    page.get_by_label("말한 이").select_option("=박원순")
    assert 0 < page.locator(".quote").count() < everyone
    assert all("박원순" in words for words in page.locator(".quote figcaption").all_inner_texts())


def test_the_language_and_the_theme_switch_and_stay(reading: Any, small: Path) -> None:
    reader = reading(small)
    page = reader.go("entities")
    page.get_by_role("button", name="English").click()
    assert page.locator("h2").inner_text() == "Entities"
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.evaluate("document.activeElement.id") == "language"
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_label("Theme").select_option("dark")
    assert page.evaluate(paper) != light
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator("h2").inner_text() == "Entities"
    assert page.evaluate(paper) != light
    page.get_by_role("button", name="한국어").click()
    assert page.locator("h2").inner_text() == "개체"
    assert reader.noise == []


def test_the_keyboard_alone_is_enough(reading: Any, small: Path) -> None:
    page = reading(small).go()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("#nav a").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("main table")
    assert page.locator("h2").inner_text() == "기사"
    for _ in range(20):
        page.keyboard.press("Tab")
        if "#/article/" in (page.evaluate("document.activeElement.href") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".text")
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('m')"):
            break
    assert page.locator('#card[role="tooltip"]').is_visible()


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_a_phone(reading: Any, sample: Path, width: int) -> None:
    reader = reading(sample, viewport={"width": width, "height": 700}, has_touch=True, is_mobile=True)
    for view in (*VIEWS, f"entity/{id_of('entities', 'name', '박원순')}"):
        page = reader.go(view)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, view
    page = reader.go("articles")
    page.locator("main tbody a").first.tap()
    page.wait_for_selector(".text .m")
    page.locator(".text .m").first.tap()
    assert page.locator("#card.sheet").is_visible()


def test_markup_in_the_data_does_nothing(reading: Any, tmp_path: Path) -> None:
    reader = reading(hostile(tmp_path / "<img src=x onerror=window.hacked=4>"))
    for view in (
        *VIEWS,
        "article/h1",
        "article/h1/33-36",
        "entity/e1",
        "entity/e2",
        "article/%3Cscript%3E",
        "%E0%A4%A",
    ):
        page = reader.go(view)
        page.wait_for_timeout(30)
        assert page.evaluate("window.hacked") is None, view
        assert page.locator("main img, main script, main style, main iframe").count() == 0, view
    page = reader.go("article/h1")
    assert ATTACK in page.locator("h2").inner_text()
    assert BREAK.split("\u2028")[0] in page.locator(".text").inner_text()
    page.locator(".m").first.hover()
    assert BREAK in page.locator("#card").inner_text()
    page = reader.go("entity/e1")
    assert IMAGE in page.locator("h2").inner_text()
    assert page.locator('a[href^="javascript"]').count() == 0
    assert page.evaluate("window.hacked") is None
    assert reader.noise == []


def test_a_long_list_keeps_few_rows_in_the_document(reading: Any, tmp_path: Path) -> None:
    reader = reading(long(tmp_path / "out"))
    page = reader.go("entities")
    assert "2,400건" in page.locator(".count").inner_text()
    assert page.locator("main tbody tr").count() < 500
    page.get_by_role("button", name="이름").click()
    page.evaluate("window.scrollTo(0, document.scrollingElement.scrollHeight)")
    until(page, "document.querySelector('main').innerText.includes('가059사람039')")
    assert page.locator("main tbody tr").count() < 500
    assert "가000사람000" not in page.locator("main").inner_text()
    assert page.locator("main tbody tr:not(.spacer)").last.get_attribute("aria-rowindex") == "2401"
    page.get_by_text("가059사람039", exact=True).click()
    page.wait_for_selector(".entity")
    page.go_back()
    until(page, "document.querySelector('main').innerText.includes('가059사람039')")
    assert reader.noise == []


def test_texts_beside_the_page_come_when_they_are_looked_at(
    reading: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = long(tmp_path / "out", articles=6, names=3)
    monkeypatch.setattr(build, "SPLIT_AT", 100)
    monkeypatch.setattr(build, "PART_SIZE", 100)
    write_report(out)
    reader = reading(out)
    page = reader.go("article/a005")
    page.wait_for_selector(".text .m")
    assert "가005사람002은 회의에 참석했다." in page.locator(".text").inner_text()
    page = reader.go("entity/e가004사람001")
    page.wait_for_selector(".key")
    assert page.locator(".key").inner_text() == "가004사람001"
    assert reader.noise == []
    shutil.rmtree(out / "report_data")
    page.reload()
    page.wait_for_selector("text=옆에 있어야 할 파일을 읽지 못했습니다")


@pytest.mark.parametrize(("language", "scheme"), [("ko", "light"), ("en", "dark")])
def test_axe_finds_no_serious_problem(reading: Any, sample: Path, language: str, scheme: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python"
    ).Axe()
    reader = reading(sample, color_scheme=scheme, bypass_csp=True)  # axe itself is a script from outside
    found = []
    for view in (
        *VIEWS,
        f"article/{id_of('articles', 'title', ARTICLE)}",
        f"entity/{id_of('entities', 'name', '박원순')}",
    ):
        page = reader.go(view)
        if language == "en" and view == "overview":
            page.get_by_role("button", name="English").click()
        if view.startswith("article/"):
            page.locator(".m").first.focus()
            page.keyboard.press("Enter")
        violations = axe.run(page).response["violations"]
        found += [
            (view, one["id"], one["nodes"][0]["html"][:200], one["nodes"][0].get("failureSummary"))
            for one in violations
            if one["impact"] in ("serious", "critical")
        ]
    assert found == []
