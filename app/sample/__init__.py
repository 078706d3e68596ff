"""The sample county: Zouping with real divisions and invented people, to look around and to learn in."""

from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from app.sample import cast, fields, land, machines, market
from app.sample.cast import ACCOUNTS, PASSWORD, Person
from app.sample.field import FieldStory
from app.sample.plans import PLANS
from app.sample.story import Story
from app.sample.telling import Stage
from app.sample.terms import Calendar, latest_october
from app.sample.timeline import Timeline
from foundation import clock
from foundation.accounts.models import Account
from foundation.database.engine import db
from foundation.divisions import importing as divisions
from foundation.errors import DomainError

__all__ = ["ACCOUNTS", "PASSWORD", "CountyNotEmpty", "Person", "load"]

HERE = Path(__file__).resolve().parent
BEFORE_THE_FIRST_CONTRACT = timedelta(days=400)


class CountyNotEmpty(DomainError):
    """数据库里已有账号，不能再载入示例县；请换一个新的数据目录后再试。"""


def load(on: date | None = None) -> None:
    """Fill the empty database of the app context at hand, committing step by step.

    Every day of the story is reckoned from ``on``, by default today. Refuses where accounts exist.
    """
    if db.session.scalar(select(Account.id).limit(1)) is not None:
        raise CountyNotEmpty
    today = on or clock.today()
    begins_on = latest_october(today) - BEFORE_THE_FIRST_CONTRACT
    divisions.load(HERE / "divisions_zouping.csv")
    divisions.load_aliases(HERE / "division_aliases_zouping.csv")
    db.session.commit()
    people = cast.settle(begins_on, _at(begins_on), clock.now())
    db.session.commit()
    _bring_in_registers(people, begins_on)
    keeper = people.viewer("hanxiaomei", begins_on)
    years = range(today.year - 1, today.year + 2)
    open_market = market.open_market(years, viewer=keeper, now=_at(begins_on, days=6))
    db.session.commit()
    found = land.Land.survey()
    machines.register(people, found, viewer=keeper, now=_at(begins_on, days=7), on=today)
    db.session.commit()
    _tell(Stage(people, found, Calendar(on=today, market=open_market), Timeline()))


def _tell(stage: Stage) -> None:
    """Note the story of the papers and that of the field, and let both happen day by day."""
    Story(stage).tell(PLANS)
    FieldStory(stage).tell()
    stage.timeline.play()


def _bring_in_registers(people: cast.Cast, begins_on: date) -> None:
    files = (
        ("organisations", "organisations.xlsx", "hanxiaomei"),
        ("village-register", "changshan_fangong.xlsx", "zhangwei.cs"),
        ("village-register", "jiaoqiao_aixian.xlsx", "liuyan.jq"),
    )
    for days, (kind, file, login_name) in enumerate(files, 1):
        viewer = people.viewer(login_name, begins_on)
        land.bring_in(kind, file, viewer=viewer, now=_at(begins_on, days=days))
        db.session.commit()
        if kind == "village-register":
            outlines = file.replace(".xlsx", ".geojson")
            fields.bring_in_outlines(outlines, viewer=viewer, now=_at(begins_on, days=days + 2))
            db.session.commit()


def _at(day: date, days: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=days), datetime.min.time().replace(hour=9), clock.CHINA)
