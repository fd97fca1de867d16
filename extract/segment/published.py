"""When a text was published: read from a header, a file name or a dateline, never guessed."""

from __future__ import annotations

import contextlib
import datetime
import re

_DAY = (
    r"(?:(?P<y>(?:19|20)\d\d)\s?(?:[.\-/]|년)\s?(?P<m>\d{1,2})\s?(?:[.\-/]|월)\s?(?P<d>\d{1,2})(?!\d)"
    r"|(?<!\d)['’‘`]?\s?(?P<y2>\d{2})\s?(?:\.|년)\s?(?P<m2>\d{1,2})\s?(?:\.|월)\s?(?P<d2>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<m3>\d{2})/(?P<d3>\d{2})/(?P<y3>(?:19|20)\d\d)(?!\d))"
)
ANY_DAY = re.compile(_DAY)


def _spaced(word: str) -> str:
    return r"\s?".join(word)


def _labels(words: str) -> re.Pattern[str]:
    """A date within 25 characters of one of the labels, none of which is part of a longer word."""
    names = "|".join(_spaced(word) for word in words.split())
    return re.compile(
        rf"(?<![가-힣])(?:{names})(?:\s?<[^>\n]{{1,10}}>)?[^\d\n'’‘]{{0,25}}\n?[^\d\n'’‘]{{0,3}}{_DAY}"
    )


_RANKED = (
    _labels("배포일시 배포일자 배포일 배포시점 배포시간 배포"),
    _labels("게시일시 게시일 게시시각 등록일시 등록일 제공일자 제공일 입력 등록 승인 작성일"),
    _labels("보도일시 보도일자 보도일 보도시점 보도시기 보도가능시점 보도 엠바고 발행일 일자 날짜"),
)
_YEARLESS = re.compile(
    r"(?:배\s?포|보\s?도)[가-힣\s|:：]{0,12}(?P<m>\d{1,2})\s?(?:\.|월)\s?(?P<d>\d{1,2})\s?[.일]?\s?\(\s?(?P<weekday>[월화수목금토일])\s?\)"
)
_FOR_PRESS = re.compile(rf"{_DAY}[^\d\n]{{0,25}}?(?:조간|석간|보도|배포)")
_WEEKDAY = r"(?:\(?[월화수목금토일](?:요일)?\)?)?"
_ALONE = re.compile(
    rf"[\s|*(<\[]*{_DAY}\s?[.일]?\s?{_WEEKDAY}[^가-힣]{{0,12}}(?:조간|석간|배포)?[\s|*)>\]]*$"
)
_OTHER = r"[^()\[\]【】<>\n]"
_DATELINE = re.compile(rf"[(\[【<]{_OTHER}{{1,20}}={_OTHER}{{0,15}}?{_DAY}{_OTHER}{{0,10}}[)\]】>]")
_NAME_LONG = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[-._]?)(?P<m>0[1-9]|1[0-2])(?P=sep)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)
_NAME_SHORT = re.compile(
    r"^[\s(\[_]*(?P<y2>[0-3]\d)(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?=[^\d]|$)"
)
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?=$|[T\s])")


def header_date(header: str, saved: datetime.date | None = None) -> datetime.date | None:
    """The publication date of a release's head: ``배포…`` before ``게시…`` before ``보도…``, else bare.

    A date without year (``4.13.(월) 석간``) counts when ``saved``, the day the file was last saved, is known:
    it is the nearest such day on the weekday named.

    ``header`` holds the lines of the head. Understood are ``2017. 11. 6.(월)``, ``'17.11.6``,
    ``2026년 3월 5일(목) 조간``, ``2017-11-06`` and the ``11/06/2017`` of the government's open data.
    """
    for pattern in (*_RANKED, _FOR_PRESS):
        found = pattern.search(header)
        if found:
            day = _date(found)
            if day:
                return day
    days = {day for line in header.split("\n") if (found := _ALONE.match(line)) and (day := _date(found))}
    if days or saved is None:
        return days.pop() if len(days) == 1 else None
    found = _YEARLESS.search(header)
    return _nearest(int(found["m"]), int(found["d"]), found["weekday"], saved) if found else None


def _nearest(month: int, day: int, weekday: str, saved: datetime.date) -> datetime.date | None:
    """That day of the year nearest to ``saved`` when it fell on ``weekday``, else ``None``."""
    days = []
    for year in (saved.year - 1, saved.year, saved.year + 1):
        with contextlib.suppress(ValueError):
            days.append(datetime.date(year, month, day))
    nearest = min(days, key=lambda other: abs((other - saved).days), default=None)
    return nearest if nearest and "월화수목금토일"[nearest.weekday()] == weekday else None


def metadata_date(value: str) -> datetime.date | None:
    """The date at the beginning of a metadata value (``2017-11-06T09:00+09:00``, ``2017. 11. 6.``)."""
    found = _ISO.match(value.strip()) or ANY_DAY.match(value.strip())
    return _date(found) if found else None


def filename_date(name: str) -> datetime.date | None:
    """The date of a file name: ``20171106_x.txt``, ``2017-11-06.md``, or ``171106_x.txt`` at its front.

    Two different dates in one name, or digits that are part of a longer number, give none.
    """
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    days = {day for found in _NAME_LONG.finditer(stem) if (day := _date(found))}
    if not days and (found := _NAME_SHORT.match(stem)):
        day = _date(found)
        days = {day} if day else set()
    return days.pop() if len(days) == 1 else None


def dateline_date(text: str) -> datetime.date | None:
    """The date of an explicit dateline (``(서울=2017-11-06)``, ``[서울=통신 2017.11.06]``)."""
    found = _DATELINE.search(text[:400])
    return _date(found) if found else None


def line_date(line: str) -> datetime.date | None:
    """The first date of a line that consists of one (``입력 2017.11.06 09:30``)."""
    found = ANY_DAY.search(line)
    return _date(found) if found else None


def _date(found: re.Match[str]) -> datetime.date | None:
    groups = found.groupdict()
    if groups.get("y"):
        year, month, day = groups["y"], groups["m"], groups["d"]
    elif groups.get("y2"):
        year, month, day = "20" + groups["y2"], groups["m2"], groups["d2"]
    else:
        year, month, day = groups["y3"], groups["m3"], groups["d3"]
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
