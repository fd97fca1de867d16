import pytest

import extract
from extract.errors import UsageError


def test_an_output_comes_back_as_data_frames_with_types(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "=부산시 소식\n\n부산시는 5월 3일 시민 1,200명과 함께 도시포럼을 개최했다.\n", encoding="utf-8"
    )
    extract.run([path], tmp_path / "out")
    frames = extract.tables(tmp_path / "out")
    assert frames["articles"].loc[0, "title"] == "=부산시 소식"
    assert frames["figures"].loc[0, "value"] == 1200
    assert str(frames["mentions"]["start"].dtype) == "Int64"
    assert frames["dates"]["start"].isna().all()
    assert set(frames["mentions"]["label"]) >= {"ORG", "DATE", "FIGURE"}


def test_a_folder_without_tables_is_refused(tmp_path):
    with pytest.raises(UsageError, match="holds no tables"):
        extract.tables(tmp_path)
