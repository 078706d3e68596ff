"""Reading the files of terminals: what is understood, and what is refused with its place."""

import json
from datetime import timedelta

import pytest

from coop.tracks.rules import fixes
from coop.tracks.rules.fixes import FaultyTrack, NotATrack, TrackEmpty, TrackHasEntities
from coop.tracks.rules.geojson import TimesMissing
from coop.tracks.rules.reading import read_track
from coop.tracks.rules.sheets import HeadingMissing
from coop.tracks.rules.terms import TrackFormat
from tests.coop.tracks.builders import STARTED, as_csv, as_geojson, as_gpx, run_of, runs_of, strip, strips

RUNS = runs_of(strips(0, 0, 50, 5))
HEAD = "时间,纬度,经度,幅宽（米）\n"
BOMB = """<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;">]>
<gpx version="1.1"><trk><name>&b;</name></trk></gpx>"""


def lines(*rows: str) -> bytes:
    return (HEAD + "\n".join(rows)).encode()


def test_the_same_track_is_read_alike_from_every_format() -> None:
    files = {
        TrackFormat.GPX: as_gpx(RUNS, terminal="BD-001", width=2.5),
        TrackFormat.GEOJSON: as_geojson(RUNS, terminal="BD-001", width=2.5),
        TrackFormat.CSV: as_csv(RUNS, terminal="BD-001"),
    }
    for kind, content in files.items():
        reading = read_track("轨迹", content)
        assert reading.format is kind
        assert reading.terminal_number == "BD-001"
        assert reading.point_count == sum(map(len, RUNS))
        assert reading.widths_cm == {250}
        assert reading.started_at == STARTED
        assert reading.ended_at == RUNS[-1][-1].at
        first = reading.runs[0][0]
        assert first.latitude == pytest.approx(RUNS[0][0].latitude, abs=1e-8)
        assert first.longitude == pytest.approx(RUNS[0][0].longitude, abs=1e-8)


def test_segments_and_lines_stay_apart_rows_of_a_sheet_are_one_run() -> None:
    assert len(read_track("轨迹.gpx", as_gpx(RUNS)).runs) == 2
    assert len(read_track("轨迹.geojson", as_geojson(RUNS)).runs) == 2
    assert len(read_track("轨迹.csv", as_csv(RUNS)).runs) == 1


@pytest.mark.parametrize(
    ("heads", "encoding"),
    [
        (("时间", "纬度", "经度", "幅宽（米）", "终端编号"), "gb18030"),
        (("定位时间", "北纬", "东经", "作业幅宽(m)", "设备编号"), "utf-8-sig"),
        (("time", "latitude", "longitude", "implement width", "device id"), "utf-8"),
        (("Timestamp", "Lat", "Lng", "Width (m)", "Terminal Number"), "utf-16"),
    ],
)
def test_headings_may_be_chinese_or_english_in_any_usual_encoding(
    heads: tuple[str, ...], encoding: str
) -> None:
    reading = read_track("轨迹.csv", as_csv(RUNS, heads=heads, terminal="T9", encoding=encoding))
    assert (reading.terminal_number, reading.widths_cm) == ("T9", frozenset({250}))


def test_a_sheet_may_have_a_title_tabs_centimetres_and_blank_lines() -> None:
    text = (
        "作业明细\n时间\t经度\t纬度\t幅宽(cm)\n\n"
        "2026/3/1 9:00\t117.741\t36.883\t250\n2026年3月1日 9:01\t117.7411\t36.883\t\n"
    )
    (run,) = read_track("轨迹.csv", text.encode("gb18030")).runs
    assert [fix.width_cm for fix in run] == [250, None]
    assert run[0].at == STARTED


def test_points_of_geojson_form_one_run_and_times_may_be_seconds() -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"time": int(STARTED.timestamp()) + i, "幅宽": 3},
            "geometry": {"type": "Point", "coordinates": [117.74 + i / 10000, 36.88]},
        }
        for i in range(3)
    ]
    reading = read_track(
        "点.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode()
    )
    assert [len(run) for run in reading.runs] == [3]
    assert reading.started_at == STARTED
    assert reading.widths_cm == {300}
    milliseconds = features[0]["properties"] | {"time": int(STARTED.timestamp() * 1000)}  # type: ignore[operator]
    first = {**features[0], "properties": milliseconds}
    again = json.dumps({"type": "FeatureCollection", "features": [first, *features[1:]]}).encode()
    assert read_track("点.geojson", again).started_at == STARTED


