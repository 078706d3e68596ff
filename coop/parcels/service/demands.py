"""What every verb on a parcel demands of it first."""

from coop.parcels.models import Parcel
from coop.parcels.service.refusals import ParcelClosed
from foundation.errors import StaleVersion


def demand_open(parcel: Parcel) -> None:
    """Refuse work on a parcel that is no more."""
    if parcel.closed_on is not None:
        raise ParcelClosed(code=parcel.code, day=parcel.closed_on)


def demand_version(parcel: Parcel, expected: int) -> None:
    """Refuse to change a parcel that somebody else changed since the form was opened."""
    if parcel.version != expected:
        raise StaleVersion
