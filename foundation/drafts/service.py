"""Keeping, and letting go of, what was typed and not yet saved."""

import json
from collections.abc import Sequence
from datetime import datetime

from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.drafts.models import Draft
from foundation.drafts.queries import drafts_of, find_draft
from foundation.drafts.rules import MOST_BYTES, MOST_DRAFTS, is_key
from foundation.errors import InvalidValue

Fields = Sequence[tuple[str, str]]
"""The names and values of a form's boxes in their order."""


class NoDraftKey(InvalidValue):
    """“%(key)s”不是表单的草稿名称，草稿没有保存；请刷新页面后再填。"""


class DraftTooLarge(InvalidValue):
    """内容超过 %(limit)s MB，草稿没有保存；请先提交已填的部分。"""


class DraftUnreadable(InvalidValue):
    """收到的草稿内容不完整，没有保存；请检查网络后继续填写，系统会再次保存。"""


def keep(key: str, fields: Fields, *, viewer: Viewer, now: datetime) -> Draft:
    """Keep the fields as the draft of the form ``key``, in place of what was kept before."""
    if not is_key(key):
        raise NoDraftKey(key=key)
    body = json.dumps([list(pair) for pair in fields], ensure_ascii=False)
    if len(body.encode()) > MOST_BYTES:
        raise DraftTooLarge(limit=MOST_BYTES >> 20)
    draft = find_draft(viewer, key)
    if draft is None:
        _make_room(viewer)
        draft = Draft(account_id=viewer.account_id, key=key)
        db.session.add(draft)
    draft.body, draft.saved_at = body, now
    db.session.flush()
    return draft


def _make_room(viewer: Viewer) -> None:
    """Let the oldest drafts go when a person has left very many."""
    for forgotten in drafts_of(viewer)[MOST_DRAFTS - 1 :]:
        db.session.delete(forgotten)


def fields_of(draft: Draft) -> list[tuple[str, str]]:
    """Return the names and values that a draft keeps."""
    return [(name, value) for name, value in json.loads(draft.body)]


def read_fields(sent: object) -> list[tuple[str, str]]:
    """Return the fields of what a browser sent, ``{"fields": [[name, value], …]}``, or refuse it."""
    pairs = sent.get("fields") if isinstance(sent, dict) else None
    if not isinstance(pairs, list):
        raise DraftUnreadable
    for pair in pairs:
        match pair:
            case [str(), str()]:
                continue
        raise DraftUnreadable
    return [(name, value) for name, value in pairs]


def discard(key: str, *, viewer: Viewer) -> None:
    """Let a draft go: it was saved for good, or is not wanted; no draft is no fault."""
    draft = find_draft(viewer, key)
    if draft is not None:
        db.session.delete(draft)
        db.session.flush()
