"""What people call the rows and columns that the journal speaks of; each feature says it in its own rules."""

from collections.abc import Mapping

from foundation.wording import N_

EVERYWHERE: Mapping[str, str] = {
    "name": N_("名称"),
    "number": N_("编号"),
    "code": N_("编码"),
    "kind": N_("类型"),
    "phone": N_("联系电话"),
    "address": N_("地址"),
    "division_code": N_("区划编码"),
    "dated_on": N_("登记日期"),
    "starts_on": N_("起始日期"),
    "ends_on": N_("终止日期"),
    "valid_from": N_("启用日期"),
    "valid_until": N_("停用日期"),
    "closed_on": N_("停用日期"),
    "closed_reason": N_("停用原因"),
    "signed_on": N_("签订日期"),
    "effective_on": N_("生效日期"),
    "filed_on": N_("录入签订的日期"),
    "submitted_at": N_("提交时间"),
    "returned_at": N_("退回时间"),
    "approved_at": N_("审核时间"),
    "voided_at": N_("作废时间"),
    "revoked_at": N_("注销时间"),
    "drafter_id": N_("经办人（账号序号）"),
    "submitter_id": N_("提交人（账号序号）"),
    "approver_id": N_("审核人（账号序号）"),
    "account_id": N_("账号序号"),
    "account_name": N_("姓名"),
    "digest": N_("内容摘要"),
    "snapshot": N_("冻结文本"),
    "reason": N_("原因"),
    "state": N_("状态"),
    "area": N_("面积"),
    "bank_name": N_("开户银行"),
    "bank_account": N_("银行账号"),
    "position": N_("顺序"),
    "created_at": N_("建立时间"),
    "created_by": N_("建立人（账号序号）"),
    "note": N_("备注"),
    "year": N_("年份"),
    "price": N_("单价"),
    "link_id": N_("环节序号"),
    "crop_id": N_("作物序号"),
    "provider_id": N_("服务方序号"),
    "household_id": N_("承包方序号"),
    "contract_id": N_("合同序号"),
}
"""Columns that bear one name wherever they stand; a feature's own word goes before."""

_nouns: dict[str, str] = {}
_fields: dict[str, Mapping[str, str]] = {}


def name_rows(table: str, noun: str, **fields: str) -> None:
    """Say what a row of ``table`` is called, and its columns that have no name of everywhere."""
    _nouns[table] = noun
    _fields[table] = fields


def named_tables() -> frozenset[str]:
    """Return every table whose rows have a name."""
    return frozenset(_nouns)


def noun_of(table: str | None) -> str:
    """Return what a row of a table is called; the table itself when nobody said."""
    return _nouns.get(table or "", table or "")


def label_of(table: str | None, column: str) -> str:
    """Return what a column is called; the column itself when nobody said."""
    return _fields.get(table or "", {}).get(column) or EVERYWHERE.get(column, column)


name_rows(
    "unit", N_("单位"), parent_id=N_("上级单位序号"), credit_code=N_("统一社会信用代码"), kind=N_("单位类型")
)
name_rows(
    "division",
    N_("行政区划"),
    level=N_("级别"),
    parent_code=N_("上级编码"),
    initials=N_("拼音首字母"),
)
name_rows("villager_group", N_("村民小组"))
name_rows("role", N_("角色"), permissions=N_("权限"))
name_rows(
    "posting",
    N_("任职"),
    role_id=N_("角色序号"),
    unit_id=N_("单位序号"),
    since=N_("任职起始"),
    until=N_("任职终止"),
)
name_rows(
    "account",
    N_("账号"),
    login_name=N_("登录名"),
    name=N_("姓名"),
    password_hash=N_("密码"),
    former_hashes=N_("曾用密码"),
    password_changed_at=N_("密码修改时间"),
    must_change_password=N_("下次登录须改密码"),
    failed_count=N_("连续失败次数"),
    locked_until=N_("锁定至"),
    last_login_at=N_("上次登录时间"),
    last_login_address=N_("上次登录地址"),
    is_active=N_("在用"),
)
name_rows(
    "login_session",
    N_("登录会话"),
    token_digest=N_("会话标识"),
    last_seen_at=N_("最近活动时间"),
    agent=N_("浏览器"),
)
name_rows(
    "attachment",
    N_("附件"),
    media_type=N_("文件类型"),
    size=N_("字节数"),
    owner_type=N_("所属记录类别"),
    owner_id=N_("所属记录序号"),
    uploaded_by=N_("上传人（账号序号）"),
    uploaded_at=N_("上传时间"),
    removed_at=N_("移除时间"),
)
name_rows(
    "import_batch",
    N_("导入批次"),
    file_name=N_("文件名"),
    counts=N_("各结果行数"),
    warned=N_("提醒行数"),
    message=N_("说明"),
    message_values=N_("说明内容"),
    job_id=N_("任务序号"),
    uploaded_at=N_("上传时间"),
    read_at=N_("读取时间"),
    applied_at=N_("导入时间"),
    undone_at=N_("撤销时间"),
)
name_rows(
    "printed_paper",
    N_("文书"),
    version=N_("版本"),
    subject_type=N_("所属记录类别"),
    subject_id=N_("所属记录序号"),
    summary=N_("查验内容"),
    content_digest=N_("文件摘要"),
    token=N_("查验码"),
    office=N_("签发单位"),
    issued_by=N_("签发人（账号序号）"),
    issued_at=N_("签发时间"),
    replaced_by_id=N_("替代文书序号"),
    replaced_at=N_("被替代时间"),
    void_reason=N_("作废原因"),
)
