"""The organisations that a row of machinery names: its provider, and whose the machine or person is."""

from collections.abc import Iterable, Mapping
from typing import Any

from coop.machinery.rules import MachineryPermission
from coop.organisations import queries as organisations
from coop.organisations.importing import check_place
from coop.organisations.models import Organisation
from foundation.errors import DomainError
from foundation.imports.importing import Field, Plan, Reading
from foundation.imports.rules import CheckedRow, ImportContext
from foundation.wording import N_


class UnknownOrganisation(DomainError):
    """组织名录中没有“%(text)s”；请填写登记的全称或统一社会信用代码，或先登记该组织。"""


class SeveralOrganisations(DomainError):
    """组织名录中有 %(count)s 个“%(text)s”；请改填统一社会信用代码。"""


class PrivateOwner(DomainError):
    """“机主（组织）”和“机主（个人）”只能填一个；请删去其中一个。"""


PROVIDER = Field(
    key="provider", title=N_("服务组织"), parse=str, required=True, note=N_("登记的全称或信用代码")
)


def known_parties(readings: Iterable[Reading], *keys: str) -> dict[str, list[Organisation]]:
    """Return the organisations that these rows name, by the text that names them."""
    texts = {text for reading in readings for key in keys if (text := reading.get(key))}
    found: dict[str, list[Organisation]] = {text: [] for text in texts}
    for one in organisations.namesakes(texts, texts):
        for text in {one.name, one.credit_code} & texts:
            found[str(text)].append(one)
    return found


def find_party(
    context: ImportContext, reading: Reading, key: str, known: dict[str, list[Organisation]]
) -> Organisation | None:
    """Return the organisation that a cell names; note what is wrong with it."""
    text: Any = reading.get(key)
    if not text:
        return None
    found = known[text]
    if len(found) > 1:
        here = [one for one in found if context.viewer.sees(MachineryPermission.EDIT, one.division_code)]
        found = here if len(here) == 1 else found
    if len(found) == 1:
        reading.given[key] = found[0].name
        return found[0]
    refusal = SeveralOrganisations(text=text, count=len(found)) if found else UnknownOrganisation(text=text)
    reading.refuse(key, refusal)
    return None


def find_provider(
    context: ImportContext, reading: Reading, known: dict[str, list[Organisation]]
) -> Organisation | None:
    """Return the provider of a row, which must lie where the person importing keeps machinery."""
    provider = find_party(context, reading, PROVIDER.key, known)
    if provider is not None:
        check_place(context, reading, PROVIDER.key, provider.division_code, MachineryPermission.EDIT)
    return provider


def with_parties(verdict: CheckedRow, **parties: Organisation | None) -> CheckedRow:
    """Return a verdict whose payload also carries the numbers of the organisations its cells named."""
    if verdict.payload is None:
        return verdict
    numbers = {key: one.id for key, one in parties.items() if one is not None}
    return verdict._replace(payload={**verdict.payload, **numbers})


def parties_of(payload: Mapping[str, Any], plan: Plan, *names: str) -> dict[str, Any]:
    """Return the typed values of a packed row, the organisations by number instead of by name."""
    values = {key: value for key, value in plan.unpack(payload).items() if key not in names}
    numbers = {f"{name}_id": payload[f"{name}_id"] for name in names if f"{name}_id" in payload}
    return values | numbers
