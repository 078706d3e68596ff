"""Points of a track: what a file says of each, proved, and the refusals of what cannot be a point."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from coop.tracks.rules.terms import TrackFormat
from foundation.errors import DomainError, InvalidValue

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
MOST_POINTS = 200_000
SOUTH, NORTH = 3.0, 54.0
WEST, EAST = 73.0, 136.0
"""Between these degrees the country lies; a point elsewhere is no point of a field."""

NARROWEST_CM, WIDEST_CM = 30, 6000
SHOWN_FAULTS = 5
_CHINA = timezone(timedelta(hours=8))
_MILLISECONDS_FROM = 100_000_000_000
"""Seconds since 1970 are smaller than this until the year 5138; larger figures are milliseconds."""


class TrackEmpty(InvalidValue):
    """文件“%(name)s”里没有轨迹点；请在终端平台选择作业时段后重新导出。"""


class TrackTooLarge(InvalidValue):
    """文件“%(name)s”超过 %(limit)s MB；请按天或按地块分段导出后再上传。"""


class TooManyPoints(InvalidValue):
    """轨迹点超过 %(limit)s 个；请按天分段导出后再上传。"""


class NotATrack(InvalidValue):
    """文件“%(name)s”不是可读的轨迹；可接收 GPX、GeoJSON 和带表头的 CSV，请在终端平台重新导出。"""


class TrackHasEntities(InvalidValue):
    """文件“%(name)s”含有 DOCTYPE 或 ENTITY 声明，可能有害，不予读取；请从终端平台重新导出标准 GPX。"""


class BadCoordinate(InvalidValue):
    """%(where)s的坐标“%(latitude)s，%(longitude)s”不在中国境内；请核对经纬度是否为度。"""


class SwappedCoordinates(InvalidValue):
    """%(where)s的纬度填成了 %(latitude)s、经度填成了 %(longitude)s，两者颠倒；请对调经纬度两列后再上传。"""


class BadTime(InvalidValue):
    """%(where)s的时间“%(text)s”读不出来；请写成 2026-10-01 08:30:00 的样子。"""


class TimeRunsBack(InvalidValue):
    """%(where)s的时间 %(at)s 早于上一点的 %(before)s；请按时间先后排序后再上传。"""


class BadWidth(InvalidValue):
    """%(where)s的作业幅宽“%(text)s”应在 0.3 至 60 米之间；以厘米计的请把列名写作“幅宽（厘米）”。"""


class FaultyTrack(DomainError):
    """轨迹中有 %(count)s 个点有误，没有导入；前几处列在下面，请改正或重新导出后再上传。"""

    def __init__(self, faults: Sequence[DomainError]) -> None:
        super().__init__(count=len(faults))
        self.faults = tuple(faults[:SHOWN_FAULTS])


@dataclass(frozen=True, slots=True)
class Fix:
    """Where the machine was at a moment, and how wide it worked if the file says so."""

    longitude: float
    latitude: float
    at: datetime
    width_cm: int | None = None


Run = tuple[Fix, ...]
"""Fixes that follow each other without a break of the file's own."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of one point, unproved; points of one ``run`` belong together."""

    where: str
    run: int
    latitude: Any
    longitude: Any
    at: Any
    width: Any = None
    is_in_cm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file as it was understood; ``unfixed`` points had no satellites (0, 0) and were left out."""

    format: TrackFormat
    runs: tuple[Run, ...]
    terminal_number: str = ""
    unfixed: int = 0

    @property
    def point_count(self) -> int:
        """How many fixes there are."""
        return sum(len(run) for run in self.runs)

    @property
    def started_at(self) -> datetime:
        """When the first fix was taken."""
        return min(run[0].at for run in self.runs)

    @property
    def ended_at(self) -> datetime:
        """When the last fix was taken."""
        return max(run[-1].at for run in self.runs)

    @property
    def widths_cm(self) -> frozenset[int | None]:
        """The working widths that the file itself names; None for points without one."""
        return frozenset(fix.width_cm for run in self.runs for fix in run)


@dataclass(slots=True)
class _Proof:
    runs: list[list[Fix]] = field(default_factory=list)
    faults: list[DomainError] = field(default_factory=list)
    unfixed: int = 0


def proved(said: Iterable[Said]) -> tuple[tuple[Run, ...], int]:
    """Return the runs of proved fixes and how many had no satellites, or raise all faults at once."""
    proof, run = _Proof(), None
    for count, one in enumerate(said, start=1):
        if count > MOST_POINTS:
            raise TooManyPoints(limit=MOST_POINTS)
        try:
            fix = _proved(one)
        except DomainError as fault:
            proof.faults.append(fault)
            continue
        if fix is None:
            proof.unfixed += 1
            continue
        if one.run != run:
            proof.runs.append([])
            run = one.run
        _append(proof, fix, one.where)
    if proof.faults:
        raise FaultyTrack(proof.faults)
    return tuple(tuple(fixes) for fixes in proof.runs), proof.unfixed


def _append(proof: _Proof, fix: Fix, where: str) -> None:
    last = proof.runs[-1]
    if last and fix.at < last[-1].at:
        proof.faults.append(TimeRunsBack(where=where, at=_clock(fix.at), before=_clock(last[-1].at)))
        return
    last.append(fix)


def _proved(said: Said) -> Fix | None:
    latitude, longitude = _degrees(said.latitude), _degrees(said.longitude)
    if latitude == 0 and longitude == 0:
        return None
    if latitude is None or longitude is None or not _is_inside(latitude, longitude):
        swapped = latitude is not None and longitude is not None and _is_inside(longitude, latitude)
        refusal = SwappedCoordinates if swapped else BadCoordinate
        raise refusal(where=said.where, latitude=said.latitude, longitude=said.longitude)
    return Fix(longitude, latitude, read_time(said.at, said.where), _width(said))


def _is_inside(latitude: float, longitude: float) -> bool:
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST


def _degrees(value: Any) -> float | None:
    try:
        read = float(value)
    except (TypeError, ValueError):
        return None
    return read if math.isfinite(read) else None


def read_time(value: Any, where: str) -> datetime:
    """Return a moment: ISO, seconds or milliseconds since 1970; without a zone it is the clock in China."""
    text = str(value if value is not None else "").strip()
    try:
        if isinstance(value, datetime):
            read = value
        elif text.replace(".", "", 1).isdigit() and len(text) >= len("1000000000"):
            seconds = float(text)
            return datetime.fromtimestamp(seconds / 1000 if seconds >= _MILLISECONDS_FROM else seconds, UTC)
        else:
            read = _written(text)
    except (ValueError, OverflowError, OSError) as error:
        raise BadTime(where=where, text=text) from error
    return (read if read.tzinfo else read.replace(tzinfo=_CHINA)).astimezone(UTC)


def _written(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        plain = text.replace("年", "/").replace("月", "/").replace("日", "").replace("-", "/")
        form = "%Y/%m/%d %H:%M:%S" if plain.count(":") > 1 else "%Y/%m/%d %H:%M"
        return datetime.strptime(plain, form).replace(tzinfo=_CHINA)


def _width(said: Said) -> int | None:
    if said.width is None or str(said.width).strip() == "":
        return None
    read = _degrees(str(said.width).strip().removesuffix("米").removesuffix("m"))
    centimetres = None if read is None else round(read if said.is_in_cm else read * 100)
    if centimetres is None or not NARROWEST_CM <= centimetres <= WIDEST_CM:
        raise BadWidth(where=said.where, text=said.width)
    return centimetres


def _clock(moment: datetime) -> str:
    return moment.astimezone(_CHINA).strftime("%Y-%m-%d %H:%M:%S")
