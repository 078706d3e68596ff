"""The checks of the doctor, in the order a person would make them: ground first, then what stands on it."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from app import schema, upgrade
from app.config import Settings
from app.doctor.findings import Finding, Verdict
from coop.households.models import Household, HouseholdMember
from coop.organisations.models import Organisation
from coop.trusteeship.queries import recount
from foundation.accounts.models import Account
from foundation.database.engine import db
from foundation.divisions.models import Division
from foundation.errors import DomainError
from foundation.journal import queries as journal
from foundation.secrets import keyring
from foundation.typesetting import faces
from foundation.vendored import damaged_files, vendored_files

STATIC = schema.MIGRATIONS.parent / "static"
LEAST_FREE = 200_000_000
COMFORTABLE_FREE = 2_000_000_000
OTHERS_MAY_READ = 0o077


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """What is looked over: the settings and the database of one installation."""

    settings: Settings
    engine: Engine


Check = Callable[[Patient], Finding]


def examine(app: Flask, checks: Sequence[Check] = ()) -> list[Finding]:
    """Look over the installation of ``app``; a check that itself fails is a fault, not the end."""
    settings: Settings = app.extensions["settings"]
    with app.app_context():
        patient = Patient(settings=settings, engine=db.engine)
        return [_made(check, patient) for check in checks or CHECKS]


def _made(check: Check, patient: Patient) -> Finding:
    name = check.__name__
    try:
        return check(patient)
    except DomainError as refusal:
        return _fault(name, TITLES[name], str(refusal))
    except (SQLAlchemyError, OSError) as error:
        reason = getattr(error, "orig", None) or error
        return _fault(name, TITLES[name], f"检查无法进行：{reason}", "先解决前面列出的故障，再重新检查。")


def _sound(name: str, sentence: str) -> Finding:
    return Finding(name=name, title=TITLES[name], verdict=Verdict.SOUND, sentence=sentence)


def _notice(name: str, sentence: str, cure: str = "") -> Finding:
    return Finding(name=name, title=TITLES[name], verdict=Verdict.NOTICE, sentence=sentence, cure=cure)


def _fault(name: str, title: str, sentence: str, cure: str = "") -> Finding:
    return Finding(name=name, title=title, verdict=Verdict.FAULT, sentence=sentence, cure=cure)


def disk(patient: Patient) -> Finding:
    """Room for the database to grow and for backups."""
    free = shutil.disk_usage(patient.settings.home).free
    sentence = f"数据目录所在磁盘还有 {free / 1e9:.1f} GB。"
    if free < LEAST_FREE:
        return _fault("disk", TITLES["disk"], sentence, "请立即清理磁盘或扩容，否则数据无法写入。")
    if free < COMFORTABLE_FREE:
        return _notice("disk", sentence, "请安排清理或扩容。")
    return _sound("disk", sentence)


def keys(patient: Patient) -> Finding:
    """The keys of the sealed columns: there, private, and the ones the rows were sealed with."""
    file = patient.settings.keyring_file
    ring = keyring.load(file)
    if ring.open(ring.seal("社村通")) != "社村通":
        return _fault("keys", TITLES["keys"], "密钥不能正常加解密。", "请恢复备份的密钥文件。")
    if file.stat().st_mode & OTHERS_MAY_READ:
        return _notice("keys", f"密钥文件 {file} 可被其他系统用户读取。", f"请运行：chmod 600 {file}")
    return _sound("keys", f"密钥齐全，当前为第 {ring.version} 版。")


def database(patient: Patient) -> Finding:
    """The database answers and its pages are whole."""
    with patient.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            version = connection.exec_driver_sql("SHOW server_version").scalar()
            return _sound("database", f"PostgreSQL {version}，连接正常。")
        verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if verdict != "ok":
        return _fault(
            "database", TITLES["database"], f"数据库文件损坏：{verdict}", "请停止服务并恢复最近的备份。"
        )
    if broken is not None:
        return _fault(
            "database", TITLES["database"], f"表 {broken[0]} 引用了不存在的记录。", "请联系维护人员。"
        )
    return _sound("database", "SQLite 文件完整。")


def migrations(patient: Patient) -> Finding:
    """The tables are those the program expects."""
    schema.require_current(patient.engine)
    return _sound("migrations", f"数据库版本 {schema.head()}，与程序一致。")


def unfinished_upgrade(patient: Patient) -> Finding:
    """No upgrade was left half-way."""
    upgrade.require_finished(patient.settings.home)
    return _sound("unfinished_upgrade", "没有未完成的升级。")


def sealed_columns(_patient: Patient) -> Finding:
    """A row sealed earlier opens with the keys of today."""
    sealed = (select(column).where(column.is_not(None)).limit(1) for column in SEALED)
    opened = [db.session.scalar(each) for each in sealed]
    return _sound("sealed_columns", "已存的敏感信息可以读取。" if any(opened) else "尚无敏感信息。")


def journal_chain(_patient: Patient) -> Finding:
    """No entry of the journal was changed, removed or inserted."""
    broken = journal.verify(db.session())
    if broken is None:
        return _sound("journal_chain", "操作日志逐条相连，没有被改动。")
    sentence = f"操作日志第 {broken.entry_id} 条起不可信：{broken.fault}。"
    return _fault("journal_chain", TITLES["journal_chain"], sentence, "请保护现场，并与异地备份核对这一条。")


def vendored(_patient: Patient) -> Finding:
    """Fonts and browser libraries are the ones that were shipped."""
    damaged = damaged_files(STATIC)
    if damaged:
        sentence = f"自带文件被改动或缺失：{'、'.join(damaged[:5])}{' 等' if len(damaged) > 5 else ''}。"  # noqa: PLR2004
        return _fault(
            "vendored", TITLES["vendored"], sentence, "请从安装包恢复这些文件（git checkout static）。"
        )
    return _sound("vendored", f"{len(vendored_files(STATIC))} 个自带文件与清单一致。")


def fonts(patient: Patient) -> Finding:
    """Every role of the official look has a face."""
    faces.use_font_folder(patient.settings.fonts)
    used = faces.faces_in_use()
    problems = [f"{face.role.label}：{face.problem}" for face in used if face.problem]
    sentence = "、".join(f"{face.role.label}用{face.name}" for face in used)
    if problems:
        return _notice(
            "fonts",
            f"{sentence}。{'；'.join(problems)}",
            "请把可用的 TrueType 字体放进 SHECUN_FONTS 文件夹。",
        )
    return _sound("fonts", sentence + "。")


def glyphs(_patient: Patient) -> Finding:
    """Every character of the names that papers print can be printed."""
    unprintable: set[str] = set()
    count = 0
    for column in NAMES:
        for name in db.session.scalars(select(column).execution_options(yield_per=5000)):
            count += 1
            unprintable |= faces.unprintable(name)
    if unprintable:
        shown = "、".join(f"{char}（U+{ord(char):04X}）" for char in sorted(unprintable)[:10])
        return _notice(
            "glyphs",
            f"有 {len(unprintable)} 个字印不出来：{shown}。",
            "请在 SHECUN_FONTS 文件夹放入含有这些字的字体。",
        )
    return _sound("glyphs", f"{count} 个名称中的字都能打印。")


def acreage(_patient: Patient) -> Finding:
    """The acreage summary is what a recount of the accepted work comes to, row by row."""
    difference = recount.first_difference()
    if difference is None:
        return _sound("acreage", "托管面积汇总与明细重算一致。")
    sentence = (
        f"托管面积汇总与明细重算不一致：{difference.place}的{difference.figure}"
        f"记为 {difference.kept}，重算为 {difference.recounted}。"
    )
    return _fault(
        "acreage",
        TITLES["acreage"],
        sentence,
        "请在托管面积页对该项目执行“重算”并说明理由；仍不一致的，请联系维护人员。",
    )


NAMES = [Division.name, Account.name, Organisation.name, Household.head_name, HouseholdMember.name]
"""The columns whose text goes onto paper."""

SEALED = [Household.id_number, HouseholdMember.id_number, Account.phone]
"""One row of each shows whether the keys are those that the rows were sealed with."""

TITLES = {
    "disk": "磁盘",
    "keys": "密钥",
    "database": "数据库",
    "migrations": "数据库版本",
    "unfinished_upgrade": "升级",
    "sealed_columns": "敏感信息",
    "journal_chain": "操作日志",
    "vendored": "自带文件",
    "fonts": "字体",
    "glyphs": "生僻字",
    "acreage": "托管面积",
}

CHECKS: tuple[Check, ...] = (
    disk,
    keys,
    database,
    unfinished_upgrade,
    migrations,
    sealed_columns,
    journal_chain,
    vendored,
    fonts,
    glyphs,
    acreage,
)

AFTER_UPGRADE: tuple[Check, ...] = (keys, database, migrations, sealed_columns, journal_chain)
"""What must be sound before an upgraded database is opened to its users."""
