"""Freezing a contract: from its rows to the plain values that its papers are drawn of."""

from datetime import datetime

from coop.contracts import queries
from coop.contracts.models import (
    AnnexHousehold,
    AnnexParcel,
    Contract,
    ContractRevision,
    MenuLine,
)
from coop.contracts.rules import money
from coop.contracts.rules.terms import LATE_FEE_MOST
from coop.contracts.service.drafting import details_of, flush
from coop.contracts.snapshot import (
    AnnexHouseholdSnapshot,
    AnnexParcelSnapshot,
    ContractSnapshot,
    MenuLineSnapshot,
    PartySnapshot,
)
from coop.households.models import Household
from coop.households.rules import IdKind, group_name
from coop.organisations.models import Organisation
from foundation.database.engine import db
from foundation.divisions.queries import paths
from foundation.divisions.rules import DivisionPath
from foundation.values.area import Mu
from foundation.values.money import per_mu

COUNTY = 2
"""Where the county stands in the names from the province down."""


def freeze(contract: Contract, *, now: datetime) -> ContractRevision:
    """Freeze the contract as its rows stand into the next revision, and make that the current one."""
    flush()
    whole = queries.reload(contract.id)
    number = max((revision.number for revision in whole.revisions), default=0) + 1
    frozen = snapshot_of(whole, number)
    revision = ContractRevision(
        contract_id=whole.id, number=number, snapshot=frozen.write(), digest=frozen.digest, frozen_at=now
    )
    db.session.add(revision)
    whole.revision = number
    flush()
    return revision


def snapshot_of(contract: Contract, revision: int) -> ContractSnapshot:
    """Return everything that the papers of a whole contract print."""
    details = details_of(contract)
    places = paths({contract.division_code, *(row.household.division_code for row in contract.annex)})
    here = places[contract.division_code]
    is_menu = bool(details.menu)
    return ContractSnapshot(
        number=contract.number or "",
        revision=revision,
        county=here.names[COUNTY] if len(here.names) > COUNTY else here.name,
        place=contract.place,
        village=here.short,
        mode=contract.mode,
        nature=contract.nature,
        receiver_kind=contract.receiver_kind,
        receiver=_receiver(contract),
        provider=party_of_organisation(contract.provider),
        printed_first=contract.printed_first,
        upstream_number=(contract.upstream.number or "") if contract.upstream else "",
        years=money.contract_years(details.term),
        household_count=contract.household_count,
        parcel_count=sum(len(row.parcels) for row in contract.annex),
        yearly_price=money.yearly_price(details),
        yearly_amount=money.total(details) if is_menu else per_mu(money.yearly_price(details), contract.area),
        total=contract.total,
        menu=tuple(_line(line) for line in contract.menu),
        balance=money.balance(details),
        late_fee_most=LATE_FEE_MOST,
        annex=tuple(_household(row, places[row.household.division_code]) for row in contract.annex),
        signed_on=contract.signed_on,
        effective_on=contract.effective_on,
        filed_on=contract.filed_on,
        **{name: getattr(details, name) for name in AS_AGREED},
    )


AS_AGREED = (
    "crops",
    "starts_on",
    "ends_on",
    "area",
    "package",
    "rent",
    "share",
    "deposit",
    "payment_mode",
    "payments",
    "late_fee",
    "dispute",
    "free_terms",
    "standards",
)
"""The terms that go into the snapshot as they are."""


def _receiver(contract: Contract) -> PartySnapshot:
    if contract.receiver_household is not None:
        return party_of_household(contract.receiver_household)
    if contract.receiver_organisation is None:
        raise LookupError(contract.id)
    return party_of_organisation(contract.receiver_organisation)


def party_of_household(household: Household) -> PartySnapshot:
    """Return a household as a contract prints it."""
    return PartySnapshot(
        name=household.head_name,
        is_household=True,
        representative=household.head_name,
        id_number=household.id_number or "",
        address=household.address,
        phone=household.phone or "",
        bank_name=household.bank_name,
        bank_account=household.bank_account or "",
    )


def party_of_organisation(organisation: Organisation) -> PartySnapshot:
    """Return an organisation as a contract prints it."""
    return PartySnapshot(
        name=organisation.name,
        is_household=False,
        representative=organisation.legal_representative,
        id_number=organisation.representative_id or "",
        credit_code=organisation.credit_code or "",
        address=organisation.address,
        phone=organisation.phone or "",
        bank_name=organisation.bank_name,
        bank_account=organisation.bank_account or "",
    )


def _line(line: MenuLine) -> MenuLineSnapshot:
    return MenuLineSnapshot(
        link=line.link.name,
        season=line.season.label,
        crop=line.season.crop.name,
        price=line.price,
        area=line.area,
        passes=line.passes,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        amount=line.amount,
    )


def _household(row: AnnexHousehold, village: DivisionPath) -> AnnexHouseholdSnapshot:
    household = row.household
    return AnnexHouseholdSnapshot(
        name=household.head_name,
        id_masked=masked_id(household.id_number or "", household.id_kind),
        phone_masked=masked_phone(household.phone or ""),
        village=village.name,
        group=group_name(household.group_number),
        code=household.code or "",
        mandate_number=row.mandate.number if row.mandate else "",
        area=Mu(row.area),
        parcels=tuple(_parcel(parcel) for parcel in row.parcels),
    )


def masked_id(number: str, kind: IdKind) -> str:
    """Return an ID as the annex prints it: the first six and the last four, never the day of birth."""
    if kind is IdKind.RESIDENT_ID and len(number) == 18:  # noqa: PLR2004 - GB 11643
        return f"{number[:6]}********{number[-4:]}"
    return "*" * max(len(number) - 4, 0) + number[-4:]


def masked_phone(number: str) -> str:
    """Return a telephone number with its middle hidden."""
    return f"{number[:3]}****{number[-4:]}" if len(number) > 7 else "*" * len(number)  # noqa: PLR2004


def _parcel(row: AnnexParcel) -> AnnexParcelSnapshot:
    parcel = row.parcel
    return AnnexParcelSnapshot(
        code=parcel.code,
        name=parcel.name,
        land_contract=parcel.land_contract.code if parcel.land_contract else "",
        east=parcel.east,
        south=parcel.south,
        west=parcel.west,
        north=parcel.north,
        land_class=parcel.land_class,
        grade=parcel.grade,
        title_area=parcel.title_area,
        measured_area=parcel.measured_area,
        area=row.area,
        basis=row.basis,
    )
