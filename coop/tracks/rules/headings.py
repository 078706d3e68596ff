"""What headings, tags and property names mean, in the words of the makers of terminals."""

import unicodedata
from enum import StrEnum


class Meaning(StrEnum):
    """What a column or property holds."""

    TIME = "time"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    WIDTH = "width"
    WIDTH_CM = "width_cm"
    TERMINAL = "terminal"


_NAMES = {
    Meaning.TIME: "time timestamp datetime gpstime 时间 定位时间 采集时间 上报时间 作业时间 gps时间",
    Meaning.LATITUDE: "latitude lat 纬度 北纬 y",
    Meaning.LONGITUDE: "longitude lon lng long 经度 东经 x",
    Meaning.WIDTH: "width implementwidth workingwidth 幅宽 作业幅宽 工作幅宽 宽幅",
    Meaning.WIDTH_CM: "widthcm 幅宽厘米 作业幅宽厘米 幅宽cm 作业幅宽cm",
    Meaning.TERMINAL: "terminal terminalnumber terminalid deviceid device 终端编号 终端号 设备编号 设备号",
}
_MEANINGS = {name: meaning for meaning, names in _NAMES.items() for name in names.split()}


def meaning_of(heading: str) -> Meaning | None:
    """Return what a heading means, however it is spaced, bracketed or written wide.

    >>> meaning_of("幅宽（厘米）"), meaning_of("Implement Width (m)"), meaning_of("速度")
    (<Meaning.WIDTH_CM: 'width_cm'>, <Meaning.WIDTH: 'width'>, None)
    """
    plain = "".join(
        character for character in unicodedata.normalize("NFKC", heading).lower() if character.isalnum()
    )
    return (
        _MEANINGS.get(plain)
        or _MEANINGS.get(plain.removesuffix("m"))
        or _MEANINGS.get(plain.removesuffix("米"))
    )
