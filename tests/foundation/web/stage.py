"""A house of two pages that shows the web kit without any feature: a list of plots and a form on one plot."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import flask_login
from flask import Blueprint, Flask, flash, redirect, render_template_string
from flask.typing import ResponseReturnValue
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader
from sqlalchemy import ForeignKey, create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app import errors, languages, security
from app.config import Settings
from app.home import views as home
from foundation.access import gate
from foundation.access.grants import CodeRange, Grant, Viewer
from foundation.database.engine import db
from foundation.database.paging import Sort, fetch_page
from foundation.errors import StaleVersion
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.web import fields, forms, listing, pages, todos
from foundation.web.conflict import conflict_page
from foundation.web.menu import Door, MenuEntry
from foundation.wording import Term

ROOT = Path(__file__).resolve().parents[3]


class Crop(Term):
    """What grows."""

    WHEAT = "wheat", "小麦"
    MAIZE = "maize", "玉米"


CROPS = {crop.value: crop for crop in Crop}


class PlotPermission(Term):
    """What one may do with plots."""

    VIEW = "plots.view", "查看地块"


@dataclass
class Plot:
    """A row of the stage, kept in memory."""

    id: int
    code: str
    name: str
    crop: Crop
    area: Mu
    fee: Fen
    sown_on: date
    version: int = 1
    note: str = ""
    is_irrigated: bool = False


class PlotForm(forms.EditForm):
    """Everything about a plot."""

    name = fields.TextField("名称", [forms.Required()], limit=20)
    crop = fields.TermField("作物", [forms.Required()], terms=Crop)
    area = fields.MuField("面积", [forms.Required()], description="以合同面积为准")
    fee = fields.YuanField("服务费")
    sown_on = fields.DateField("播种日期")
    is_irrigated = fields.CheckField("水浇地")
    owner = fields.PickerField("承包户", source="/plots/owners")
    note = fields.LongTextField("备注")


class PlotQuery(forms.QueryForm):
    """What plots are asked for by."""

    name = fields.TextField("名称")
    crop = fields.TermField("作物", terms=Crop, blank="全部")
    sown_from = fields.DateField("播种自")


COLUMNS = (
    listing.Column(key="code", label="编码", link=True, sortable=True),
    listing.Column(key="name", label="名称"),
    listing.Column(key="crop", label="作物", kind=listing.CellKind.TERM),
    listing.Column(key="area", label="面积（亩）", kind=listing.CellKind.MU, sortable=True),
    listing.Column(key="fee", label="服务费（元）", kind=listing.CellKind.YUAN, sortable=True),
    listing.Column(key="sown_on", label="播种日期", kind=listing.CellKind.DATE, sortable=True),
    listing.Column(key="state", label="状态", kind=listing.CellKind.OWN),
    listing.Column(key="note", label="备注", shown=False),
)

LIST = """{% extends "base.html" %}{% import "macros/table.html" as t with context %}
{% block title %}地块台账{% endblock %}
{% block actions %}<a class="btn btn-primary" href="/plots/1">新建地块</a>{% endblock %}
{% block content %}{{ t.query_bar(listing) }}
{% call(row, column) t.list(listing) %}<span class="state is-good">已播种 {{ row.id }}</span>
{% endcall %}{% endblock %}"""

EDIT = """{% extends "base.html" %}{% import "macros/form.html" as f with context %}
{% import "macros/detail.html" as d with context %}
{% block title %}修改地块{% endblock %}{% block way %}<li>修改</li>{% endblock %}
{% block scripts %}<script src="{{ asset('js/drafts.js') }}" defer></script>{% endblock %}
{% block content %}{{ f.start(form, draft="plots.edit:1", entry=true) }}{{ f.summary(form) }}
{% call f.group("基本信息", "带 * 的必须填写。") %}{{ f.field(form.name, autofocus=true) }}
{{ f.field(form.crop) }}
{{ f.field(form.area, unit="亩") }}{{ f.field(form.fee, unit="元") }}{{ f.field(form.sown_on) }}
{{ f.field(form.is_irrigated) }}{{ f.field(form.owner) }}{{ f.field(form.note) }}{% endcall %}
{{ f.buttons("保存", back="/plots/") }}{{ f.end() }}
{% call d.facts("登记信息") %}{{ d.fact("编码", "3716811012050300001") }}{{ d.fact("名称", "村东大块地") }}
{{ d.fact("备注", "") }}{% endcall %}
{% call d.section("办理记录") %}{{ d.timeline(acts) }}{{ d.progress(30, 120, "读取") }}
{{ f.act("作废", "/plots/1/void", confirm="确定作废？作废后不能恢复。", style="outline-danger",
  reason="作废原因") }}
{% endcall %}{{ d.why(viewer.grants) }}{% endblock %}"""

VIEWER = Viewer(
    account_id=7,
    name="王建国",
    grants=(
        Grant(
            role="合同经办",
            unit="焦桥供销合作社",
            unit_id=3,
            division="371681103000",
            permissions=frozenset({"plots.view"}),
            ranges=(CodeRange(lower="371681103000", upper="371681104000"),),
            since=date(2025, 1, 1),
        ),
    ),
)


class StageBase(DeclarativeBase):
    """The stage's own tables; they belong to no schema of the house."""


class PlotRow(StageBase):
    """A plot in a table, to be paged."""

    __tablename__ = "plot"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    crop: Mapped[str]
    area: Mapped[int]
    fee: Mapped[int]
    sown_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")


