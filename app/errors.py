"""The one handler of refusals: a sentence and a way on, never a bare status page."""

import logging
import secrets

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from foundation.database.engine import db
from foundation.errors import DomainError, Forbidden, NotFound, StaleVersion
from foundation.web.wording import translated

log = logging.getLogger(__name__)

STATUS: dict[type[DomainError], int] = {NotFound: 404, Forbidden: 403, StaleVersion: 409}
REFUSED = 422
CONFLICT = 409
BUSY = 503
TAKEN = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"}
"""How the databases call a row that somebody else entered first."""
LOCKED = {"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "40001", "40P01", "55P03"}
"""How they call a transaction that others held up for too long."""


def install(app: Flask) -> None:
    """Register the handlers on ``app``."""
    app.register_error_handler(DomainError, _refusal)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(IntegrityError, _entered_twice)
    app.register_error_handler(OperationalError, _held_up)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)


def _page(sentence: str, status: int) -> ResponseReturnValue:
    db.session.rollback()
    return render_template("errors/refusal.html", sentence=sentence, status=status), status


def _refusal(error: DomainError) -> ResponseReturnValue:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), REFUSED)
    return _page(translated(error), status)


def _overtaken(_error: StaleDataError) -> ResponseReturnValue:
    return _page(translated(StaleVersion()), CONFLICT)


def _entered_twice(error: IntegrityError) -> ResponseReturnValue:
    if _code_of(error) not in TAKEN:
        return _fault(error)
    log.warning("two people entered one thing", exc_info=error)
    return _page(_("其他人刚刚登记了同样的内容，您的操作没有保存。请返回上一页，刷新核对后再试。"), CONFLICT)


def _held_up(error: OperationalError) -> ResponseReturnValue:
    if _code_of(error) not in LOCKED:
        return _fault(error)
    log.warning("the database was held up", exc_info=error)
    return _page(_("系统正忙，您的操作没有保存。请稍等片刻，返回上一页再试。"), BUSY)


def _code_of(error: IntegrityError | OperationalError) -> str:
    """Return the name SQLite has for an error, or PostgreSQL's number of it."""
    return str(getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None))


def _expired_form(_error: CSRFError) -> ResponseReturnValue:
    return _page(_("页面停留过久，提交凭证已失效。请返回上一页，刷新后再提交；已填内容会由浏览器保留。"), 400)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and error.code < 400:  # noqa: PLR2004 - redirects are no errors
        return error.get_response()
    sentences = {
        404: _("没有这个页面。请检查网址，或从菜单重新进入。"),
        405: _("这个操作不能这样打开。请从页面上的按钮进入。"),
        413: _(
            "文件过大，单个文件不能超过 %(limit)s MB。", limit=current_app.config["MAX_CONTENT_LENGTH"] >> 20
        ),
        429: _("操作过于频繁，请稍后再试。"),
    }
    code = RequestEntityTooLarge.code if isinstance(error, RequestEntityTooLarge) else error.code or 500
    return _page(sentences.get(code, _("请求无法处理，请返回上一页重试。")), code)


def _fault(error: Exception) -> ResponseReturnValue:
    number = secrets.token_hex(4)
    log.error("fault %s", number, exc_info=error)
    return _page(
        _("系统出现故障，您刚才的操作没有保存。请把编号 %(number)s 告诉管理员。", number=number), 500
    )
