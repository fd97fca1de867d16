"""Rows of tables and lines of JSON: which column holds the text, the title, the date, the id."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from extract.errors import InputError
from extract.readers.limits import Limits, too_large
from extract.readers.parts import Columns, Failure, Text

_NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "본문", "내용", "본문내용", "기사본문", "기사내용", "기사", "전문", "원문", "보도자료", "content", "contents",
        "body", "article", "fulltext", "articlebody",
    ),
    "title": ("title", "제목", "기사제목", "보도자료명", "헤드라인", "headline", "subject"),
    "date": (
        "published", "date", "배포일", "배포일자", "게시일", "게시일자", "등록일", "등록일자", "보도일", "보도일자", "작성일",
        "발행일", "일자", "날짜", "입력일", "publishedat", "pubdate", "publisheddate", "datepublished", "regdate",
    ),
    "id": ("id", "번호", "no", "일련번호", "기사번호", "문서번호", "articleid", "newsid", "docid", "식별자", "uid"),
}  # fmt: skip
_TEXT_LENGTH = 80
"""A column whose cells are longer than this on average, and longer than all others, holds the texts."""


def lines_of(text: str) -> Iterator[str]:
    """The lines of ``text`` with their ends, one by one: millions of them at once would fill the memory."""
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def columns_of(names: Sequence[str], sample: Sequence[Mapping[str, str]], chosen: Columns) -> dict[str, str]:
    """Which of ``names`` holds ``text``, ``title``, ``date`` and ``id``; only ``text`` must be there.

    ``sample`` are the first rows, which tell a column of texts by its length where no name does.

    Raises:
        InputError: slug ``no-text-column``, or ``unknown-column`` for one the user named.
    """
    found: dict[str, str] = {}
    for role, known in _NAMES.items():
        wanted = getattr(chosen, role)
        if wanted is not None:
            if wanted not in names:
                raise InputError(
                    f"no column {wanted!r} among {_listed(names)}",
                    remedy=f"give one of these as --{role}-column",
                    slug="unknown-column",
                )
            found[role] = wanted
            continue
        plain = {_plain(name): name for name in reversed(names)}
        match = next((plain[name] for name in known if name in plain), None)
        if match is not None and match not in found.values():
            found[role] = match
    if "text" not in found:
        found["text"] = _longest(names, sample, set(found.values()))
    return found


def names_text(names: Sequence[str], chosen: Columns) -> bool:
    """Whether a row of cells names the column of texts, by the user's choice or by a usual name."""
    if chosen.text is not None:
        return chosen.text in names
    return any(_plain(name) in _NAMES["text"] for name in names)


def _longest(names: Sequence[str], sample: Sequence[Mapping[str, str]], taken: set[str]) -> str:
    lengths = sorted(
        ((sum(len(row.get(name, "")) for row in sample) / max(len(sample), 1), name) for name in names),
        reverse=True,
    )
    if lengths and lengths[0][0] >= _TEXT_LENGTH and lengths[0][1] not in taken:
        if len(lengths) == 1 or lengths[0][0] >= 3 * lengths[1][0]:
            return lengths[0][1]
    raise InputError(
        f"no column is clearly the text among {_listed(names)}",
        remedy="name it with --text-column",
        slug="no-text-column",
    )


def record(
    row: Mapping[str, str], columns: Mapping[str, str], position: int, limits: Limits
) -> Text | Failure:
    """One row as an article with its title above the text, or what is wrong with it."""
    values = {role: row.get(name, "").strip() for role, name in columns.items()}
    for name, value in row.items():
        if len(value) > limits.cell_chars:
            error = too_large(
                f"column {name[:40]!r} holds {len(value):,} characters", "cell_chars", limits.cell_chars
            )
            return Failure(error, position=position)
    if not values["text"]:
        error = InputError(
            f"row {position} has no text", remedy="fill it or leave the row out", slug="empty-row"
        )
        return Failure(error, position=position)
    said = {"title": values.get("title", ""), "published": values.get("date", ""), "id": values.get("id", "")}
    return Text(values["text"], {key: value for key, value in said.items() if value}, position)


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if c.isalnum())


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name in names[:12])
    return shown + (f" and {len(names) - 12} more" if len(names) > 12 else "") or "none"
