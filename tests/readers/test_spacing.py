from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.readers import Document, read
from extract.readers.spacing import repair_spacing


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("국 토 부는 사업 을 통해 지 방정부를 지원한다.", "국토부는 사업을 통해 지방정부를 지원한다."),
        ("- 담당 : 홍 길 동 과장 (044-201-3238)", "- 담당 : 홍길동 과장 (044-201-3238)"),
        ("| 책임자 | 박 영 희 |", "| 책임자 | 박영희 |"),
        (
            "대한민국정부는오늘오전10시에서울정부청사에서대책을발표했다.",
            "대한민국 정부는 오늘 오전 10시에 서울 정부 청사에서 대책을 발표했다.",
        ),
    ],
)
def test_broken_spacing_is_mended(broken: str, mended: str) -> None:
    assert repair_spacing(broken) == mended


@pytest.mark.parametrize(
    "text",
    [
        "그 사람은 한 시민에게 총 39개 도시 및 각 부처의 두 번째 안을 이 자리에서 전했다.",
        "□ 국토교통부(장관 김윤덕, 이하 국토부)는 추가경정예산(이하 추경예산)이 확정되었다고 밝혔다.",
        "박 시장은 이 장관과 더 큰 꿈을 나눴다.",
        "한국농수산재활용사업공제조합은 기후에너지환경노동위원회와 만났다.",
        "자본재 수출이 미 제조업 부흥에 쓰인다. 남원시는 람천 내 무허가 교량을 놓았다.",
        "자세한 내용은 http://www.example.go.kr/board/view 참조",
    ],
)
def test_good_spacing_is_left_alone(text: str) -> None:
    assert repair_spacing(text) == text


@settings(deadline=None, max_examples=40)
@given(st.text(st.sampled_from("국토부는 을사업a1.\t\n|\u3000"), max_size=60))
def test_nothing_but_blanks_changes(text: str) -> None:
    mended = repair_spacing(text)
    assert "".join(mended.split()) == "".join(text.split())
    assert mended.count("\n") == text.count("\n")


def test_reading_mends_only_on_request(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.txt").write_text("국 토 부는 밝혔다.", encoding="utf-8")
    for wanted, text in ((False, "국 토 부는 밝혔다."), (True, "국토부는 밝혔다.")):
        [document] = read([tmp_path / "a.txt"], repair_spacing=wanted)
        assert isinstance(document, Document)
        assert document.text == text
