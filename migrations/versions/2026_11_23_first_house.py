"""First house."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_first_house"
down_revision = None
branch_labels = None
depends_on = None

SQLITE_GUARDS = (
    "CREATE TRIGGER journal_entry_refuses_update BEFORE UPDATE ON journal_entry "
    "BEGIN SELECT RAISE(ABORT, 'journal_entry is append-only'); END",
    "CREATE TRIGGER journal_entry_refuses_delete BEFORE DELETE ON journal_entry "
    "BEGIN SELECT RAISE(ABORT, 'journal_entry is append-only'); END",
)
POSTGRESQL_GUARDS = (
    "CREATE OR REPLACE FUNCTION journal_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'journal_entry is append-only'; END $$",
    "CREATE TRIGGER journal_entry_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_is_append_only()",
)


def upgrade() -> None:
    """Create all tables, and let the database itself refuse to change the journal."""
    create_tables()
    guards = SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_GUARDS
    for guard in guards:
        op.execute(guard)


def create_tables() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login_name", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("former_hashes", sa.JSON(), nullable=False),
        sa.Column("password_changed_at", sa.DateTime(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("failed_count", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.Column("last_login_at", sa.DateTime(), nullable=True),
        sa.Column("last_login_address", sa.String(length=64), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login_name", name=op.f("uq_account_login_name")),
    )
    op.create_table(
        "crop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crop")),
        sa.UniqueConstraint("code", name=op.f("uq_crop_code")),
        sa.UniqueConstraint("name", name=op.f("uq_crop_name")),
    )
    op.create_table(
        "division",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("parent_code", sa.String(length=12), nullable=True),
        sa.Column("initials", sa.String(length=60), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(code) = 12", name=op.f("ck_division_code_has_twelve_digits")),
        sa.CheckConstraint(
            "valid_from is null or valid_until is null or valid_from <= valid_until",
            name=op.f("ck_division_dates_in_order"),
        ),
        sa.CheckConstraint(
            sa.column("level").in_(["province", "prefecture", "county", "township", "village"]),
            name=op.f("ck_division_division_level"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["division.code"], name=op.f("fk_division_parent_code_division")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_division")),
    )
    op.create_index(op.f("ix_division_parent_code"), "division", ["parent_code"], unique=False)
    op.create_table(
        "division_alias",
        sa.Column("old_code", sa.String(length=12), nullable=False),
        sa.Column("new_code", sa.String(length=12), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("old_code", name=op.f("pk_division_alias")),
    )
    op.create_index(op.f("ix_division_alias_new_code"), "division_alias", ["new_code"], unique=False)
    op.create_table(
        "issuer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=14), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("head_name", sa.String(length=60), nullable=False),
        sa.Column("head_id_kind", sa.String(length=32), nullable=False),
        sa.Column("head_id", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            sa.column("head_id_kind").in_(
                ["resident_id", "military_id", "credit_code", "household_book", "passport", "other"]
            ),
            name=op.f("ck_issuer_id_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issuer")),
        sa.UniqueConstraint("code", name=op.f("uq_issuer_code")),
    )
    op.create_index(op.f("ix_issuer_division_code"), "issuer", ["division_code"], unique=False)
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor_name", sa.String(length=60), nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("subject_type", sa.String(length=64), nullable=True),
        sa.Column("subject_id", sa.String(length=64), nullable=True),
        sa.Column("subject_label", sa.String(length=200), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
        sa.UniqueConstraint("digest", name=op.f("uq_journal_entry_digest")),
    )
    op.create_index(op.f("ix_journal_entry_act"), "journal_entry", ["act"], unique=False)
    op.create_index(op.f("ix_journal_entry_actor_id"), "journal_entry", ["actor_id"], unique=False)
    op.create_index(op.f("ix_journal_entry_at"), "journal_entry", ["at"], unique=False)
    op.create_index(
        op.f("ix_journal_entry_subject_type_subject_id_id"),
        "journal_entry",
        ["subject_type", "subject_id", "id"],
        unique=False,
    )
    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_head")),
    )
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("per_pass", sa.Boolean(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            sa.column("kind").in_(["till", "sow", "protect", "harvest", "inputs", "tend", "after", "whole"]),
            name=op.f("ck_link_link_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("code", name=op.f("uq_link_code")),
        sa.UniqueConstraint("name", name=op.f("uq_link_name")),
    )
    op.create_table(
        "login_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_failure")),
    )
    op.create_index(op.f("ix_login_failure_address_at"), "login_failure", ["address", "at"], unique=False)
    op.create_table(
        "number_series",
        sa.Column("series", sa.String(length=60), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_number_series")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("legal_representative", sa.String(length=60), nullable=False),
        sa.Column("representative_id", sa.LargeBinary(), nullable=True),
        sa.Column("representative_id_index", sa.LargeBinary(length=16), nullable=True),
        sa.Column("representative_id_tail", sa.LargeBinary(length=16), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("bank_name", sa.String(length=100), nullable=False),
        sa.Column("bank_account", sa.LargeBinary(), nullable=True),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.String(length=200), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            sa.column("kind").in_(
                [
                    "county_union",
                    "grassroots_coop",
                    "led_coop",
                    "cooperative",
                    "federation",
                    "leading_enterprise",
                    "mutual_fund_coop",
                    "village_collective",
                    "service_centre",
                    "jointly_built_village",
                    "machinery_party",
                    "other",
                ]
            ),
            name=op.f("ck_organisation_organisation_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_organisation_credit_code")),
    )
    op.create_index(
        op.f("ix_organisation_division_code_name_id"),
        "organisation",
        ["division_code", "name", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_organisation_representative_id_index"),
        "organisation",
        ["representative_id_index"],
        unique=False,
    )
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("permissions", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            sa.column("kind").in_(["business", "system", "security", "audit"]), name=op.f("ck_role_role_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("code", name=op.f("uq_role_code")),
        sa.UniqueConstraint("name", name=op.f("uq_role_name")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("owner_type", sa.String(length=64), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["account.id"], name=op.f("fk_attachment_uploaded_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_digest"), "attachment", ["digest"], unique=False)
    op.create_index(
        "ix_attachment_owner_type_owner_id", "attachment", ["owner_type", "owner_id"], unique=False
    )
    op.create_table(
        "crop_season",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("crop_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_crop_season_dates_in_order")),
        sa.ForeignKeyConstraint(["crop_id"], ["crop.id"], name=op.f("fk_crop_season_crop_id_crop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crop_season")),
        sa.UniqueConstraint("year", "name", "crop_id", name=op.f("uq_crop_season_year_name_crop_id")),
    )
    op.create_index(op.f("ix_crop_season_crop_id"), "crop_season", ["crop_id"], unique=False)
    op.create_table(
        "division_suffix",
        sa.Column(
            "suffix",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["code"], ["division.code"], name=op.f("fk_division_suffix_code_division"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("suffix", "code", name=op.f("pk_division_suffix")),
    )
    op.create_index(op.f("ix_division_suffix_code"), "division_suffix", ["code"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_draft_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_draft_account_id_key")),
    )
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=18), nullable=True),
        sa.Column("issuer_id", sa.Integer(), nullable=True),
        sa.Column("party_kind", sa.String(length=32), nullable=False),
        sa.Column("head_name", sa.String(length=60), nullable=False),
        sa.Column("id_kind", sa.String(length=32), nullable=False),
        sa.Column("id_number", sa.LargeBinary(), nullable=True),
        sa.Column("id_index", sa.LargeBinary(length=16), nullable=True),
        sa.Column("id_tail_index", sa.LargeBinary(length=16), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(length=16), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("bank_name", sa.String(length=100), nullable=False),
        sa.Column("bank_account", sa.LargeBinary(), nullable=True),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=False),
        sa.Column("is_large_operator", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            sa.column("id_kind").in_(
                ["resident_id", "military_id", "credit_code", "household_book", "passport", "other"]
            ),
            name=op.f("ck_household_id_kind"),
        ),
        sa.CheckConstraint(
            sa.column("party_kind").in_(["household", "individual", "organisation"]),
            name=op.f("ck_household_party_kind"),
        ),
        sa.CheckConstraint(
            sa.column("status").in_(["active", "moved", "died_out", "merged", "closed"]),
            name=op.f("ck_household_household_status"),
        ),
        sa.ForeignKeyConstraint(["issuer_id"], ["issuer.id"], name=op.f("fk_household_issuer_id_issuer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("code", name=op.f("uq_household_code")),
    )
    op.create_index(
        op.f("ix_household_division_code_group_number_id"),
        "household",
        ["division_code", "group_number", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_household_id_index"), "household", ["id_index"], unique=False)
    op.create_index(op.f("ix_household_id_tail_index"), "household", ["id_tail_index"], unique=False)
    op.create_index(op.f("ix_household_issuer_id"), "household", ["issuer_id"], unique=False)
    op.create_index(op.f("ix_household_phone_index"), "household", ["phone_index"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("message_values", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("heartbeat_at", sa.DateTime(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            sa.column("state").in_(["queued", "running", "done", "failed"]), name=op.f("ck_job_job_state")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_job_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index("ix_job_account_id_id", "job", ["account_id", "id"], unique=False)
    op.create_index("ix_job_state_heartbeat_at", "job", ["state", "heartbeat_at"], unique=False)
    op.create_table(
        "login_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_login_session_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_login_session_token_digest")),
    )
    op.create_index(op.f("ix_login_session_account_id"), "login_session", ["account_id"], unique=False)
    op.create_table(
        "organisation_suffix",
        sa.Column(
            "suffix",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_suffix_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("suffix", "organisation_id", name=op.f("pk_organisation_suffix")),
    )
    op.create_index(
        op.f("ix_organisation_suffix_organisation_id"),
        "organisation_suffix",
        ["organisation_id"],
        unique=False,
    )
    op.create_table(
        "price_band",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("crop_id", sa.Integer(), nullable=True),
        sa.Column("least", sa.BigInteger(), nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("least <= most", name=op.f("ck_price_band_least_below_most")),
        sa.ForeignKeyConstraint(["crop_id"], ["crop.id"], name=op.f("fk_price_band_crop_id_crop")),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_price_band_link_id_link")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_band")),
        sa.UniqueConstraint(
            "division_code",
            "year",
            "link_id",
            "crop_id",
            name=op.f("uq_price_band_division_code_year_link_id_crop_id"),
        ),
    )
    op.create_index(op.f("ix_price_band_crop_id"), "price_band", ["crop_id"], unique=False)
    op.create_index(op.f("ix_price_band_link_id"), "price_band", ["link_id"], unique=False)
    op.create_table(
        "price_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("crop_id", sa.Integer(), nullable=True),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("price >= 0", name=op.f("ck_price_version_price_not_negative")),
        sa.CheckConstraint(
            "valid_until is null or valid_from < valid_until", name=op.f("ck_price_version_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["crop_id"], ["crop.id"], name=op.f("fk_price_version_crop_id_crop")),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_price_version_link_id_link")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_price_version_provider_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_version")),
    )
    op.create_index(op.f("ix_price_version_crop_id"), "price_version", ["crop_id"], unique=False)
    op.create_index(
        op.f("ix_price_version_division_code_year_link_id"),
        "price_version",
        ["division_code", "year", "link_id"],
        unique=False,
    )
    op.create_index(op.f("ix_price_version_link_id"), "price_version", ["link_id"], unique=False)
    op.create_index(op.f("ix_price_version_provider_id"), "price_version", ["provider_id"], unique=False)
    op.create_table(
        "printed_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject_type", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("office", sa.String(length=100), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(), nullable=True),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("void_reason", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["account.id"], name=op.f("fk_printed_paper_issued_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"],
            ["printed_paper.id"],
            name=op.f("fk_printed_paper_replaced_by_id_printed_paper"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_paper")),
        sa.UniqueConstraint(
            "kind",
            "subject_type",
            "subject_id",
            "version",
            name=op.f("uq_printed_paper_kind_subject_type_subject_id_version"),
        ),
        sa.UniqueConstraint("token", name=op.f("uq_printed_paper_token")),
    )
    op.create_index(
        op.f("ix_printed_paper_division_code_dated_on_id"),
        "printed_paper",
        ["division_code", "dated_on", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_printed_paper_number"), "printed_paper", ["number"], unique=False)
    op.create_index(
        op.f("ix_printed_paper_replaced_by_id"), "printed_paper", ["replaced_by_id"], unique=False
    )
    op.create_table(
        "service_division",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_service_division_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_division")),
        sa.UniqueConstraint(
            "organisation_id", "division_code", name=op.f("uq_service_division_organisation_id_division_code")
        ),
    )
    op.create_table(
        "standard_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(length=60), nullable=False),
        sa.Column("guide", sa.String(length=200), nullable=False),
        sa.Column("usual", sa.String(length=400), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_standard_item_link_id_link")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_item")),
        sa.UniqueConstraint("link_id", "content", name=op.f("uq_standard_item_link_id_content")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "valid_from is null or valid_until is null or valid_from <= valid_until",
            name=op.f("ck_unit_dates_in_order"),
        ),
        sa.CheckConstraint(
            sa.column("kind").in_(
                [
                    "county_union",
                    "grassroots_coop",
                    "cooperative",
                    "service_provider",
                    "service_centre",
                    "village_collective",
                    "village_committee",
                    "township",
                    "organisation_department",
                    "government_office",
                    "authority",
                    "other",
                ]
            ),
            name=op.f("ck_unit_unit_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["division_code"], ["division.code"], name=op.f("fk_unit_division_code_division")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_unit_credit_code")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_name")),
    )
    op.create_index(op.f("ix_unit_division_code"), "unit", ["division_code"], unique=False)
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"], unique=False)
    op.create_table(
        "villager_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=2), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["division_code"], ["division.code"], name=op.f("fk_villager_group_division_code_division")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_villager_group")),
        sa.UniqueConstraint("division_code", "number", name=op.f("uq_villager_group_division_code_number")),
    )
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("county_code", sa.String(length=12), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("mode", sa.String(length=32), nullable=False),
        sa.Column("nature", sa.String(length=32), nullable=False),
        sa.Column("receiver_kind", sa.String(length=32), nullable=False),
        sa.Column("receiver_household_id", sa.Integer(), nullable=True),
        sa.Column("receiver_organisation_id", sa.Integer(), nullable=True),
        sa.Column("receiver_name", sa.String(length=100), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("provider_name", sa.String(length=100), nullable=False),
        sa.Column("printed_first", sa.String(length=32), nullable=False),
        sa.Column("upstream_contract_id", sa.Integer(), nullable=True),
        sa.Column("renewed_from_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("crops", sa.String(length=100), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("household_count", sa.Integer(), nullable=False),
        sa.Column("deposit_kind", sa.String(length=32), nullable=False),
        sa.Column("deposit_rate", sa.Integer(), nullable=False),
        sa.Column("deposit_amount", sa.BigInteger(), nullable=False),
        sa.Column("payment_mode", sa.String(length=32), nullable=False),
        sa.Column("late_fee", sa.Integer(), nullable=False),
        sa.Column("dispute", sa.String(length=32), nullable=False),
        sa.Column("free_terms", sa.Text(), nullable=False),
        sa.Column("exception_reason", sa.String(length=400), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("terminated_on", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("drafter_id", sa.Integer(), nullable=False),
        sa.Column("submitter_id", sa.Integer(), nullable=True),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(receiver_household_id is null) <> (receiver_organisation_id is null)",
            name=op.f("ck_contract_one_receiver"),
        ),
        sa.CheckConstraint(
            "approved_at is null or submitted_at is not null",
            name=op.f("ck_contract_approved_after_submission"),
        ),
        sa.CheckConstraint("area >= 0 and total >= 0", name=op.f("ck_contract_amounts_not_negative")),
        sa.CheckConstraint(
            "signed_on is not null or (completed_on is null and terminated_on is null)",
            name=op.f("ck_contract_ended_after_signing"),
        ),
        sa.CheckConstraint(
            "signed_on is null or approved_at is not null", name=op.f("ck_contract_signed_after_approval")
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_contract_dates_in_order")),
        sa.CheckConstraint(
            sa.column("deposit_kind").in_(["none", "prepayment", "earnest"]),
            name=op.f("ck_contract_deposit_kind"),
        ),
        sa.CheckConstraint(sa.column("dispute").in_(["court"]), name=op.f("ck_contract_dispute_way")),
        sa.CheckConstraint(
            sa.column("mode").in_(["menu", "order", "lease", "share"]), name=op.f("ck_contract_contract_mode")
        ),
        sa.CheckConstraint(
            sa.column("nature").in_(["service", "entrustment"]), name=op.f("ck_contract_contract_nature")
        ),
        sa.CheckConstraint(
            sa.column("payment_mode").in_(["instalments", "at_signing", "after_acceptance", "from_proceeds"]),
            name=op.f("ck_contract_payment_mode"),
        ),
        sa.CheckConstraint(
            sa.column("printed_first").in_(["receiver", "provider"]), name=op.f("ck_contract_party_role")
        ),
        sa.CheckConstraint(
            sa.column("receiver_kind").in_(["household", "large_household", "collective", "organisation"]),
            name=op.f("ck_contract_receiver_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["account.id"], name=op.f("fk_contract_approver_id_account")
        ),
        sa.ForeignKeyConstraint(["drafter_id"], ["account.id"], name=op.f("fk_contract_drafter_id_account")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_contract_provider_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["receiver_household_id"],
            ["household.id"],
            name=op.f("fk_contract_receiver_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["receiver_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_contract_receiver_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["renewed_from_id"], ["contract.id"], name=op.f("fk_contract_renewed_from_id_contract")
        ),
        sa.ForeignKeyConstraint(
            ["submitter_id"], ["account.id"], name=op.f("fk_contract_submitter_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["upstream_contract_id"], ["contract.id"], name=op.f("fk_contract_upstream_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("county_code", "number", name=op.f("uq_contract_county_code_number")),
    )
    op.create_index(op.f("ix_contract_dated_on_id"), "contract", ["dated_on", "id"], unique=False)
    op.create_index(
        op.f("ix_contract_division_code_dated_on_id"),
        "contract",
        ["division_code", "dated_on", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_contract_drafter_id"), "contract", ["drafter_id"], unique=False)
    op.create_index(op.f("ix_contract_provider_id"), "contract", ["provider_id"], unique=False)
    op.create_index(
        op.f("ix_contract_receiver_household_id"), "contract", ["receiver_household_id"], unique=False
    )
    op.create_index(
        op.f("ix_contract_receiver_organisation_id"), "contract", ["receiver_organisation_id"], unique=False
    )
    op.create_index(op.f("ix_contract_renewed_from_id"), "contract", ["renewed_from_id"], unique=False)
    op.create_index(op.f("ix_contract_serial"), "contract", ["serial"], unique=False)
    op.create_index(
        op.f("ix_contract_upstream_contract_id"), "contract", ["upstream_contract_id"], unique=False
    )
    op.create_table(
        "household_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("sex", sa.String(length=32), nullable=True),
        sa.Column("id_kind", sa.String(length=32), nullable=False),
        sa.Column("id_number", sa.LargeBinary(), nullable=True),
        sa.Column("id_index", sa.LargeBinary(length=16), nullable=True),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("is_co_owner", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            sa.column("id_kind").in_(
                ["resident_id", "military_id", "credit_code", "household_book", "passport", "other"]
            ),
            name=op.f("ck_household_member_id_kind"),
        ),
        sa.CheckConstraint(sa.column("sex").in_(["male", "female"]), name=op.f("ck_household_member_sex")),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_household_member_household_id_household"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_member")),
    )
    op.create_index(
        op.f("ix_household_member_household_id"), "household_member", ["household_id"], unique=False
    )
    op.create_index(op.f("ix_household_member_id_index"), "household_member", ["id_index"], unique=False)
    op.create_table(
        "household_suffix",
        sa.Column(
            "suffix",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_household_suffix_household_id_household"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("suffix", "household_id", name=op.f("pk_household_suffix")),
    )
    op.create_index(
        op.f("ix_household_suffix_household_id"), "household_suffix", ["household_id"], unique=False
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("account_name", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("warned", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("message_values", sa.JSON(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("applied_at", sa.DateTime(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            sa.column("state").in_(
                [
                    "uploaded",
                    "reading",
                    "previewed",
                    "applying",
                    "applied",
                    "undoing",
                    "undone",
                    "failed",
                    "discarded",
                ]
            ),
            name=op.f("ck_import_batch_batch_state"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_import_batch_account_id_account")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_import_batch_job_id_job")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index(op.f("ix_import_batch_account_id"), "import_batch", ["account_id"], unique=False)
    op.create_table(
        "land_contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=19), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("total_area", sa.BigInteger(), nullable=True),
        sa.Column("total_square_metres", sa.BigInteger(), nullable=True),
        sa.Column("parcel_count", sa.Integer(), nullable=True),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_land_contract_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_land_contract")),
        sa.UniqueConstraint("code", name=op.f("uq_land_contract_code")),
    )
    op.create_index(op.f("ix_land_contract_division_code"), "land_contract", ["division_code"], unique=False)
    op.create_index(op.f("ix_land_contract_household_id"), "land_contract", ["household_id"], unique=False)
    op.create_table(
        "mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("authority", sa.String(length=32), nullable=False),
        sa.Column("matter", sa.String(length=400), nullable=False),
        sa.Column("price_terms", sa.String(length=400), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("consents_to_self_dealing", sa.Boolean(), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("revoked_reason", sa.String(length=200), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_mandate_dates_in_order")),
        sa.CheckConstraint(
            sa.column("authority").in_(["sign", "negotiate"]), name=op.f("ck_mandate_authority")
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["organisation.id"], name=op.f("fk_mandate_agent_id_organisation")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_mandate_created_by_account")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_mandate_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
    )
    op.create_index(op.f("ix_mandate_agent_id"), "mandate", ["agent_id"], unique=False)
    op.create_index(
        op.f("ix_mandate_division_code_dated_on_id"),
        "mandate",
        ["division_code", "dated_on", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_mandate_household_id_agent_id"), "mandate", ["household_id", "agent_id"], unique=False
    )
    op.create_table(
        "paper_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_paper_copy_account_id_account")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_paper_copy_job_id_job")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["printed_paper.id"], name=op.f("fk_paper_copy_paper_id_printed_paper")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_copy")),
        sa.UniqueConstraint("paper_id", "job_id", name=op.f("uq_paper_copy_paper_id_job_id")),
        sa.UniqueConstraint("paper_id", "number", name=op.f("uq_paper_copy_paper_id_number")),
    )
    op.create_index(op.f("ix_paper_copy_job_id"), "paper_copy", ["job_id"], unique=False)
    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("until is null or since <= until", name=op.f("ck_posting_dates_in_order")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_posting_account_id_account")),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_posting_role_id_role")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_posting_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
    )
    op.create_index(op.f("ix_posting_account_id"), "posting", ["account_id"], unique=False)
    op.create_index(op.f("ix_posting_role_id"), "posting", ["role_id"], unique=False)
    op.create_index(op.f("ix_posting_unit_id"), "posting", ["unit_id"], unique=False)
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=50), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("base_revision", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("area_before", sa.BigInteger(), nullable=False),
        sa.Column("area_after", sa.BigInteger(), nullable=False),
        sa.Column("total_before", sa.BigInteger(), nullable=False),
        sa.Column("total_after", sa.BigInteger(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("snapshot", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("drafter_id", sa.Integer(), nullable=False),
        sa.Column("submitter_id", sa.Integer(), nullable=True),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "approved_at is null or submitted_at is not null",
            name=op.f("ck_amendment_approved_after_submission"),
        ),
        sa.CheckConstraint(
            "signed_on is null or approved_at is not null", name=op.f("ck_amendment_signed_after_approval")
        ),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["account.id"], name=op.f("fk_amendment_approver_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_amendment_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(["drafter_id"], ["account.id"], name=op.f("fk_amendment_drafter_id_account")),
        sa.ForeignKeyConstraint(
            ["submitter_id"], ["account.id"], name=op.f("fk_amendment_submitter_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("contract_id", "sequence", name=op.f("uq_amendment_contract_id_sequence")),
    )
    op.create_index(
        op.f("ix_amendment_division_code_dated_on_id"),
        "amendment",
        ["division_code", "dated_on", "id"],
        unique=False,
    )
    op.create_table(
        "annex_household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=op.f("fk_annex_household_contract_id_contract"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_annex_household_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_annex_household_mandate_id_mandate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annex_household")),
        sa.UniqueConstraint(
            "contract_id", "household_id", name=op.f("uq_annex_household_contract_id_household_id")
        ),
    )
    op.create_index(
        op.f("ix_annex_household_household_id"), "annex_household", ["household_id"], unique=False
    )
    op.create_index(op.f("ix_annex_household_mandate_id"), "annex_household", ["mandate_id"], unique=False)
    op.create_table(
        "contract_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.CheckConstraint(
            sa.column("kind").in_(
                [
                    "contracts.drafted",
                    "contracts.revised",
                    "contracts.submitted",
                    "contracts.withdrawn",
                    "contracts.returned",
                    "contracts.approved",
                    "contracts.signed",
                    "contracts.amended",
                    "contracts.completed",
                    "contracts.terminated",
                    "contracts.voided",
                    "contracts.renewed",
                    "contracts.exported",
                ]
            ),
            name=op.f("ck_contract_act_contract_act_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_contract_act_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_act_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_act")),
    )
    op.create_index(op.f("ix_contract_act_contract_id"), "contract_act", ["contract_id"], unique=False)
    op.create_table(
        "contract_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", sa.DateTime(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_revision_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_revision")),
        sa.UniqueConstraint("contract_id", "number", name=op.f("uq_contract_revision_contract_id_number")),
    )
    op.create_table(
        "dividend_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=60), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=op.f("fk_dividend_share_contract_id_contract"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dividend_share")),
    )
    op.create_index(op.f("ix_dividend_share_contract_id"), "dividend_share", ["contract_id"], unique=False)
    op.create_table(
        "import_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=63), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("version_after", sa.Integer(), nullable=True),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            sa.column("act").in_(["created", "changed"]), name=op.f("ck_import_change_change_act")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name=op.f("fk_import_change_batch_id_import_batch"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_change")),
    )
    op.create_index(
        "ix_import_change_batch_id_table_name_subject_id",
        "import_change",
        ["batch_id", "table_name", "subject_id"],
        unique=False,
    )
    op.create_table(
        "import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("warned", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("applied_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            sa.column("outcome").in_(["new", "same", "changed", "several", "refused", "duplicate"]),
            name=op.f("ck_import_row_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name=op.f("fk_import_row_batch_id_import_batch"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("batch_id", "sheet", "number", name=op.f("uq_import_row_batch_id_sheet_number")),
    )
    op.create_index(
        "ix_import_row_batch_id_outcome_sheet_number",
        "import_row",
        ["batch_id", "outcome", "sheet", "number"],
        unique=False,
    )
    op.create_table(
        "menu_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=op.f("fk_menu_line_contract_id_contract"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_menu_line_link_id_link")),
        sa.ForeignKeyConstraint(
            ["season_id"], ["crop_season.id"], name=op.f("fk_menu_line_season_id_crop_season")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_menu_line")),
    )
    op.create_index(op.f("ix_menu_line_contract_id"), "menu_line", ["contract_id"], unique=False)
    op.create_index(op.f("ix_menu_line_link_id"), "menu_line", ["link_id"], unique=False)
    op.create_index(op.f("ix_menu_line_season_id"), "menu_line", ["season_id"], unique=False)
    op.create_table(
        "package_terms",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("guaranteed_yield", sa.Integer(), nullable=True),
        sa.Column("compensation_price", sa.BigInteger(), nullable=True),
        sa.Column("compensation", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=op.f("fk_package_terms_contract_id_contract"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_package_terms")),
    )
    op.create_table(
        "parcel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=19), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("issuer_id", sa.Integer(), nullable=True),
        sa.Column("land_contract_id", sa.Integer(), nullable=True),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("land_class", sa.String(length=32), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("east", sa.String(length=100), nullable=False),
        sa.Column("south", sa.String(length=100), nullable=False),
        sa.Column("west", sa.String(length=100), nullable=False),
        sa.Column("north", sa.String(length=100), nullable=False),
        sa.Column("obtained_by", sa.String(length=32), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("title_area", sa.BigInteger(), nullable=True),
        sa.Column("contract_area", sa.BigInteger(), nullable=True),
        sa.Column("measured_area", sa.BigInteger(), nullable=True),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            sa.column("basis").in_(["title", "contract", "measured"]), name=op.f("ck_parcel_area_kind")
        ),
        sa.CheckConstraint(
            sa.column("land_class").in_(["10", "21", "22", "23", "99"]), name=op.f("ck_parcel_land_class")
        ),
        sa.CheckConstraint(
            sa.column("obtained_by").in_(["110", "120", "200", "300", "400", "900"]),
            name=op.f("ck_parcel_obtained_by"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_parcel_household_id_household")
        ),
        sa.ForeignKeyConstraint(["issuer_id"], ["issuer.id"], name=op.f("fk_parcel_issuer_id_issuer")),
        sa.ForeignKeyConstraint(
            ["land_contract_id"], ["land_contract.id"], name=op.f("fk_parcel_land_contract_id_land_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcel")),
        sa.UniqueConstraint("code", name=op.f("uq_parcel_code")),
    )
    op.create_index(op.f("ix_parcel_division_code_code"), "parcel", ["division_code", "code"], unique=False)
    op.create_index(op.f("ix_parcel_household_id"), "parcel", ["household_id"], unique=False)
    op.create_index(op.f("ix_parcel_issuer_id"), "parcel", ["issuer_id"], unique=False)
    op.create_index(op.f("ix_parcel_land_contract_id"), "parcel", ["land_contract_id"], unique=False)
    op.create_index(op.f("ix_parcel_name_id"), "parcel", ["name", "id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("days_after_acceptance", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_payment_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    op.create_index(op.f("ix_payment_contract_id"), "payment", ["contract_id"], unique=False)
    op.create_table(
        "rent_terms",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("cash", sa.BigInteger(), nullable=True),
        sa.Column("grain", sa.Integer(), nullable=True),
        sa.Column("grain_name", sa.String(length=30), nullable=False),
        sa.Column("grain_price", sa.BigInteger(), nullable=True),
        sa.Column("floor", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(sa.column("kind").in_(["cash", "grain"]), name=op.f("ck_rent_terms_rent_kind")),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=op.f("fk_rent_terms_contract_id_contract"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_rent_terms")),
    )
    op.create_table(
        "share_terms",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=op.f("fk_share_terms_contract_id_contract"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_share_terms")),
    )
    op.create_table(
        "standard_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=30), nullable=False),
        sa.Column("content", sa.String(length=60), nullable=False),
        sa.Column("agreed", sa.String(length=400), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=op.f("fk_standard_line_contract_id_contract"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_line")),
    )
    op.create_index(op.f("ix_standard_line_contract_id"), "standard_line", ["contract_id"], unique=False)
    op.create_table(
        "amendment_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("amendment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.CheckConstraint(
            sa.column("kind").in_(
                [
                    "amendments.drafted",
                    "amendments.revised",
                    "amendments.submitted",
                    "amendments.withdrawn",
                    "amendments.returned",
                    "amendments.approved",
                    "amendments.signed",
                    "amendments.voided",
                ]
            ),
            name=op.f("ck_amendment_act_amendment_act_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_amendment_act_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendment.id"], name=op.f("fk_amendment_act_amendment_id_amendment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment_act")),
    )
    op.create_index(op.f("ix_amendment_act_amendment_id"), "amendment_act", ["amendment_id"], unique=False)
    op.create_table(
        "annex_parcel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("annex_household_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parcel_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            sa.column("basis").in_(["title", "contract", "measured"]), name=op.f("ck_annex_parcel_area_kind")
        ),
        sa.ForeignKeyConstraint(
            ["annex_household_id"],
            ["annex_household.id"],
            name=op.f("fk_annex_parcel_annex_household_id_annex_household"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=op.f("fk_annex_parcel_contract_id_contract"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["parcel_id"], ["parcel.id"], name=op.f("fk_annex_parcel_parcel_id_parcel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annex_parcel")),
        sa.UniqueConstraint("contract_id", "parcel_id", name=op.f("uq_annex_parcel_contract_id_parcel_id")),
    )
    op.create_index(
        op.f("ix_annex_parcel_annex_household_id"), "annex_parcel", ["annex_household_id"], unique=False
    )
    op.create_index(op.f("ix_annex_parcel_parcel_id"), "annex_parcel", ["parcel_id"], unique=False)
    op.create_table(
        "mandate_parcel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("parcel_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            sa.column("basis").in_(["title", "contract", "measured"]),
            name=op.f("ck_mandate_parcel_area_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["mandate_id"],
            ["mandate.id"],
            name=op.f("fk_mandate_parcel_mandate_id_mandate"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["parcel_id"], ["parcel.id"], name=op.f("fk_mandate_parcel_parcel_id_parcel")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate_parcel")),
    )
    op.create_index(op.f("ix_mandate_parcel_mandate_id"), "mandate_parcel", ["mandate_id"], unique=False)
    op.create_index(op.f("ix_mandate_parcel_parcel_id"), "mandate_parcel", ["parcel_id"], unique=False)
    op.create_table(
        "parcel_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parcel_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("square_metres", sa.BigInteger(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.CheckConstraint(
            sa.column("kind").in_(["title", "contract", "measured"]), name=op.f("ck_parcel_area_area_kind")
        ),
        sa.ForeignKeyConstraint(
            ["parcel_id"], ["parcel.id"], name=op.f("fk_parcel_area_parcel_id_parcel"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcel_area")),
    )
    op.create_index(op.f("ix_parcel_area_parcel_id"), "parcel_area", ["parcel_id"], unique=False)


def downgrade() -> None:
    """Drop all tables; the triggers go with theirs, the function of PostgreSQL goes last."""
    drop_tables()
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION journal_entry_is_append_only()")


def drop_tables() -> None:
    op.drop_index(op.f("ix_parcel_area_parcel_id"), table_name="parcel_area")
    op.drop_table("parcel_area")
    op.drop_index(op.f("ix_mandate_parcel_parcel_id"), table_name="mandate_parcel")
    op.drop_index(op.f("ix_mandate_parcel_mandate_id"), table_name="mandate_parcel")
    op.drop_table("mandate_parcel")
    op.drop_index(op.f("ix_annex_parcel_parcel_id"), table_name="annex_parcel")
    op.drop_index(op.f("ix_annex_parcel_annex_household_id"), table_name="annex_parcel")
    op.drop_table("annex_parcel")
    op.drop_index(op.f("ix_amendment_act_amendment_id"), table_name="amendment_act")
    op.drop_table("amendment_act")
    op.drop_index(op.f("ix_standard_line_contract_id"), table_name="standard_line")
    op.drop_table("standard_line")
    op.drop_table("share_terms")
    op.drop_table("rent_terms")
    op.drop_index(op.f("ix_payment_contract_id"), table_name="payment")
    op.drop_table("payment")
    op.drop_index(op.f("ix_parcel_name_id"), table_name="parcel")
    op.drop_index(op.f("ix_parcel_land_contract_id"), table_name="parcel")
    op.drop_index(op.f("ix_parcel_issuer_id"), table_name="parcel")
    op.drop_index(op.f("ix_parcel_household_id"), table_name="parcel")
    op.drop_index(op.f("ix_parcel_division_code_code"), table_name="parcel")
    op.drop_table("parcel")
    op.drop_table("package_terms")
    op.drop_index(op.f("ix_menu_line_season_id"), table_name="menu_line")
    op.drop_index(op.f("ix_menu_line_link_id"), table_name="menu_line")
    op.drop_index(op.f("ix_menu_line_contract_id"), table_name="menu_line")
    op.drop_table("menu_line")
    op.drop_index("ix_import_row_batch_id_outcome_sheet_number", table_name="import_row")
    op.drop_table("import_row")
    op.drop_index("ix_import_change_batch_id_table_name_subject_id", table_name="import_change")
    op.drop_table("import_change")
    op.drop_index(op.f("ix_dividend_share_contract_id"), table_name="dividend_share")
    op.drop_table("dividend_share")
    op.drop_table("contract_revision")
    op.drop_index(op.f("ix_contract_act_contract_id"), table_name="contract_act")
    op.drop_table("contract_act")
    op.drop_index(op.f("ix_annex_household_mandate_id"), table_name="annex_household")
    op.drop_index(op.f("ix_annex_household_household_id"), table_name="annex_household")
    op.drop_table("annex_household")
    op.drop_index(op.f("ix_amendment_division_code_dated_on_id"), table_name="amendment")
    op.drop_table("amendment")
    op.drop_index(op.f("ix_posting_unit_id"), table_name="posting")
    op.drop_index(op.f("ix_posting_role_id"), table_name="posting")
    op.drop_index(op.f("ix_posting_account_id"), table_name="posting")
    op.drop_table("posting")
    op.drop_index(op.f("ix_paper_copy_job_id"), table_name="paper_copy")
    op.drop_table("paper_copy")
    op.drop_index(op.f("ix_mandate_household_id_agent_id"), table_name="mandate")
    op.drop_index(op.f("ix_mandate_division_code_dated_on_id"), table_name="mandate")
    op.drop_index(op.f("ix_mandate_agent_id"), table_name="mandate")
    op.drop_table("mandate")
    op.drop_index(op.f("ix_land_contract_household_id"), table_name="land_contract")
    op.drop_index(op.f("ix_land_contract_division_code"), table_name="land_contract")
    op.drop_table("land_contract")
    op.drop_index(op.f("ix_import_batch_account_id"), table_name="import_batch")
    op.drop_table("import_batch")
    op.drop_index(op.f("ix_household_suffix_household_id"), table_name="household_suffix")
    op.drop_table("household_suffix")
    op.drop_index(op.f("ix_household_member_id_index"), table_name="household_member")
    op.drop_index(op.f("ix_household_member_household_id"), table_name="household_member")
    op.drop_table("household_member")
    op.drop_index(op.f("ix_contract_upstream_contract_id"), table_name="contract")
    op.drop_index(op.f("ix_contract_serial"), table_name="contract")
    op.drop_index(op.f("ix_contract_renewed_from_id"), table_name="contract")
    op.drop_index(op.f("ix_contract_receiver_organisation_id"), table_name="contract")
    op.drop_index(op.f("ix_contract_receiver_household_id"), table_name="contract")
    op.drop_index(op.f("ix_contract_provider_id"), table_name="contract")
    op.drop_index(op.f("ix_contract_drafter_id"), table_name="contract")
    op.drop_index(op.f("ix_contract_division_code_dated_on_id"), table_name="contract")
    op.drop_index(op.f("ix_contract_dated_on_id"), table_name="contract")
    op.drop_table("contract")
    op.drop_table("villager_group")
    op.drop_index(op.f("ix_unit_parent_id"), table_name="unit")
    op.drop_index(op.f("ix_unit_division_code"), table_name="unit")
    op.drop_table("unit")
    op.drop_table("standard_item")
    op.drop_table("service_division")
    op.drop_index(op.f("ix_printed_paper_replaced_by_id"), table_name="printed_paper")
    op.drop_index(op.f("ix_printed_paper_number"), table_name="printed_paper")
    op.drop_index(op.f("ix_printed_paper_division_code_dated_on_id"), table_name="printed_paper")
    op.drop_table("printed_paper")
    op.drop_index(op.f("ix_price_version_provider_id"), table_name="price_version")
    op.drop_index(op.f("ix_price_version_link_id"), table_name="price_version")
    op.drop_index(op.f("ix_price_version_division_code_year_link_id"), table_name="price_version")
    op.drop_index(op.f("ix_price_version_crop_id"), table_name="price_version")
    op.drop_table("price_version")
    op.drop_index(op.f("ix_price_band_link_id"), table_name="price_band")
    op.drop_index(op.f("ix_price_band_crop_id"), table_name="price_band")
    op.drop_table("price_band")
    op.drop_index(op.f("ix_organisation_suffix_organisation_id"), table_name="organisation_suffix")
    op.drop_table("organisation_suffix")
    op.drop_index(op.f("ix_login_session_account_id"), table_name="login_session")
    op.drop_table("login_session")
    op.drop_index("ix_job_state_heartbeat_at", table_name="job")
    op.drop_index("ix_job_account_id_id", table_name="job")
    op.drop_table("job")
    op.drop_index(op.f("ix_household_phone_index"), table_name="household")
    op.drop_index(op.f("ix_household_issuer_id"), table_name="household")
    op.drop_index(op.f("ix_household_id_tail_index"), table_name="household")
    op.drop_index(op.f("ix_household_id_index"), table_name="household")
    op.drop_index(op.f("ix_household_division_code_group_number_id"), table_name="household")
    op.drop_table("household")
    op.drop_table("draft")
    op.drop_index(op.f("ix_division_suffix_code"), table_name="division_suffix")
    op.drop_table("division_suffix")
    op.drop_index(op.f("ix_crop_season_crop_id"), table_name="crop_season")
    op.drop_table("crop_season")
    op.drop_index("ix_attachment_owner_type_owner_id", table_name="attachment")
    op.drop_index(op.f("ix_attachment_digest"), table_name="attachment")
    op.drop_table("attachment")
    op.drop_table("role")
    op.drop_index(op.f("ix_organisation_representative_id_index"), table_name="organisation")
    op.drop_index(op.f("ix_organisation_division_code_name_id"), table_name="organisation")
    op.drop_table("organisation")
    op.drop_table("number_series")
    op.drop_index(op.f("ix_login_failure_address_at"), table_name="login_failure")
    op.drop_table("login_failure")
    op.drop_table("link")
    op.drop_table("journal_head")
    op.drop_index(op.f("ix_journal_entry_subject_type_subject_id_id"), table_name="journal_entry")
    op.drop_index(op.f("ix_journal_entry_at"), table_name="journal_entry")
    op.drop_index(op.f("ix_journal_entry_actor_id"), table_name="journal_entry")
    op.drop_index(op.f("ix_journal_entry_act"), table_name="journal_entry")
    op.drop_table("journal_entry")
    op.drop_index(op.f("ix_issuer_division_code"), table_name="issuer")
    op.drop_table("issuer")
    op.drop_index(op.f("ix_division_alias_new_code"), table_name="division_alias")
    op.drop_table("division_alias")
    op.drop_index(op.f("ix_division_parent_code"), table_name="division")
    op.drop_table("division")
    op.drop_table("crop")
    op.drop_table("account")
