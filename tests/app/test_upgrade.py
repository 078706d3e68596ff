"""An upgrade backs up, migrates, checks and marks; what is killed half-way goes on or is taken back."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from app import schema, upgrade
from app.config import Settings

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class PowerCut(BaseException):
    """The machine went off."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """A database of an older program: it has a table with one row, and no revision."""
    made = create_engine(settings.database)
    with made.begin() as connection:
        connection.execute(text("create table heirloom (id integer primary key, name varchar(20))"))
        connection.execute(text("insert into heirloom (name) values ('老账本')"))
    yield made
    made.dispose()


def run(
    engine: Engine,
    settings: Settings,
    *,
    findings: tuple[str, ...] = (),
    migrate: Callable[[Engine], None] = schema.move_to,
) -> list[str]:
    said: list[str] = []
    upgrade.upgrade(engine, settings, now=NOW, check=lambda: list(findings), say=said.append, migrate=migrate)
    return said


def cut_the_power(_engine: Engine) -> None:
    raise PowerCut


def test_an_upgrade_says_what_it_did_and_leaves_a_copy(engine: Engine, settings: Settings) -> None:
    said = run(engine, settings)

    assert schema.current(engine) == schema.head()
    copies = list((settings.home / "backups").glob("before-upgrade-*.db"))
    assert len(copies) == 1
    assert str(copies[0]) in said[0]
    assert upgrade.unfinished(settings.home) is None


def test_a_second_upgrade_has_nothing_to_do(engine: Engine, settings: Settings) -> None:
    run(engine, settings)

    assert run(engine, settings) == ["数据库已是最新版本，不需要升级。"]


def test_nothing_starts_on_a_database_that_is_half_upgraded(engine: Engine, settings: Settings) -> None:
    with pytest.raises(PowerCut):
        run(engine, settings, migrate=cut_the_power)

    with pytest.raises(upgrade.UpgradeUnfinished, match="2026-11-23 09:00:00 开始的升级未走完"):
        upgrade.require_finished(settings.home)


def test_after_a_power_cut_the_upgrade_goes_on_with_its_first_copy(
    engine: Engine, settings: Settings
) -> None:
    with pytest.raises(PowerCut):
        run(engine, settings, migrate=cut_the_power)

    said = run(engine, settings)

    assert said[0].startswith("接着完成 2026-11-23 09:00:00 开始的升级")
    assert len(list((settings.home / "backups").iterdir())) == 1
    upgrade.require_finished(settings.home)


def test_an_upgrade_whose_check_fails_stays_closed_and_can_be_taken_back(
    engine: Engine, settings: Settings
) -> None:
    with pytest.raises(upgrade.UpgradeFailedCheck, match="密钥：缺失；请运行"):
        run(engine, settings, findings=("密钥：缺失。",))
    with pytest.raises(upgrade.UpgradeUnfinished):
        upgrade.require_finished(settings.home)

    upgrade.restore(engine, settings)

    upgrade.require_finished(settings.home)
    assert schema.current(engine) is None
    with engine.connect() as connection:
        assert connection.execute(text("select name from heirloom")).scalar() == "老账本"


def test_there_is_nothing_to_take_back_without_an_unfinished_upgrade(
    engine: Engine, settings: Settings
) -> None:
    with pytest.raises(upgrade.NothingToRestore):
        upgrade.restore(engine, settings)


def test_an_empty_database_is_not_upgraded_but_set_up(settings: Settings) -> None:
    engine = create_engine(settings.database)

    with pytest.raises(schema.DatabaseEmpty):
        run(engine, settings)
    engine.dispose()
