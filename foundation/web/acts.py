"""Acts on a row: the POST of a button finds it, acts on it as its page showed it, and goes back there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import wtforms
from flask import flash, redirect
from flask.typing import ResponseReturnValue

from foundation.access.gate import current_viewer
from foundation.access.grants import Viewer
from foundation.clock import now
from foundation.database.engine import db
from foundation.errors import DomainError
from foundation.web.forms import Form

REFUSED = 422
Verb = Callable[..., object]


class ActForm(Form):
    """An act on a row as it was seen: its version."""

    version = wtforms.IntegerField(widget=wtforms.widgets.HiddenInput())


@dataclass(frozen=True, slots=True)
class ActsOn:
    """The acts on one kind of row.

    ``get`` finds the row for a viewer; ``page`` draws it, given the forms that were refused by their names;
    ``home`` is the address before the row's number.
    """

    get: Callable[[Viewer, int], object]
    page: Callable[..., str]
    home: str

    def act(self, row_id: int, verb: Verb, said: str) -> ResponseReturnValue:
        """Do an act that needs nothing but the version."""
        row = self.get(current_viewer(), row_id)
        verb(row, version=ActForm().version.data, viewer=current_viewer(), now=now())
        return self._done(row_id, said)

    def act_with(
        self, name: str, form: ActForm, row_id: int, verb: Verb, said: str, **values: Any
    ) -> ResponseReturnValue:
        """Do an act whose form has fields; a refusal stands on the page with everything that was typed."""
        row = self.get(current_viewer(), row_id)
        if form.validate():
            try:
                verb(row, version=form.version.data, viewer=current_viewer(), now=now(), **values)
            except DomainError as refusal:
                db.session.rollback()
                form.refuse("", refusal)
                row = self.get(current_viewer(), row_id)
            else:
                return self._done(row_id, said)
        return self.page(row, **{name: form}), REFUSED

    def _done(self, row_id: int, said: str) -> ResponseReturnValue:
        db.session.commit()
        flash(said)
        return redirect(f"{self.home}{row_id}")
