"""A lexicon folder to begin with: ``extract lexicon init``."""

from __future__ import annotations

from pathlib import Path

from extract.errors import UsageError
from extract.lexicon.folder import write_all
from extract.lexicon.user_table import COLUMNS

README = """\
# 내 사전 · My lexicon

이 폴더의 이름은 프로그램에 들어 있는 이름보다 먼저 쓰입니다. 스프레드시트로 열어 한 줄에 하나씩 적고, CSV(UTF-8 또는 CP949)로
저장하세요. `#`로 시작하는 줄은 설명이며 읽지 않습니다. 쓰지 않는 파일은 지워도 됩니다.

- `id`: 겹치지 않는 값. 기본 사전에 있는 id를 쓰면 그 줄을 통째로 대신합니다.
- `name`: 대표 이름, `aliases`: 다른 이름(`|`로 구분). 띄어쓰기와 가운뎃점이 달라도 찾으므로 따로 적지 않아도 됩니다.
- `guard`: 흔한 낱말이기도 한 이름이면 `proper`(고유명사로 쓰일 때만) 또는 `context`(앞뒤 말이 뒷받침할 때만).
- `block.csv`: 이름으로 잡지 말아야 할 말. `refused.csv`: `suggest`가 다시 권하지 않을 말(`accept`가 적습니다).

Names in this folder win over the ones that ship. Open the files in a spreadsheet, one name a row, and save as CSV
(UTF-8 or CP949). Lines that begin with `#` are comments. Files that you do not need may be deleted.

```
extract lexicon add 새빛나루재단 --label ORG --subtype association --alias 새빛나루 --to {folder}
extract lexicon check --lexicons {folder}
extract run my_releases/ --lexicons {folder}
```
"""
EXAMPLES: dict[str, tuple[str, ...]] = {
    "people": ("# my-김새봄,김새봄,Kim Saebom,,대표,새빛나루재단,,an example: take the # away to use it",),
    "organisations": (
        "# my-새빛나루재단,새빛나루재단,새빛나루|SNF,,association,KR,,an example: take the # away to use it",
    ),
    "cities": ("# my-세베랑페라이,세베랑페라이,,,MY,,,an example: take the # away to use it",),
    "places": ("# my-새빛광장,새빛광장,,,facility,KR,부산광역시,,an example: take the # away to use it",),
    "titles": (
        "# my-운영지기,운영지기,,association,strong,,strong: always a title; weak: an everyday word too",
    ),
    "block": ("# my-block-인도,인도,,PLACE,,를 걷|턱,,인도 is the sidewalk before these words",),
}
RULES = """\
# Rules for organisations that no list holds. Take the # away from the lines below to use the example.
#
# - name: village-school
#   label: ORG
#   subtype: university
#   priority: 50
#   score: 0.8
#   pattern: '(?P<mention>[가-힣]{2,6}마을학교)'
#   examples: ['[새봄마을학교]가 문을 열었다.']
#   counterexamples: ['마을학교가 늘고 있다.']
"""


def init(folder: str | Path) -> list[Path]:
    """Makes ``folder`` with a README, CSV files of a header and an example each, and ``rules/``.

    Returns:
        The files, in order of their names.

    Raises:
        UsageError: when the folder is there and not empty, or cannot be written.
    """
    folder = Path(folder)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError("exists and is not empty", where=str(folder), remedy="give a new folder")
        contents = {
            folder / "README.md": README.format(folder=folder).encode("utf-8"),
            folder / "rules" / "organisations.yaml": RULES.encode("utf-8"),
        }
        for file, examples in EXAMPLES.items():
            text = "\r\n".join((",".join(COLUMNS[file]), *examples, ""))
            contents[folder / f"{file}.csv"] = text.encode("utf-8-sig")
        (folder / "rules").mkdir(parents=True, exist_ok=True)
        write_all(contents)
    except OSError as error:
        raise UsageError(
            f"cannot be written: {error.strerror or error}", where=str(folder), remedy="choose another folder"
        ) from None
    return sorted(contents)
