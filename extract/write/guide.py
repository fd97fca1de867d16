"""The first sheet of the workbook: what the other sheets and their columns mean, in Korean and English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.write.workbook import Written

GUIDE = "안내"
_TYPES = {"string": "글", "integer": "정수", "number": "수", "date": "날짜", "boolean": "예/아니오"}
_NOTES = (
    "빈 칸은 ‘모름’입니다. 추측해서 채우지 않습니다.",
    "start, end 는 기사 본문에서의 글자 위치입니다(0부터, 끝 위치는 포함하지 않음).",
    "날짜를 온전히 아는 칸은 날짜 형식이고, 일부만 아는 값(예: XXXX-11-09)은 글로 남습니다.",
    "끝 날짜(end, date_end)는 그날을 포함하지 않습니다.",
    "파란 식별자를 누르면 그 행이 가리키는 기사·개체·언급으로 갑니다. 목록은 | 로 이어져 있습니다.",
    "rule 은 그 행을 만든 사전 행이나 규칙의 이름입니다. extract explain 으로 까닭을 볼 수 있습니다.",
)
_SHOWN = 200


def write_guide(book: Any, sheet: Any, found: Sequence[Written]) -> None:
    """Fills the first sheet; ``found`` is what was written, table by table."""
    title = book.add_format({"bold": True, "font_size": 16})
    head = book.add_format({"bold": True, "bg_color": "#E8ECF2", "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.get_default_url_format()
    for at, width in enumerate((18, 22, 44, 12, 52)):
        sheet.set_column(at, at, width)
    sheet.write_string(0, 0, "추출 결과", title)
    row = 2
    for note in _NOTES:
        sheet.write_string(row, 0, note)
        row += 1
    row = _header(sheet, row + 1, ("시트", "행 수", "내용", "", "Contents"), head)
    for one in found:
        for at, name in enumerate(one.sheets):
            sheet.write_url(row, 0, f"internal:'{name}'!A1", link, name)
            if at == 0:
                sheet.write_number(row, 1, one.rows)
            sheet.write_string(row, 2, one.table.ko if at == 0 else "이어짐", wrap)
            sheet.write_string(row, 4, one.table.en if at == 0 else "continued", wrap)
            row += 1
    row = _limits(sheet, row, found)
    row = _header(sheet, row + 1, ("시트", "열", "뜻", "자료형", "Meaning"), head)
    for one in found:
        for column in one.table.columns:
            described = column.metadata
            sheet.write_string(row, 0, one.table.name)
            sheet.write_string(row, 1, column.name)
            sheet.write_string(row, 2, described["ko"], wrap)
            sheet.write_string(row, 3, _TYPES[described["type"]])
            sheet.write_string(row, 4, described["en"], wrap)
            row += 1


def _header(sheet: Any, row: int, words: Sequence[str], style: Any) -> int:
    for at, word in enumerate(words):
        sheet.write_string(row, at, word, style)
    return row + 1


def _limits(sheet: Any, row: int, found: Sequence[Written]) -> int:
    """What a sheet could not hold as the CSV files do."""
    for one in found:
        if one.unlinked:
            sheet.write_string(
                row, 0, f"{one.table.name}: 링크가 너무 많아 {one.unlinked:,}개는 글로만 적었습니다."
            )
            row += 1
    cut = [place for one in found for place in one.cut]
    if cut:
        words = f"너무 길어 잘린 칸이 {len(cut):,}개 있습니다. 온전한 값은 CSV·JSONL 파일에 있습니다."
        sheet.write_string(row, 0, words)
        row += 1
        for name, number, column in cut[:_SHOWN]:
            sheet.write_string(row, 1, f"{name} {number}행 {column}")
            row += 1
    return row