def test_points_without_satellites_are_left_out_and_counted() -> None:
    content = lines(
        "2026-03-01 09:00:00,0,0,2.5",
        "2026-03-01 09:00:02,36.883,117.741,2.5",
        "2026-03-01 09:00:04,36.8831,117.741,2.5",
    )
    reading = read_track("轨迹.csv", content)
    assert (reading.point_count, reading.unfixed) == (2, 1)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("2026-03-01 09:00:04,136.883,117.741,2.5", "第 3 行的坐标“136.883，117.741”不在中国境内"),
        ("2026-03-01 09:00:04,北,117.741,2.5", "第 3 行的坐标“北，117.741”"),
        ("2026-03-01 09:00:04,nan,117.741,2.5", "第 3 行的坐标"),
        (
            "2026-03-01 09:00:04,117.741,36.883,2.5",
            "第 3 行的纬度填成了 117.741、经度填成了 36.883，两者颠倒",
        ),
        ("昨天,36.883,117.741,2.5", "第 3 行的时间“昨天”读不出来"),
        (",36.883,117.741,2.5", "第 3 行的时间“”读不出来"),
        (
            "2026-03-01 08:59:00,36.883,117.741,2.5",
            "第 3 行的时间 2026-03-01 08:59:00 早于上一点的 2026-03-01 09:00:02",
        ),
        ("2026-03-01 09:00:04,36.883,117.741,250", "第 3 行的作业幅宽“250”应在 0.3 至 60 米之间"),
        ("2026-03-01 09:00:04,36.883", "第 3 行的坐标“36.883，”"),
    ],
)
def test_each_fault_names_its_row_and_the_cure(row: str, sentence: str) -> None:
    with pytest.raises(FaultyTrack) as refused:
        read_track("轨迹.csv", lines("2026-03-01 09:00:02,36.883,117.741,2.5", row))
    (fault,) = refused.value.faults
    assert sentence in str(fault)
    assert "；请" in str(fault) or "；以" in str(fault)


def test_many_faults_are_counted_and_the_first_few_told() -> None:
    with pytest.raises(FaultyTrack) as refused:
        read_track("轨迹.csv", lines(*[f"2026-03-01 09:00:{i:02},117.7,36.8,2" for i in range(30)]))
    assert "30 个点" in str(refused.value)
    assert len(refused.value.faults) == 5


def test_a_bomb_is_not_opened() -> None:
    with pytest.raises(TrackHasEntities):
        read_track("炸弹.gpx", BOMB.encode())
    with pytest.raises(TrackHasEntities):
        read_track("炸弹.gpx", BOMB.encode("utf-16"))


@pytest.mark.parametrize(
    "content",
    [
        b"<gpx><trk>",
        b"<html><body>404</body></html>",
        b'{"type": "Topology"}',
        b'{"type":',
        b'{"a":' * 50_000,
        b"\x89PNG\r\n\x1a\n\x00\x00",
        "姓名,电话\n张三,138".encode(),
        b'<gpx version="1.1"><trk><trkseg><trkpt lat="abc" lon="117"/></trkseg></trk></gpx>',
    ],
)
def test_what_is_no_track_is_refused_with_the_cure(content: bytes) -> None:
    with pytest.raises((NotATrack, TrackEmpty)) as refused:
        read_track("文件", content)
    assert "请在终端平台" in str(refused.value)


def test_nothing_and_a_single_point_are_empty() -> None:
    for content in (b"", b"  \n", as_csv([run_of([(0, 0), (1, 0)])[:1]]), as_gpx([])):
        with pytest.raises(TrackEmpty):
            read_track("空.csv", content)


def test_a_line_without_times_is_refused() -> None:
    line = {"type": "LineString", "coordinates": [[117.74, 36.88], [117.75, 36.88]]}
    with pytest.raises(TimesMissing, match="coordTimes"):
        read_track("线.geojson", json.dumps(line).encode())


def test_a_missing_column_is_named() -> None:
    with pytest.raises(HeadingMissing, match="“经度”"):
        read_track("轨迹.csv", "时间,纬度\n2026-03-01,36.8\n".encode())


def test_limits_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(fixes.TrackTooLarge, match="20 MB"):
        read_track("大.csv", b" " * (fixes.LARGEST + 1))
    monkeypatch.setattr(fixes, "MOST_POINTS", 5)
    with pytest.raises(fixes.TooManyPoints):
        read_track("多.csv", as_csv(runs_of([strip((0, 0), (100, 0))])))


def test_a_gpx_without_a_zone_is_taken_by_the_clock_in_china() -> None:
    content = as_gpx(RUNS).replace(b"Z</time>", b"</time>")
    assert read_track("轨迹.gpx", content).started_at == STARTED - timedelta(hours=8)
