"""What ``static/js/drafts.js`` talks to: keep, fetch and discard the draft of a form."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from foundation.access.gate import current_viewer, signed_in
from foundation.clock import now
from foundation.database.engine import db
from foundation.drafts import queries, service

blueprint = Blueprint("drafts", __name__, url_prefix="/drafts")


@blueprint.get("/<key>")
@signed_in
def show(key: str) -> ResponseReturnValue:
    """Return the viewer's draft of a form, or an empty object."""
    draft = queries.find_draft(current_viewer(), key)
    if draft is None:
        return jsonify({})
    return jsonify(fields=service.fields_of(draft), saved_at=draft.saved_at.isoformat())


@blueprint.post("/<key>")
@signed_in
def keep(key: str) -> ResponseReturnValue:
    """Keep what was typed and say when."""
    fields = service.read_fields(request.get_json(silent=True))
    draft = service.keep(key, fields, viewer=current_viewer(), now=now())
    db.session.commit()
    return jsonify(saved_at=draft.saved_at.isoformat())


@blueprint.post("/<key>/discard")
@signed_in
def discard(key: str) -> ResponseReturnValue:
    """Let the draft go."""
    service.discard(key, viewer=current_viewer())
    db.session.commit()
    return "", 204
