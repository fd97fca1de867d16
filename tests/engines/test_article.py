"""Several articles that go through the stages together."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.document import Analysis
from extract.engines.article import _TOGETHER, _stretches, process_segment, process_together
from extract.pipeline import stages
from extract.segment import segment_whole

STAGES = stages(model=False)
TEXTS = [
    "부산시는 6일 벡스코에서 도시포럼을 개최했다. 강동현 부산시장은 “함께 가자”고 말했다.",
    "대전시와 청주시는 지난 3월 2일 협약을 맺었다.",
    "",
    "１２명\u200b이 서울에 왔다",
]


@settings(deadline=None, max_examples=20)
@given(
    st.lists(
        st.one_of(st.sampled_from(TEXTS), st.text(st.characters(exclude_categories=["Cs"]), max_size=40)),
        max_size=5,
    )
)
def test_what_is_found_in_an_article_does_not_depend_on_those_beside_it(texts: list[str]) -> None:
    articles = [(segment_whole(text), f"{number}.txt") for number, text in enumerate(texts)]
    alone = [process_segment(STAGES, segment, source, tokens=True) for segment, source in articles]
    assert list(process_together(STAGES, articles, tokens=True)) == alone


class _Fails:
    def work(self, analysis: Analysis) -> None:
        if "대전" in analysis.text:
            raise RuntimeError("boom")


def test_what_fails_in_one_article_leaves_the_others_alone() -> None:
    articles = [(segment_whole(text), "-") for text in TEXTS]
    found = list(process_together([STAGES[0], _Fails(), *STAGES[1:]], articles))
    assert [isinstance(result, RuntimeError) for result in found] == [False, True, False, False]
    assert found[0] == process_segment(STAGES, *articles[0])


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(0, 2 * _TOGETHER), max_size=6))
def test_articles_stay_in_order_and_long_ones_alone(sizes: list[int]) -> None:
    articles = [(segment_whole("가" * size), "-") for size in sizes]
    stretches = list(_stretches(articles))
    assert [article for stretch in stretches for article in stretch] == articles
    for stretch in stretches:
        assert len(stretch) == 1 or sum(len(segment.text) for segment, _ in stretch) <= _TOGETHER
