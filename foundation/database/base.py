"""The declarative base of every table, with one naming convention for all constraints."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from foundation.database.types import Instant, WholeNumber
from foundation.values.area import Mu, SquareMetres
from foundation.values.money import Fen

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The parent of every row class; money, areas and instants get their exact column types from here."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {
        Fen: WholeNumber,
        Mu: WholeNumber,
        SquareMetres: WholeNumber,
        datetime: Instant,
    }
