import os
import subprocess
import sys

TEXT = (
    "하디프 싱 푸리 장관과 볼프강 도르스트 소장, 아빈드 케지리왈 주총리가 서울시청을 찾았다. "
    "싱 푸리 장관은 39개 도시를, 도르스트 소장은 9월 6일을 말했다. 케지리왈 주총리와 푸리 장관은 떠났다."
)
SHOWN = """
import sys
from extract.pipeline import stages
from extract.segment import segment_whole
from extract.tokenise.kiwi import analysed
from extract.engines.article import process_text

made = stages(model=False)
analysis = analysed(sys.argv[1], segment_whole(sys.argv[1]).sections)
for stage in made:
    stage.work(analysis)
made[1].tagger.explain(analysis)
shown = [(c.start, c.end, c.label, c.rule) for c in analysis.candidates]
print(ascii((shown, sorted(analysis.why.items()), process_text(made, sys.argv[1]))))
"""


def test_rows_candidates_and_reasons_do_not_depend_on_the_hash_seed():
    said = [
        subprocess.run(
            [sys.executable, "-c", SHOWN, TEXT],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "5")
    ]
    assert b"people:part-of-name-before-title" in said[0]
    assert said[0] == said[1]