class Crossing(StageBase):
    """A row that belongs to a plot."""

    __tablename__ = "crossing"
    id: Mapped[int] = mapped_column(primary_key=True)
    plot_id: Mapped[int] = mapped_column(ForeignKey("plot.id"))


SORTS = {
    "code": (PlotRow.code,),
    "area": (PlotRow.area, PlotRow.id),
    "fee": (PlotRow.fee, PlotRow.id),
    "sown_on": (PlotRow.sown_on, PlotRow.id),
}


@contextmanager
def plots(count: int = 0) -> Iterator[Session]:
    """A database in memory with ``count`` plots, sown on few days, so that days repeat."""
    engine = create_engine("sqlite://")
    StageBase.metadata.create_all(engine)
    with Session(engine) as session:
        if count:
            session.execute(insert(PlotRow), [_row(number) for number in range(1, count + 1)])
        yield session
    engine.dispose()


def _row(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "code": f"{number:05d}",
        "name": f"第 {number} 块",
        "crop": list(Crop)[number % 2].value,
        "area": 100 + number * 7,
        "fee": 12_345 * number,
        "sown_on": date(2025, 10, 1 + number % 4),
    }


blueprint = Blueprint("plots", __name__, url_prefix="/plots")
stored = Plot(1, "00001", "村东大块地", Crop.WHEAT, Mu(1234), Fen(250_000), date(2025, 10, 3))


todos.offer_todos(
    blueprint, lambda _viewer, on: [todos.Todo(label="待审核合同", count=3, url="/plots/", due_on=on)]
)


@blueprint.get("/")
@gate.requires(PlotPermission.VIEW)
def index() -> ResponseReturnValue:
    """List the plots."""
    page = listing.ListPage(
        COLUMNS,
        query=PlotQuery(),
        sort="-sown_on",
        actions=(listing.BulkAction(label="导出", url="/plots/export"),),
    )
    key, downwards = page.order
    with plots(230) as session:
        statement = select(PlotRow)
        if name := page.query and page.query.values().get("name"):
            statement = statement.where(PlotRow.name.contains(name))
        sort = Sort(columns=SORTS[key], descending=downwards)
        found = fetch_page(session, statement, sort, page.cut, {"area": PlotRow.area, "fee": PlotRow.fee})
        session.expunge_all()
        for row in found.rows:
            row.crop = CROPS[row.crop]
        return render_template_string(LIST, listing=page.show(found))


@blueprint.post("/export")
@gate.requires(PlotPermission.VIEW)
def export() -> ResponseReturnValue:
    """Pretend to export."""
    flash("已导出。")
    return redirect("/plots/")


@blueprint.get("/owners")
@gate.requires(PlotPermission.VIEW)
def owners() -> ResponseReturnValue:
    """Search the owners."""
    return {"found": [{"key": key, "label": label} for key, label in find_owner("张")]}


def find_owner(text: str) -> list[tuple[str, str]]:
    """The two namesakes of the stage."""
    people = [("101", "张建国 · 东村 · 1组 · 尾号1234"), ("102", "张建国 · 西村 · 2组 · 尾号5678")]
    return [row for row in people if row[0] == text or text in row[1]]


@blueprint.route("/1", methods=["GET", "POST"])
@gate.requires(PlotPermission.VIEW)
def edit() -> ResponseReturnValue:
    """Edit the one plot."""
    form = PlotForm(obj=stored)
    form.owner.find = find_owner
    if form.validate_on_submit():
        try:
            _save(form)
        except StaleVersion:
            return conflict_page(form, PlotForm(None, obj=stored), subject=stored.code, who="李红")
        flash("已保存。")
        return redirect("/plots/")
    return render_template_string(EDIT, form=form, acts=ACTS)


ACTS = [
    {"at": datetime(2026, 3, 2, 1, 30, tzinfo=UTC), "act": "退回", "who": "李红", "reason": "面积与附件不符"}
]


def _save(form: PlotForm) -> None:
    if form.version.data != stored.version:
        raise StaleVersion
    for name in ("name", "crop", "area", "fee", "sown_on", "note", "is_irrigated"):
        setattr(stored, name, form[name].data)
    stored.version += 1


def make_stage(**config: Any) -> Flask:
    """The house of two pages."""
    stored.__init__(1, "00001", "村东大块地", Crop.WHEAT, Mu(1234), Fen(250_000), date(2025, 10, 3))  # type: ignore[misc]
    app = Flask("stage", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.from_mapping(
        SECRET_KEY="stage", SQLALCHEMY_DATABASE_URI="sqlite://", MAX_CONTENT_LENGTH=1 << 20, **config
    )
    app.jinja_loader = ChoiceLoader([FileSystemLoader(ROOT / "templates"), DictLoader({})])
    app.extensions["settings"] = Settings(home=Path())
    db.init_app(app)
    security.install(app)
    languages.install(app)
    login = flask_login.LoginManager(app)
    login.request_loader(lambda _request: VIEWER)
    gate.install(app)
    errors.install(app)
    app.register_blueprint(home.blueprint)
    app.register_blueprint(blueprint)
    entry = MenuEntry(
        door=Door.COOP,
        label="地块台账",
        endpoint="plots.index",
        permissions=(PlotPermission.VIEW,),
        quick=True,
    )
    pages.install(app, [*home.MENU, entry])
    return app
