"""A paper kind of the tests: slips, whose rows are kept in a dictionary."""

import json

from foundation.access.grants import Viewer
from foundation.errors import NotFound
from foundation.papers.document import furniture
from foundation.papers.rules import Frozen, PaperKind, Seal, register
from foundation.typesetting import Document, Paragraph, Title
from foundation.wording import N_, Term
from tests.conftest import NOW
from tests.foundation.accounts.builders import COUNTY


class SlipPermission(Term):
    """The rights of the tests' slips."""

    VIEW = "tests.slips.view", N_("查看凭条")
    PRINT = "tests.slips.print", N_("打印凭条")


slips: dict[int, Frozen] = {}


def make_slip(
    subject_id: int = 1, name: str = "王𬭎", division_code: str = COUNTY, *, draft: bool = False
) -> Frozen:
    """A slip with this name on it, in place of what was there."""
    frozen = Frozen(
        subject_type="slip",
        subject_id=subject_id,
        number=f"凭〔2026〕{subject_id}号",
        division_code=division_code,
        dated_on=NOW.date(),
        snapshot=json.dumps({"name": name, "number": f"凭〔2026〕{subject_id}号"}, ensure_ascii=False),
        draft=draft,
    )
    slips[subject_id] = frozen
    return frozen


def _freeze(viewer: Viewer, subject_id: int) -> Frozen:
    found = slips.get(subject_id)
    if found is None or not viewer.sees(SlipPermission.VIEW, found.division_code, found.dated_on):
        raise NotFound
    return found


def _draw(snapshot: str, seal: Seal) -> Document:
    said = json.loads(snapshot)
    paper = Document(title=said["number"], furniture=furniture(seal, said["number"]))
    return paper.add(Title("凭条"), Paragraph(said["name"]))


def _summarise(snapshot: str) -> list[tuple[str, str]]:
    return [("姓名", json.loads(snapshot)["name"][0] + "＊")]


SLIP = register(
    PaperKind(
        name="tests.slip",
        label=N_("凭条"),
        sees=SlipPermission.VIEW,
        prints=SlipPermission.PRINT,
        page="/slips/",
        freeze=_freeze,
        draw=_draw,
        summarise=_summarise,
    )
)
