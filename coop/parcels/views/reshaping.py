"""The pages that make several parcels of one and one of several."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.organisations.service import OutsideScope, ReasonMissing
from coop.parcels import queries, service
from coop.parcels.forms import MergeForm, SplitForm
from coop.parcels.models import Parcel
from coop.parcels.rules import ParcelPermission
from coop.parcels.views.frame import HOME, blueprint
from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.errors import DomainError

FIELD_OF: dict[type[DomainError], str] = {
    service.ReshapedInFuture: "on",
    ReasonMissing: "reason",
    OutsideScope: "",
    service.TooFewParcels: "others",
}


@blueprint.get("/<int:parcel_id>/split")
@requires(ParcelPermission.EDIT)
def split(parcel_id: int) -> ResponseReturnValue:
    """Ask which parts a parcel shall be split into; two are named already."""
    parcel = queries.get(current_viewer(), parcel_id)
    codes = queries.next_codes(parcel.code[:14], 2)
    parts = [{"code": code, "name": f"{parcel.name}-{n}"} for n, code in enumerate(codes, 1)]
    form = SplitForm(formdata=None, data={"parts": parts, "on": today(), "version": parcel.version})
    return _split_page(parcel, form)


@blueprint.post("/<int:parcel_id>/split")
@requires(ParcelPermission.EDIT)
def divide(parcel_id: int) -> ResponseReturnValue:
    """Split a parcel."""
    viewer, parcel, form = current_viewer(), queries.get(current_viewer(), parcel_id), SplitForm()
    if form.validate():
        try:
            made = service.split(
                parcel,
                form.details(),
                version=form.version.data or 0,
                on=form.on.data,
                reason=form.reason.data,
                viewer=viewer,
                now=now(),
            )
        except DomainError as refusal:
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            db.session.commit()
            flash(_("已分割为 %(n)s 块，面积合计不变。", n=len(made)))
            return redirect(f"{HOME}{parcel_id}")
    return _split_page(parcel, form), 422


def _split_page(parcel: Parcel, form: SplitForm) -> str:
    return render_template("coop/parcels/split.html", parcel=parcel, form=form)


@blueprint.get("/<int:parcel_id>/merge")
@requires(ParcelPermission.EDIT)
def merge(parcel_id: int) -> ResponseReturnValue:
    """Ask with which parcels of the same holder a parcel shall be merged."""
    parcel = queries.get(current_viewer(), parcel_id)
    data = {"name": parcel.name, "on": today(), "version": parcel.version}
    return _merge_page(parcel, _offered(MergeForm(formdata=None, data=data), parcel))


@blueprint.post("/<int:parcel_id>/merge")
@requires(ParcelPermission.EDIT)
def join(parcel_id: int) -> ResponseReturnValue:
    """Merge a parcel with others."""
    viewer, parcel = current_viewer(), queries.get(current_viewer(), parcel_id)
    form = _offered(MergeForm(), parcel)
    if form.validate():
        versions = form.versions() | {parcel.id: form.version.data or 0}
        others = queries.by_ids(form.versions())
        try:
            made = service.merge(
                [parcel, *others.values()],
                form.details(),
                versions=versions,
                on=form.on.data,
                reason=form.reason.data,
                viewer=viewer,
                now=now(),
            )
        except DomainError as refusal:
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            db.session.commit()
            flash(_("已合并 %(n)s 块，面积合计不变。", n=len(versions)))
            return redirect(f"{HOME}{made.id}")
    return _merge_page(parcel, form), 422


def _offered(form: MergeForm, parcel: Parcel) -> MergeForm:
    form.offer(queries.joinable(parcel))
    return form


def _merge_page(parcel: Parcel, form: MergeForm) -> str:
    return render_template("coop/parcels/merge.html", parcel=parcel, form=form)
