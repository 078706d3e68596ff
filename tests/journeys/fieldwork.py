"""What people do in the season's journey, over HTTP, each on the day on which it happens."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.sample import PASSWORD
from coop.acceptance.models import AcceptanceSlip, Dispute
from coop.operations.models import OrderLine, WorkOrder
from foundation import clock
from foundation.accounts.models import Account
from foundation.database.engine import db, writing
from tests.coop.tracks.builders import as_gpx, lay_out, on_day, worked
from tests.journeys.ground import APPROVER, CLERK, TERMINAL, Ground
from tests.journeys.registers import GUCHENG

CODE = re.compile(r"(?:[3-9A-Z]{4}-\s*){4}[3-9A-Z]{4}")
DONE, PARTLY, NOT_DONE = "done", "partly", "not_done"


def png(number: int) -> tuple[BytesIO, str]:
    """A picture of a fingerprint unlike every other."""
    head = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")
    body = bytes.fromhex("0000000d49444154789c626001000000ffff03000006000557bfabd4")
    tail = bytes.fromhex("0000000049454e44ae426082")
    return BytesIO(head + body + tail + number.to_bytes(4, "big")), f"手印{number}.png"


@dataclass
class Fieldwork:
    """The clerk, the approver and the village, and the day on the office wall."""

    app: Flask
    ground: Ground
    day: date
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def move_to(self, day: date) -> None:
        """Let days pass; nobody stays logged in."""
        self.day = day
        self.clients.clear()

    def now(self, _zone: object = None) -> datetime:
        """Two in the afternoon of the day, in China."""
        return datetime.combine(self.day, time(6), UTC)

    @contextmanager
    def rows(self) -> Iterator[None]:
        """Look into the database, or lay something down in it."""
        with self.app.app_context():
            writing.set(True)
            yield
            db.session.commit()
            db.session.remove()

    def as_person(self, login_name: str) -> FlaskClient:
        """Return a person's browser, logged in."""
        if login_name not in self.clients:
            with self.rows():
                db.session.execute(update(Account).values(password_changed_at=self.now()))
            client = self.app.test_client()
            typed = {"login_name": login_name, "password": PASSWORD}
            assert client.post("/foundation/accounts/login", data=typed).status_code == 302
            self.clients[login_name] = client
        return self.clients[login_name]

    def post(self, address: str, data: Mapping[str, object], person: str = CLERK) -> TestResponse:
        """Send a form and see it accepted."""
        sent = self.as_person(person).post(address, data=data)
        assert sent.status_code in (200, 302), words_of(sent)
        return sent

    def plan(self, link: str, pass_number: int) -> int:
        """Plan and issue the order of the whole village for one pass of a link, and return it."""
        asked = {
            "season": self.ground.season_id,
            "link": self.ground.links[link],
            "pass_number": pass_number,
            "starts_on": self.day,
            "ends_on": self.day + timedelta(days=6),
            "division": GUCHENG.code,
        }
        address = "/coop/operations/plan?" + "&".join(f"{key}={value}" for key, value in asked.items())
        hands = {"operator": self.ground.operator_id, "machine": self.ground.machine_id}
        planned = self.post(address, {"villages": GUCHENG.code, **hands})
        order_id = int(planned.headers["Location"].rsplit("/", 1)[1])
        with self.rows():
            version = db.session.get_one(WorkOrder, order_id).version
        self.post(f"/coop/operations/{order_id}/issue", {"version": version})
        return order_id

    def report(self, order_id: int, worked_on: date, said: Mapping[int, str] | None = None) -> None:
        """Enter every line not yet reported as planned, or with the mu said of it."""
        said, sent = said or {}, dict[str, object]()
        for line in self.lines(order_id):
            if line.result is None:
                sent |= {
                    f"line-{line.id}-result": PARTLY if line.id in said else DONE,
                    f"line-{line.id}-area": said.get(line.id, f"{line.planned_area / 100:.2f}"),
                    f"line-{line.id}-reason": "地头积水未作业" if line.id in said else "",
                    f"line-{line.id}-version": line.version,
                }
        hands = {"machine": self.ground.machine_id, "operator": self.ground.operator_id}
        head = {"act": "save", "worked_on": worked_on, "exception_reason": "大型机组连续作业", **hands}
        self.post(f"/coop/operations/{order_id}/report", {**head, **sent})

    def drive(self, order_id: int, count: int, worked_on: date) -> None:
        """Lay out the first fields of an order, drive over them, and hand the terminal's file in."""
        with self.rows():
            order = db.session.get_one(WorkOrder, order_id)
            lay_out(order, *([1.0] * count), *([0.0] * order.parcel_count))
            file = as_gpx(on_day(worked(order, last=count - 1), worked_on), terminal=TERMINAL)
        self.post(
            f"/coop/tracks/of/{order_id}/new", {"file": (BytesIO(file), "轨迹.gpx"), "remark": "同车作业"}
        )

    def codes(self, order_id: int) -> list[str]:
        """Print the slips and read the codes off the paper."""
        printed = self.post(f"/coop/acceptance/orders/{order_id}/slips", {})
        return [
            code
            for page in PdfReader(BytesIO(printed.data)).pages
            for code in CODE.findall(page.extract_text())
        ]

    def answer(self, code: str, said: Mapping[int, str] | None = None) -> None:
        """Answer by telephone, without an account: everything as reported, or some lines otherwise."""
        telephone, said = self.app.test_client(), said or {}
        address = f"/coop/acceptance/reply/{code}"
        page = telephone.get(address).get_data(as_text=True)
        ids = {int(one) for one in re.findall(r'name="verdict-(\d+)"', page)}
        assert ids
        sent = {f"verdict-{one}": "accepted" for one in ids}
        for one, area in said.items():
            sent |= {f"verdict-{one}": "smaller" if area else "not_done", f"area-{one}": area}
        sent |= {"respondent": "farmer", "satisfaction": "5"}
        assert (
            telephone.post(
                address, data=sent, environ_base={"REMOTE_ADDR": f"10.0.{len(code)}.9"}
            ).status_code
            == 303
        )

    def record_paper(self, slip: SimpleNamespace, number: int) -> None:
        """Enter a slip that was signed on paper."""
        self.post(
            f"/coop/acceptance/{slip.id}/paper",
            {
                "all": "1",
                "respondent": "farmer",
                "signed_on": self.day,
                "version": slip.version,
                "picture": png(number),
                "exception_reason": "村里集中签字",
            },
        )

    def tell(self, slips: Sequence[SimpleNamespace]) -> None:
        """Tell households that their work waits for their word."""
        chosen = {"selected": [slip.id for slip in slips], "on": self.day, "way": "paper"}
        self.post("/coop/acceptance/notice/save", chosen)

    def deem(self, slips: Sequence[SimpleNamespace]) -> None:
        """Let silence speak for those whose days are over."""
        self.post("/coop/acceptance/overdue", {"selected": [slip.id for slip in slips]}, APPROVER)

    def resolve(self, line_id: int, end: str) -> None:
        """End the dispute on a line."""
        with self.rows():
            open_one = select(Dispute).where(Dispute.line_id == line_id, Dispute.resolved_at.is_(None))
            dispute = db.session.scalars(open_one).one()
            number, version = dispute.id, dispute.version
        given = {
            "end": end,
            "version": version,
            "reason": "村两委、农户、机手到地头核实",
            "consent": png(9000 + number),
        }
        self.post(f"/coop/acceptance/disputes/{number}", given, APPROVER)

    def lines(self, order_id: int) -> list[SimpleNamespace]:
        """Return plain copies of the lines of an order."""
        own = select(OrderLine.__table__).where(OrderLine.order_id == order_id).order_by(OrderLine.position)
        with self.rows():
            return [SimpleNamespace(**row) for row in db.session.execute(own).mappings()]

    def slips(self, order_id: int) -> list[SimpleNamespace]:
        """Return plain copies of the slips of an order."""
        own = select(AcceptanceSlip.__table__).where(AcceptanceSlip.order_id == order_id)
        with self.rows():
            found = db.session.execute(own.order_by(AcceptanceSlip.id)).mappings()
            return [SimpleNamespace(**row) for row in found]


def words_of(sent: TestResponse) -> str:
    """Return what a page says, without its markup."""
    return re.sub(r"<[^>]+>|\s+", " ", sent.get_data(as_text=True))[:3000]


def let_days_pass(work: Fieldwork, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hang the journey's day on the one clock of the house."""
    monkeypatch.setattr(clock, "datetime", SimpleNamespace(now=work.now))
