"""What the farmers of the sample county say of the work: by code, on paper or not at all; and a track."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from shapely.geometry import Polygon
from sqlalchemy import select

from app.sample.driving import track_csv
from app.sample.orders import APPROVER, CLERK, Handling
from app.sample.pictures import fingerprint
from app.sample.scripts import BY_TELEPHONE, TOLD, Turn
from app.sample.telling import days
from coop.acceptance import queries as slips
from coop.acceptance import service
from coop.acceptance.models import AcceptanceSlip, Dispute
from coop.acceptance.queries import disputes
from coop.acceptance.rules.terms import DisputeEnd, NoticeWay, Respondent, Verdict
from coop.acceptance.service import Answer, LineWord, PaperWord, Settlement, Speaker
from coop.operations.models import OrderLine
from coop.parcels.models import ParcelOutline
from coop.tracks import service as tracks
from coop.tracks.service import TrackTerms
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.geography import geojson
from foundation.geography.plane import centre_of
from foundation.values.area import Mu

DRIVEN = 0.86
"""What part of a doubted field the track shows."""


@dataclass
class Heard(Handling):
    """An order on which the households are heard; ``serial`` tells its pictures from all others."""

    serial: int = 0
    is_settled: bool = True
    """Whether disputes are resolved and silence is settled within the story."""

    def note(self) -> None:
        """Note every act after the window, day by day."""
        super().note()
        last = self.window.ends_on
        if any(turn is Turn.TRACKED for turn in self.turns.values()):
            self.note_if_past(last + days(2), self.drive)
        self.note_if_past(last + days(2), self.notify)
        self.note_if_past(last + days(4), self.answer)
        self.note_if_past(last + days(6), self.enter_papers)
        if self.is_settled:
            self.note_if_past(last + days(14), self.resolve)
            self.note_if_past(last + days(15), self.deem)

    def slips(self, *wanted: Turn) -> list[AcceptanceSlip]:
        """Return the slips of the households that take these turns."""
        return [one for one in slips.slips_of_order(self.order_id) if self.turns[one.household_id] in wanted]

    def notify(self, now: datetime) -> None:
        """The orders with their codes are brought to the households."""
        told = self.slips(*TOLD)
        service.notify(told, on=now.date(), way=NoticeWay.PAPER, viewer=self.viewer(CLERK, now), now=now)

    def answer(self, now: datetime) -> None:
        """Farmers answer by code; one owns to less than was reported, one to nothing."""
        for slip in self.slips(*BY_TELEPHONE):
            telephone = f"sample-{self.serial}-{slip.household_id}"
            words = _words(service.lines_of(slip), self.turns[slip.household_id])
            given = Answer(
                words=words,
                speaker=Speaker(respondent=Respondent.FARMER, satisfaction=5 - slip.household_id % 2),
                telephone=telephone,
                network=telephone,
            )
            service.answer(self.codes[slip.household_id], given, now=now)

    def enter_papers(self, now: datetime) -> None:
        """The clerk enters signed slips, each with the picture of its fingerprint."""
        clerk = self.viewer(CLERK, now)
        for slip in self.slips(Turn.ON_PAPER):
            given = PaperWord(
                words=_words(service.lines_of(slip), Turn.ON_PAPER),
                speaker=Speaker(respondent=Respondent.FARMER, satisfaction=4),
                signed_on=now.date() - days(1),
                picture=("指印.png", fingerprint(self.serial * 1000 + slip.household_id)),
            )
            service.record_paper(slip, given, version=slip.version, viewer=clerk, now=now)

    def resolve(self, now: datetime) -> None:
        """The director settles the disputes: one by the farmer's word, one by the written consent."""
        approver = self.viewer(APPROVER, now)
        own = select(Dispute.id).join(Dispute.line).where(OrderLine.order_id == self.order_id)
        for dispute_id in db.session.scalars(own.order_by(Dispute.id)).all():
            dispute = disputes.get(approver, dispute_id)
            service.resolve(dispute, self._settlement(dispute), version=None, viewer=approver, now=now)

    def _settlement(self, dispute: Dispute) -> Settlement:
        if dispute.claimed_area:
            reason = "现场丈量，地头沟占地未作业，按农户所说面积核定。"
            return Settlement(end=DisputeEnd.FARMER_RIGHT, reason=reason)
        consent = "书面认可.png", fingerprint(900_000 + dispute.id)
        reason = "机手与农户到地头核对，农户当时外出，书面认可已作业。"
        return Settlement(end=DisputeEnd.REPORT_RIGHT, reason=reason, consent=consent)

    def deem(self, now: datetime) -> None:
        """What nobody answered in its days is deemed accepted."""
        service.deem_overdue(self.slips(Turn.SILENT), viewer=self.viewer(APPROVER, now), now=now)

    def drive(self, now: datetime) -> None:
        """The terminal's track of a day: one field worked whole, one reported larger than it was driven."""
        tracked, doubted = self.lines(Turn.TRACKED)[:1], self.lines(Turn.DOUBTED)[:1]
        outlines = _outlines([*tracked, *doubted])
        machine, day = self.machine(), self.window.ends_on - days(1)
        parts = [(outlines[line.parcel_id], part) for line, part in ((tracked[0], 1.0), (doubted[0], DRIVEN))]
        content = track_csv(
            parts,
            centre=centre_of(parts[0][0]),
            width_cm=machine.width_cm or 0,
            spacing=(machine.width_cm or 0) / 150,
            terminal=machine.terminal_number or "",
            started_at=datetime.combine(day, time(7, 30), CHINA),
        )
        name = f"{machine.terminal_number}_{day:%Y%m%d}.csv"
        clerk = self.viewer(CLERK, now)
        tracks.import_track(self.order, name, content, TrackTerms(), viewer=clerk, now=now)


def _words(lines: Sequence[OrderLine], turn: Turn) -> tuple[LineWord, ...]:
    """Return a household's word on its lines: the first one may differ from what was reported."""
    accepted = [LineWord(line_id=line.id, verdict=Verdict.ACCEPTED) for line in lines]
    if turn is Turn.SMALLER:
        note = "地头沟没有作业，实际面积小一些。"
        area = Mu(lines[0].done_area * 9 // 10)
        accepted[0] = LineWord(line_id=lines[0].id, verdict=Verdict.SMALLER, area=area, note=note)
    if turn is Turn.DENIED:
        note = "这块地没有见机器来作业。"
        accepted[0] = LineWord(line_id=lines[0].id, verdict=Verdict.NOT_DONE, note=note)
    return tuple(accepted)


def _outlines(lines: Iterable[OrderLine]) -> Mapping[int, Polygon]:
    wanted = [line.parcel_id for line in lines]
    found = select(ParcelOutline).where(ParcelOutline.parcel_id.in_(wanted))
    return {row.parcel_id: geojson.read(row.geometry) for row in db.session.scalars(found)}
