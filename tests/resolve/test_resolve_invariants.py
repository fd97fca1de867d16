from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.lexicon import load_lexicon
from extract.resolve import Resolver
from extract.resolve.examples import parse_marked
from extract.resolve.skeleton import build_skeleton

LEXICON = load_lexicon()
RESOLVER = Resolver(LEXICON)
PIECES = [
    *(
        "[박서연 PERSON]",
        "[박 PERSON]",
        "[볼프강 도르스트 PERSON]",
        "[도르스트 PERSON]",
        "[Wolfgang Dorst PERSON]",
    ),
    *("[한빛시 ORG]", "[시 ORG]", "[공정거래위원회 ORG]", "[공정위 ORG]", "[WRI ORG]", "[서울 CITY]"),
    *("[인도 델리 CITY]", "[델리 CITY]", "[인도 PLACE]", "[6일 DATE]", "[제8대 FIGURE]"),
    *("[시장 TITLE]", "[한빛시장 TITLE]", "[사무총장 TITLE]", "[씨 TITLE]"),
    *(
        " ",
        " ",
        "(",
        ")",
        ", ",
        "은 ",
        "의 ",
        "와 ",
        " 겸 ",
        "인 ",
        "이하 ",
        "‘",
        "’",
        "·",
        "\n",
        "전 ",
        "前 ",
        "※",
    ),
]
MARKED = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


@given(MARKED)
@settings(max_examples=300, deadline=None)
def test_whatever_stands_together_ids_names_and_spans_hold(marked: str) -> None:
    analysis = parse_marked(marked, LEXICON)
    before = [(m.start, m.end, m.label) for m in analysis.mentions]
    RESOLVER(analysis)
    assert [(m.start, m.end, m.label) for m in analysis.mentions] == before
    entities = {entity.entity_id: entity for entity in analysis.entities}
    assert len(entities) == len(analysis.entities)
    for mention in analysis.mentions:
        if mention.label in ("DATE", "FIGURE"):
            assert mention.entity_id is None
            continue
        entity = entities[mention.entity_id]
        assert mention.text in (entity.name, *entity.aliases)
        assert (entity.label == "PERSON") == (mention.label == "PERSON")
    assert sum(entity.n_mentions for entity in analysis.entities) == sum(
        mention.entity_id is not None for mention in analysis.mentions
    )
    for claim in analysis.claims:
        assert 0 <= claim.start < claim.end <= len(analysis.text)
        assert claim.subject in entities
        assert claim.object_id is None or claim.object_id in entities
        assert claim.object.strip()
        assert 0 < claim.score <= 1


@given(MARKED)
@settings(max_examples=100, deadline=None)
def test_resolving_twice_gives_the_same(marked: str) -> None:
    one, two = parse_marked(marked, LEXICON), parse_marked(marked, LEXICON)
    RESOLVER(one)
    RESOLVER(two)
    RESOLVER(two)
    assert (one.mentions, one.entities, one.claims) == (two.mentions, two.entities, two.claims)


@given(MARKED)
@settings(max_examples=100, deadline=None)
def test_the_skeleton_knows_the_way_back(marked: str) -> None:
    analysis = parse_marked(marked, LEXICON)
    skeleton = build_skeleton(analysis.text, analysis.mentions, analysis.titles)
    rebuilt = []
    for position in range(len(skeleton.text)):
        index = skeleton.index(position)
        offset = skeleton.offset(position)
        if index is None:
            rebuilt.append(analysis.text[offset])
        else:
            item = skeleton.items[index]
            assert offset == item.start
            rebuilt.append(analysis.text[item.start : item.end])
    assert "".join(rebuilt) == analysis.text
