"""Services share a data folder; an upgrade has it alone."""

from pathlib import Path

import pytest

from app import occupancy


def test_two_services_share_a_data_folder(tmp_path: Path) -> None:
    with occupancy.sharing(tmp_path), occupancy.sharing(tmp_path):
        pass


def test_an_upgrade_waits_for_no_service_but_refuses(tmp_path: Path) -> None:
    with (
        occupancy.sharing(tmp_path),
        pytest.raises(occupancy.HomeInUse, match="请先停止服务"),
        occupancy.alone(tmp_path),
    ):
        pass


def test_no_service_starts_during_an_upgrade(tmp_path: Path) -> None:
    with (
        occupancy.alone(tmp_path),
        pytest.raises(occupancy.HomeBeingChanged),
        occupancy.sharing(tmp_path),
    ):
        pass


def test_a_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    with occupancy.alone(tmp_path):
        pass
    with occupancy.sharing(tmp_path):
        pass
