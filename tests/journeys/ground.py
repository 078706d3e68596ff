"""The ground of the season's journey: a third village under contract, and hands to work it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from sqlalchemy import select

from app.sample.land import Land
from app.sample.market import Market
from app.sample.plans import Fate, Plan, Term
from app.sample.terms import Calendar, Parties, details_of
from coop.catalogue.models import CropSeason, Link
from coop.contracts import queries as contracts
from coop.contracts import service as contracting
from coop.contracts.rules.details import ContractDetails
from coop.contracts.rules.terms import ContractMode, ReceiverKind
from coop.households.models import Household
from coop.machinery import service as machinery
from coop.machinery.models import Machine, Operator
from coop.machinery.rules import MachineKind
from coop.mandates import service as mandates
from coop.mandates.service import MandateTerms
from foundation.access.grants import Viewer
from foundation.accounts.models import Account
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.imports import jobs, service
from foundation.postings.queries import viewer_of
from foundation.values.area import Mu
from tests.journeys.registers import GUCHENG, sound_register

CLERK, APPROVER = "xiehaibo", "gaochuandong"
COLLECTIVE, PROVIDER = "邹平市临池镇古城村股份经济合作社", "临池供销合作社"
TERMINAL = "BD3-0371-0001"
WIDTH_CM = 240
PRICES = "价格不低于全市统一指导价"
PLAN = Plan(
    village=GUCHENG.code,
    mode=ContractMode.MENU,
    fate=Fate.SIGNED,
    term=Term.NEXT_SEASON,
    provider=PROVIDER,
    kind=ReceiverKind.COLLECTIVE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the journey stands on: ids of the rows, and the crop season to come with its menu."""

    season_id: int
    starts_on: date
    ends_on: date
    links: Mapping[str, int]
    households: tuple[int, ...]
    contract_id: int
    provider_id: int
    machine_id: int
    operator_id: int


def lay(tmp_path: Path, on: date) -> Ground:
    """Import the village, contract all of it to the co-op for the crop season to come, hire hands."""
    _bring_in(tmp_path / GUCHENG.file, _viewer(CLERK, on), _at(on))
    land = Land.survey()
    provider = land.organisations[PROVIDER]
    details = _details(land, on)
    contract_id = _contract(land, details, on)
    season = db.session.get_one(CropSeason, details.menu[0].season_id)
    machine, operator = _hands(provider, on)
    db.session.commit()
    own = select(Household.id).where(Household.division_code == GUCHENG.code).order_by(Household.code)
    return Ground(
        season_id=season.id,
        starts_on=season.starts_on,
        ends_on=season.ends_on,
        links=dict(db.session.execute(select(Link.name, Link.id)).all()),
        households=tuple(db.session.scalars(own)),
        contract_id=contract_id,
        provider_id=provider,
        machine_id=machine.id,
        operator_id=operator.id,
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), CHINA)


def _viewer(login_name: str, on: date) -> Viewer:
    account = db.session.scalars(select(Account).where(Account.login_name == login_name)).one()
    return viewer_of(account, on)


def _bring_in(file: Path, clerk: Viewer, now: datetime) -> None:
    sound_register(file)
    kind = "village-register"
    batch = service.start(kind, file.name, file.read_bytes(), viewer=clerk, now=now, in_background=False)
    batch = jobs.read_now(batch, clerk, now, _commit)
    service.confirm(batch, viewer=clerk, now=now, in_background=False)
    jobs.apply_now(batch, clerk, now, _commit)
    db.session.commit()


def _commit(_done: int, _total: int) -> None:
    db.session.commit()


def _contract(land: Land, details: ContractDetails, on: date) -> int:
    clerk, approver = _viewer(CLERK, on), _viewer(APPROVER, on)
    drafted = contracting.draft(details, viewer=clerk, now=_at(on)).id
    db.session.commit()
    contracting.submit(contracts.get(clerk, drafted), viewer=clerk, now=_at(on))
    contracting.approve(contracts.get(approver, drafted), viewer=approver, now=_at(on))
    contracting.sign(contracts.get(clerk, drafted), signed_on=on, viewer=clerk, now=_at(on))
    return drafted


def _details(land: Land, on: date) -> ContractDetails:
    links = {link.name: link for link in db.session.scalars(select(Link))}
    seasons = tuple(db.session.scalars(select(CropSeason).order_by(CropSeason.starts_on)).unique())
    calendar = Calendar(on=on, market=Market(seasons=seasons, links=links))
    households, collective = land.households(GUCHENG.code, range(100)), land.organisations[COLLECTIVE]
    ends_on = calendar.days_of(PLAN)[1]
    given = MandateTerms(agent_id=collective, starts_on=on, ends_on=ends_on, price_terms=PRICES, signed_on=on)
    mandates.register_for_all(households, given, viewer=_viewer(CLERK, on), now=_at(on))
    annex = land.annex(households)
    parties = Parties(
        receiver_household_id=None,
        receiver_organisation_id=collective,
        provider_id=land.organisations[PROVIDER],
        annex=annex,
        area=Mu(sum(row.area for row in annex)),
        place="全村耕地",
    )
    return details_of(PLAN, parties, calendar)


def _hands(provider_id: int, on: date) -> tuple[Machine, Operator]:
    keeper, now = _viewer("hanxiaomei", on), _at(on)
    machine = machinery.MachineDetails(
        provider_id=provider_id,
        kind=MachineKind.TRACTOR,
        model="东方红 LX1804",
        plate="鲁M-08231",
        terminal_number=TERMINAL,
        width_cm=WIDTH_CM,
        daily_capacity=Mu(2000_00),
    )
    operator = machinery.OperatorDetails(
        provider_id=provider_id, name="董传喜", licence_number="371681-88231", licence_class="G1"
    )
    return (
        machinery.keep_machine(Machine(), machine, viewer=keeper, now=now),
        machinery.keep_operator(Operator(), operator, viewer=keeper, now=now),
    )
