"""Outlines out of a GeoJSON file: each feature carries the code of its parcel."""

from collections.abc import Iterator, Mapping
from typing import Any

from coop.parcels.service import OutlineDetails
from foundation.errors import DomainError
from foundation.geography import geojson
from foundation.identity.registry_codes import parse_parcel_code

CODES = ("dkbm", "code", "parcel_code", "地块编码")
"""Where the code stands; DKBM is its name in the survey databases of the land register."""


class NoCode(DomainError):
    """图形没有地块编码；请在属性 DKBM（地块编码）中填写 19 位编码。"""


def outlines(content: bytes) -> Iterator[OutlineDetails]:
    """Yield what every feature of a file says, faults included; refuse a file that is no collection."""
    for place, feature in enumerate(geojson.features(content), 1):
        code = ""
        try:
            code = _code(feature)
            polygon = geojson.outline(feature.get("geometry"))
        except DomainError as fault:
            yield OutlineDetails(place=place, code=code, fault=fault)
        else:
            yield OutlineDetails(place=place, code=code, polygon=polygon)


def _code(feature: Mapping[str, Any]) -> str:
    properties = feature.get("properties")
    given = {str(key).lower(): value for key, value in (properties or {}).items()} if properties else {}
    found = next((given[name] for name in CODES if given.get(name)), None)
    if found is None:
        raise NoCode
    return parse_parcel_code(str(found))
