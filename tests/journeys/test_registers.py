"""The journeys' workbooks are as sound, and as faulty, as the journeys need them."""

from pathlib import Path

import pytest

from coop.parcels.rules import ParcelPermission
from foundation.clock import now, today
from foundation.imports import jobs, queries, service
from foundation.imports.models import ImportBatch
from foundation.imports.rules import Outcome
from foundation.imports.snapshot import unpacked
from foundation.postings.queries import viewer_of
from tests.foundation.accounts.builders import make_account, make_division, make_posting
from tests.journeys.registers import DAMAGED, GUCHENG, PlantedFaults, faulty_register, sound_register

pytestmark = pytest.mark.usefixtures("session")


def read(file: Path) -> ImportBatch:
    make_division(GUCHENG.code, "古城村委会")
    clerk = make_account()
    make_posting(clerk, ParcelPermission.IMPORT, division_code=GUCHENG.code)
    viewer = viewer_of(clerk, today())
    batch = service.start(
        "village-register", file.name, file.read_bytes(), viewer=viewer, now=now(), in_background=False
    )
    return jobs.read_now(batch, viewer, now(), lambda _done, _total: None)


def test_a_sound_register_is_all_new(tmp_path: Path) -> None:
    sound_register(tmp_path / GUCHENG.file)
    batch = read(tmp_path / GUCHENG.file)
    assert batch.counts == {Outcome.NEW: batch.total}


def test_each_planted_fault_is_refused_with_its_sentence(tmp_path: Path) -> None:
    sound_register(tmp_path / "sound.xlsx")
    planted: PlantedFaults = faulty_register(tmp_path / "faulty.xlsx", tmp_path / "sound.xlsx")
    batch = read(tmp_path / "faulty.xlsx")
    stopped = [row for sheet in range(5) for row in queries.stopped_rows(batch, sheet)]
    told = [fault.sentence for row in stopped for fault in unpacked(row.body).faults]
    assert any(f"校验位应为 {planted.expected_digit}" in sentence for sentence in told)
    assert any("被表格软件变成了 0" in sentence for sentence in told)
    assert any(planted.doubled_parcel in sentence for sentence in told)


def test_no_row_leans_on_a_household_whose_id_is_damaged(tmp_path: Path) -> None:
    sound_register(tmp_path / "sound.xlsx")
    faulty_register(tmp_path / "faulty.xlsx", tmp_path / "sound.xlsx")
    batch = read(tmp_path / "faulty.xlsx")
    stopped = [row for sheet in range(5) for row in queries.stopped_rows(batch, sheet)]
    told = [fault.sentence for row in stopped for fault in unpacked(row.body).faults]
    damaged = f"{GUCHENG.code}01{DAMAGED + 1:04}"
    assert any(f"承包方 {damaged} 既不在" in sentence for sentence in told)
