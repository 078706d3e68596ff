"""Field season."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_field_season"
down_revision = "2026_11_23_first_house"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("formula", sa.String(length=32), nullable=False),
        sa.Column("weighs_every_pass", sa.Boolean(), nullable=False),
        sa.Column("large_from", sa.BigInteger(), nullable=False),
        sa.Column("tolerance", sa.Integer(), nullable=False),
        sa.Column("track_tolerance", sa.Integer(), nullable=False),
        sa.Column("reply_days", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "tolerance >= 0 and track_tolerance >= 0", name=op.f("ck_programme_tolerances_not_negative")
        ),
        sa.CheckConstraint(
            sa.column("formula").in_(["coefficient", "money"]), name=op.f("ck_programme_weight_formula")
        ),
        sa.CheckConstraint(
            sa.column("kind").in_(["general", "project"]), name=op.f("ck_programme_programme_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint(
            "division_code", "year", "name", name=op.f("uq_programme_division_code_year_name")
        ),
    )
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.create_index(
            "ix_programme_general",
            ["division_code", "year"],
            unique=True,
            sqlite_where=sa.text("kind = 'general'"),
            postgresql_where=sa.text("kind = 'general'"),
        )

    op.create_table(
        "acreage_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("season_key", sa.Integer(), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=100), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_acreage_sheet_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acreage_sheet")),
        sa.UniqueConstraint("number", name=op.f("uq_acreage_sheet_number")),
        sa.UniqueConstraint(
            "programme_id",
            "division_code",
            "season_key",
            "digits",
            "office",
            name=op.f("uq_acreage_sheet_programme_id_division_code_season_key_digits_office"),
        ),
    )
    with op.batch_alter_table("acreage_sheet", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_acreage_sheet_division_code_dated_on"), ["division_code", "dated_on"], unique=False
        )

    op.create_table(
        "acreage_summary",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("season_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("small_households", sa.Integer(), nullable=False),
        sa.Column("large_households", sa.Integer(), nullable=False),
        sa.Column("parcels", sa.Integer(), nullable=False),
        sa.Column("tilled", sa.BigInteger(), nullable=False),
        sa.Column("sown", sa.BigInteger(), nullable=False),
        sa.Column("protected", sa.BigInteger(), nullable=False),
        sa.Column("protected_times", sa.BigInteger(), nullable=False),
        sa.Column("harvested", sa.BigInteger(), nullable=False),
        sa.Column("mu_times", sa.BigInteger(), nullable=False),
        sa.Column("deemed_times", sa.BigInteger(), nullable=False),
        sa.Column("physical", sa.BigInteger(), nullable=False),
        sa.Column("physical_small", sa.BigInteger(), nullable=False),
        sa.Column("physical_entrusted", sa.BigInteger(), nullable=False),
        sa.Column("weighted", sa.BigInteger(), nullable=False),
        sa.Column("weighted_small", sa.BigInteger(), nullable=False),
        sa.Column("whole", sa.BigInteger(), nullable=False),
        sa.Column("income", sa.BigInteger(), nullable=False),
        sa.Column("subsidy", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_acreage_summary_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("programme_id", "season_key", "code", name=op.f("pk_acreage_summary")),
    )
    with op.batch_alter_table("acreage_summary", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_acreage_summary_programme_id_season_key_digits_code"),
            ["programme_id", "season_key", "digits", "code"],
            unique=False,
        )

    op.create_table(
        "coefficient_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_coefficient_version_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["account.id"], name=op.f("fk_coefficient_version_publisher_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coefficient_version")),
        sa.UniqueConstraint(
            "programme_id", "number", name=op.f("uq_coefficient_version_programme_id_number")
        ),
    )
    op.create_table(
        "machine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("owner_name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("model", sa.String(length=60), nullable=False),
        sa.Column("plate", sa.String(length=30), nullable=False),
        sa.Column("terminal_number", sa.String(length=40), nullable=True),
        sa.Column("width_cm", sa.Integer(), nullable=True),
        sa.Column("daily_capacity", sa.BigInteger(), nullable=False),
        sa.Column("licensed_until", sa.Date(), nullable=True),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            sa.column("kind").in_(
                [
                    "tractor",
                    "tiller",
                    "drill",
                    "sprayer",
                    "drone",
                    "harvester",
                    "pump",
                    "baler",
                    "dryer",
                    "other",
                ]
            ),
            name=op.f("ck_machine_machine_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["organisation.id"], name=op.f("fk_machine_owner_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_machine_provider_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_machine")),
        sa.UniqueConstraint("terminal_number", name=op.f("uq_machine_terminal_number")),
    )
    with op.batch_alter_table("machine", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_machine_division_code_id"), ["division_code", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_machine_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_machine_provider_id_id"), ["provider_id", "id"], unique=False)

    op.create_table(
        "operator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(length=16), nullable=True),
        sa.Column("licence_number", sa.String(length=40), nullable=False),
        sa.Column("licence_class", sa.String(length=30), nullable=False),
        sa.Column("licensed_from", sa.Date(), nullable=True),
        sa.Column("licensed_until", sa.Date(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_operator_account_id_account")),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["organisation.id"], name=op.f("fk_operator_employer_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_operator_provider_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator")),
        sa.UniqueConstraint("account_id", name=op.f("uq_operator_account_id")),
    )
    with op.batch_alter_table("operator", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_operator_division_code_id"), ["division_code", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_operator_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_operator_phone_index"), ["phone_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_operator_provider_id_id"), ["provider_id", "id"], unique=False)

    op.create_table(
        "coefficient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("crop_id", sa.Integer(), nullable=True),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("weight >= 0 and weight <= 10000", name=op.f("ck_coefficient_weight_at_most_one")),
        sa.ForeignKeyConstraint(["crop_id"], ["crop.id"], name=op.f("fk_coefficient_crop_id_crop")),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_coefficient_link_id_link")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["coefficient_version.id"],
            name=op.f("fk_coefficient_version_id_coefficient_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coefficient")),
        sa.UniqueConstraint(
            "version_id", "crop_id", "link_id", name=op.f("uq_coefficient_version_id_crop_id_link_id")
        ),
    )
    with op.batch_alter_table("coefficient", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coefficient_crop_id"), ["crop_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coefficient_link_id"), ["link_id"], unique=False)

    op.create_table(
        "required_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("crop_id", sa.Integer(), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=True),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.CheckConstraint("passes >= 1", name=op.f("ck_required_link_passes_from_one")),
        sa.ForeignKeyConstraint(["crop_id"], ["crop.id"], name=op.f("fk_required_link_crop_id_crop")),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_required_link_link_id_link")),
        sa.ForeignKeyConstraint(
            ["season_id"], ["crop_season.id"], name=op.f("fk_required_link_season_id_crop_season")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_required_link")),
        sa.UniqueConstraint(
            "crop_id", "season_id", "link_id", name=op.f("uq_required_link_crop_id_season_id_link_id")
        ),
    )
    with op.batch_alter_table("required_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_required_link_link_id"), ["link_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_required_link_season_id"), ["season_id"], unique=False)

    op.create_table(
        "work_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("county_code", sa.String(length=12), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("pass_number", sa.Integer(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=True),
        sa.Column("machine_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("exception_reason", sa.String(length=400), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("household_count", sa.Integer(), nullable=False),
        sa.Column("parcel_count", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("cancelled_reason", sa.String(length=200), nullable=False),
        sa.Column("drafter_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("pass_number >= 1", name=op.f("ck_work_order_passes_from_one")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_work_order_window_in_order")),
        sa.ForeignKeyConstraint(
            ["drafter_id"], ["account.id"], name=op.f("fk_work_order_drafter_id_account")
        ),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_work_order_link_id_link")),
        sa.ForeignKeyConstraint(
            ["machine_id"], ["machine.id"], name=op.f("fk_work_order_machine_id_machine")
        ),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name=op.f("fk_work_order_operator_id_operator")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_work_order_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_work_order_provider_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["season_id"], ["crop_season.id"], name=op.f("fk_work_order_season_id_crop_season")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_order")),
        sa.UniqueConstraint("county_code", "number", name=op.f("uq_work_order_county_code_number")),
    )
    with op.batch_alter_table("work_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_order_dated_on_id"), ["dated_on", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_work_order_division_code_dated_on_id"),
            ["division_code", "dated_on", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_work_order_drafter_id"), ["drafter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_link_id"), ["link_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_machine_id"), ["machine_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_operator_id"), ["operator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_provider_id"), ["provider_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_work_order_season_id_link_id_division_code"),
            ["season_id", "link_id", "division_code"],
            unique=False,
        )

    op.create_table(
        "acceptance_slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=100), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(length=16), nullable=True),
        sa.Column("coded_at", sa.DateTime(), nullable=True),
        sa.Column("expires_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("noticed_on", sa.Date(), nullable=True),
        sa.Column("notice_way", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("way", sa.String(length=32), nullable=True),
        sa.Column("respondent", sa.String(length=32), nullable=True),
        sa.Column("respondent_name", sa.String(length=60), nullable=False),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("address_digest", sa.LargeBinary(length=16), nullable=True),
        sa.Column("device_digest", sa.LargeBinary(length=16), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            sa.column("notice_way").in_(["paper", "visit", "phone", "message"]),
            name=op.f("ck_acceptance_slip_notice_way"),
        ),
        sa.CheckConstraint(
            sa.column("respondent").in_(["farmer", "family", "witness"]),
            name=op.f("ck_acceptance_slip_respondent"),
        ),
        sa.CheckConstraint(
            sa.column("way").in_(["code", "paper", "deemed"]), name=op.f("ck_acceptance_slip_acceptance_way")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_acceptance_slip_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["work_order.id"], name=op.f("fk_acceptance_slip_order_id_work_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance_slip")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_acceptance_slip_code_digest")),
        sa.UniqueConstraint(
            "order_id", "household_id", name=op.f("uq_acceptance_slip_order_id_household_id")
        ),
    )
    with op.batch_alter_table("acceptance_slip", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_acceptance_slip_address_digest"), ["address_digest"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_acceptance_slip_device_digest"), ["device_digest"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_acceptance_slip_division_code_id"), ["division_code", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_acceptance_slip_household_id"), ["household_id"], unique=False)

    op.create_table(
        "track",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("machine_id", sa.Integer(), nullable=True),
        sa.Column("operator_id", sa.Integer(), nullable=True),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("terminal_number", sa.String(length=40), nullable=False),
        sa.Column("point_count", sa.Integer(), nullable=False),
        sa.Column("width_cm", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=False),
        sa.Column("swept", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("uploader_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            sa.column("format").in_(["gpx", "geojson", "csv"]), name=op.f("ck_track_track_format")
        ),
        sa.ForeignKeyConstraint(["machine_id"], ["machine.id"], name=op.f("fk_track_machine_id_machine")),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name=op.f("fk_track_operator_id_operator")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_track_order_id_work_order")),
        sa.ForeignKeyConstraint(["uploader_id"], ["account.id"], name=op.f("fk_track_uploader_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track")),
    )
    with op.batch_alter_table("track", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_track_division_code_id"), ["division_code", "id"], unique=False)
        batch_op.create_index(
            "ix_track_file",
            ["order_id", "file_digest"],
            unique=True,
            sqlite_where=sa.text("undone_at is null"),
            postgresql_where=sa.text("undone_at is null"),
        )
        batch_op.create_index(batch_op.f("ix_track_file_digest"), ["file_digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_track_machine_id"), ["machine_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_track_operator_id"), ["operator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_track_uploader_id"), ["uploader_id"], unique=False)

    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("parcel_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("pass_number", sa.Integer(), nullable=False),
        sa.Column("planned_area", sa.BigInteger(), nullable=False),
        sa.Column("basis_area", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.String(length=32), nullable=True),
        sa.Column("done_area", sa.BigInteger(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("is_disputed", sa.Boolean(), nullable=False),
        sa.Column("is_deemed", sa.Boolean(), nullable=False),
        sa.Column("accepted_area", sa.BigInteger(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("cancelled_reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "accepted_area is null or accepted_area >= 0", name=op.f("ck_order_line_accepted_not_negative")
        ),
        sa.CheckConstraint(
            "planned_area > 0 and done_area >= 0", name=op.f("ck_order_line_areas_not_negative")
        ),
        sa.CheckConstraint(
            sa.column("result").in_(["done", "partly", "not_done"]), name=op.f("ck_order_line_work_result")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_order_line_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_order_line_household_id_household")
        ),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_order_line_link_id_link")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["work_order.id"], name=op.f("fk_order_line_order_id_work_order")
        ),
        sa.ForeignKeyConstraint(["parcel_id"], ["parcel.id"], name=op.f("fk_order_line_parcel_id_parcel")),
        sa.ForeignKeyConstraint(
            ["season_id"], ["crop_season.id"], name=op.f("fk_order_line_season_id_crop_season")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
        sa.UniqueConstraint("order_id", "parcel_id", name=op.f("uq_order_line_order_id_parcel_id")),
    )
    with op.batch_alter_table("order_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_line_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_line_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_line_link_id"), ["link_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_order_line_order_id_household_id"), ["order_id", "household_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_order_line_season_id_link_id_division_code"),
            ["season_id", "link_id", "division_code"],
            unique=False,
        )
        batch_op.create_index(
            "ix_order_line_work",
            ["parcel_id", "season_id", "link_id", "pass_number"],
            unique=True,
            sqlite_where=sa.text("cancelled_at is null"),
            postgresql_where=sa.text("cancelled_at is null"),
        )

    op.create_table(
        "parcel_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("parcel_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("is_entrusted", sa.Boolean(), nullable=False),
        sa.Column("basis_area", sa.BigInteger(), nullable=False),
        sa.Column("tilled", sa.BigInteger(), nullable=False),
        sa.Column("sown", sa.BigInteger(), nullable=False),
        sa.Column("protected", sa.BigInteger(), nullable=False),
        sa.Column("protected_times", sa.BigInteger(), nullable=False),
        sa.Column("harvested", sa.BigInteger(), nullable=False),
        sa.Column("mu_times", sa.BigInteger(), nullable=False),
        sa.Column("deemed_times", sa.BigInteger(), nullable=False),
        sa.Column("physical", sa.BigInteger(), nullable=False),
        sa.Column("weighted", sa.BigInteger(), nullable=False),
        sa.Column("whole", sa.BigInteger(), nullable=False),
        sa.Column("year_physical", sa.BigInteger(), nullable=False),
        sa.Column("year_whole", sa.BigInteger(), nullable=False),
        sa.Column("income", sa.BigInteger(), nullable=False),
        sa.Column("subsidy", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("deemed_times <= mu_times", name=op.f("ck_parcel_count_deemed_within_times")),
        sa.CheckConstraint("physical <= basis_area", name=op.f("ck_parcel_count_each_mu_once")),
        sa.CheckConstraint("weighted <= physical", name=op.f("ck_parcel_count_weighs_no_more_than_land")),
        sa.CheckConstraint("whole <= physical", name=op.f("ck_parcel_count_whole_within_physical")),
        sa.CheckConstraint(
            "year_physical <= physical and year_whole <= whole",
            name=op.f("ck_parcel_count_year_within_season"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_parcel_count_household_id_household")
        ),
        sa.ForeignKeyConstraint(["parcel_id"], ["parcel.id"], name=op.f("fk_parcel_count_parcel_id_parcel")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_parcel_count_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["season_id"], ["crop_season.id"], name=op.f("fk_parcel_count_season_id_crop_season")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["coefficient_version.id"],
            name=op.f("fk_parcel_count_version_id_coefficient_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcel_count")),
        sa.UniqueConstraint(
            "programme_id",
            "season_id",
            "parcel_id",
            name=op.f("uq_parcel_count_programme_id_season_id_parcel_id"),
        ),
    )
    with op.batch_alter_table("parcel_count", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_parcel_count_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_parcel_count_parcel_id"), ["parcel_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_parcel_count_programme_id_division_code_season_id"),
            ["programme_id", "division_code", "season_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_parcel_count_programme_id_holder"), ["programme_id", "holder"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_parcel_count_season_id"), ["season_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_parcel_count_version_id"), ["version_id"], unique=False)

    op.create_table(
        "parcel_lineage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("area > 0", name=op.f("ck_parcel_lineage_area_positive")),
        sa.ForeignKeyConstraint(["from_id"], ["parcel.id"], name=op.f("fk_parcel_lineage_from_id_parcel")),
        sa.ForeignKeyConstraint(["to_id"], ["parcel.id"], name=op.f("fk_parcel_lineage_to_id_parcel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcel_lineage")),
        sa.UniqueConstraint("from_id", "to_id", name=op.f("uq_parcel_lineage_from_id_to_id")),
    )
    with op.batch_alter_table("parcel_lineage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_parcel_lineage_to_id"), ["to_id"], unique=False)

    op.create_table(
        "parcel_outline",
        sa.Column("parcel_id", sa.Integer(), nullable=False),
        sa.Column("geometry", sa.Text(), nullable=False),
        sa.Column("square_metres", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parcel_id"], ["parcel.id"], name=op.f("fk_parcel_outline_parcel_id_parcel"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("parcel_id", name=op.f("pk_parcel_outline")),
    )
    op.create_table(
        "acceptance_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slip_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("way", sa.String(length=32), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("exception_reason", sa.String(length=200), nullable=False),
        sa.Column("evidence_digest", sa.String(length=64), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("area >= 0", name=op.f("ck_acceptance_reply_area_not_negative")),
        sa.CheckConstraint(
            sa.column("verdict").in_(["accepted", "smaller", "not_done"]),
            name=op.f("ck_acceptance_reply_verdict"),
        ),
        sa.CheckConstraint(
            sa.column("way").in_(["code", "paper", "deemed"]), name=op.f("ck_acceptance_reply_acceptance_way")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["order_line.id"], name=op.f("fk_acceptance_reply_line_id_order_line")
        ),
        sa.ForeignKeyConstraint(
            ["recorder_id"], ["account.id"], name=op.f("fk_acceptance_reply_recorder_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["slip_id"], ["acceptance_slip.id"], name=op.f("fk_acceptance_reply_slip_id_acceptance_slip")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance_reply")),
    )
    with op.batch_alter_table("acceptance_reply", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_acceptance_reply_evidence_digest"), ["evidence_digest"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_acceptance_reply_recorder_id"), ["recorder_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_acceptance_reply_slip_id"), ["slip_id"], unique=False)
        batch_op.create_index(
            "ix_acceptance_reply_standing",
            ["line_id"],
            unique=True,
            sqlite_where=sa.text("undone_at is null"),
            postgresql_where=sa.text("undone_at is null"),
        )

    op.create_table(
        "acreage_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("parcel_id", sa.Integer(), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("pass_number", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("income", sa.BigInteger(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("is_entrusted", sa.Boolean(), nullable=False),
        sa.Column("is_deemed", sa.Boolean(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("carried_from_id", sa.Integer(), nullable=True),
        sa.Column("struck_at", sa.DateTime(), nullable=True),
        sa.Column("struck_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("area > 0", name=op.f("ck_acreage_entry_area_positive")),
        sa.CheckConstraint("pass_number >= 1 and part >= 0", name=op.f("ck_acreage_entry_passes_from_one")),
        sa.ForeignKeyConstraint(
            ["carried_from_id"],
            ["acreage_entry.id"],
            name=op.f("fk_acreage_entry_carried_from_id_acreage_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_acreage_entry_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_acreage_entry_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["order_line.id"], name=op.f("fk_acreage_entry_line_id_order_line")
        ),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_acreage_entry_link_id_link")),
        sa.ForeignKeyConstraint(["parcel_id"], ["parcel.id"], name=op.f("fk_acreage_entry_parcel_id_parcel")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_acreage_entry_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_acreage_entry_provider_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["season_id"], ["crop_season.id"], name=op.f("fk_acreage_entry_season_id_crop_season")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acreage_entry")),
    )
    with op.batch_alter_table("acreage_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_acreage_entry_carried_from_id"), ["carried_from_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_acreage_entry_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_acreage_entry_division_code_season_id_id"),
            ["division_code", "season_id", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_acreage_entry_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_acreage_entry_line_id"), ["line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_acreage_entry_link_id"), ["link_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_acreage_entry_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_acreage_entry_provider_id"), ["provider_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_acreage_entry_season_id"), ["season_id"], unique=False)
        batch_op.create_index(
            "ix_acreage_entry_work",
            ["parcel_id", "season_id", "link_id", "pass_number", "part"],
            unique=True,
            sqlite_where=sa.text("struck_at is null"),
            postgresql_where=sa.text("struck_at is null"),
        )

    op.create_table(
        "work_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=32), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("operator_id", sa.Integer(), nullable=True),
        sa.Column("machine_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("quality", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("exception_reason", sa.String(length=200), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("area >= 0", name=op.f("ck_work_report_area_not_negative")),
        sa.CheckConstraint(
            sa.column("result").in_(["done", "partly", "not_done"]), name=op.f("ck_work_report_work_result")
        ),
        sa.CheckConstraint(
            sa.column("source").in_(["bulk", "phone", "track", "spreadsheet"]),
            name=op.f("ck_work_report_work_source"),
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["order_line.id"], name=op.f("fk_work_report_line_id_order_line")
        ),
        sa.ForeignKeyConstraint(
            ["machine_id"], ["machine.id"], name=op.f("fk_work_report_machine_id_machine")
        ),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name=op.f("fk_work_report_operator_id_operator")
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["account.id"], name=op.f("fk_work_report_reporter_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_report")),
        sa.UniqueConstraint("form_key", "line_id", name=op.f("uq_work_report_form_key_line_id")),
    )
    with op.batch_alter_table("work_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_report_line_id"), ["line_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_work_report_machine_id_worked_on"), ["machine_id", "worked_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_work_report_operator_id"), ["operator_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_work_report_reporter_id_reported_at"), ["reporter_id", "reported_at"], unique=False
        )

    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("reported_area", sa.BigInteger(), nullable=False),
        sa.Column("claimed_area", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(), nullable=True),
        sa.Column("end", sa.String(length=32), nullable=True),
        sa.Column("settled_area", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("evidence_digest", sa.String(length=64), nullable=True),
        sa.Column("resolver_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            sa.column("end").in_(["farmer_right", "report_right", "remeasured", "rework", "withdrawn"]),
            name=op.f("ck_dispute_dispute_end"),
        ),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name=op.f("fk_dispute_line_id_order_line")),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["acceptance_reply.id"], name=op.f("fk_dispute_reply_id_acceptance_reply")
        ),
        sa.ForeignKeyConstraint(["resolver_id"], ["account.id"], name=op.f("fk_dispute_resolver_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("reply_id", name=op.f("uq_dispute_reply_id")),
    )
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dispute_division_code_id"), ["division_code", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_dispute_evidence_digest"), ["evidence_digest"], unique=False)
        batch_op.create_index(
            "ix_dispute_open",
            ["line_id"],
            unique=True,
            sqlite_where=sa.text("resolved_at is null"),
            postgresql_where=sa.text("resolved_at is null"),
        )
        batch_op.create_index(batch_op.f("ix_dispute_resolver_id"), ["resolver_id"], unique=False)

    op.create_table(
        "track_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("added", sa.BigInteger(), nullable=False),
        sa.Column("swept", sa.BigInteger(), nullable=False),
        sa.Column("declared", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            sa.column("outcome").in_(["within", "partly", "remeasure", "outside", "no_outline"]),
            name=op.f("ck_track_match_track_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["order_line.id"], name=op.f("fk_track_match_line_id_order_line")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["work_report.id"], name=op.f("fk_track_match_report_id_work_report")
        ),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_track_match_track_id_track")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_match")),
        sa.UniqueConstraint("track_id", "line_id", name=op.f("uq_track_match_track_id_line_id")),
    )
    with op.batch_alter_table("track_match", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_track_match_line_id"), ["line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_track_match_report_id"), ["report_id"], unique=False)

    op.create_table(
        "remeasure_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parcel_id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("swept", sa.BigInteger(), nullable=False),
        sa.Column("declared", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(), nullable=True),
        sa.Column("resolver_id", sa.Integer(), nullable=True),
        sa.Column("measured", sa.BigInteger(), nullable=True),
        sa.Column("resolution", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["match_id"], ["track_match.id"], name=op.f("fk_remeasure_task_match_id_track_match")
        ),
        sa.ForeignKeyConstraint(
            ["parcel_id"], ["parcel.id"], name=op.f("fk_remeasure_task_parcel_id_parcel")
        ),
        sa.ForeignKeyConstraint(
            ["resolver_id"], ["account.id"], name=op.f("fk_remeasure_task_resolver_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remeasure_task")),
        sa.UniqueConstraint("match_id", name=op.f("uq_remeasure_task_match_id")),
    )
    with op.batch_alter_table("remeasure_task", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_remeasure_task_division_code_id"), ["division_code", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_remeasure_task_parcel_id"), ["parcel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_remeasure_task_resolver_id"), ["resolver_id"], unique=False)

    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.alter_column("uploaded_by", existing_type=sa.INTEGER(), nullable=True)


def downgrade() -> None:
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.alter_column("uploaded_by", existing_type=sa.INTEGER(), nullable=False)

    with op.batch_alter_table("remeasure_task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remeasure_task_resolver_id"))
        batch_op.drop_index(batch_op.f("ix_remeasure_task_parcel_id"))
        batch_op.drop_index(batch_op.f("ix_remeasure_task_division_code_id"))

    op.drop_table("remeasure_task")
    with op.batch_alter_table("track_match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_track_match_report_id"))
        batch_op.drop_index(batch_op.f("ix_track_match_line_id"))

    op.drop_table("track_match")
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dispute_resolver_id"))
        batch_op.drop_index(
            "ix_dispute_open",
            sqlite_where=sa.text("resolved_at is null"),
            postgresql_where=sa.text("resolved_at is null"),
        )
        batch_op.drop_index(batch_op.f("ix_dispute_evidence_digest"))
        batch_op.drop_index(batch_op.f("ix_dispute_division_code_id"))

    op.drop_table("dispute")
    with op.batch_alter_table("work_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_work_report_reporter_id_reported_at"))
        batch_op.drop_index(batch_op.f("ix_work_report_operator_id"))
        batch_op.drop_index(batch_op.f("ix_work_report_machine_id_worked_on"))
        batch_op.drop_index(batch_op.f("ix_work_report_line_id"))

    op.drop_table("work_report")
    with op.batch_alter_table("acreage_entry", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_acreage_entry_work",
            sqlite_where=sa.text("struck_at is null"),
            postgresql_where=sa.text("struck_at is null"),
        )
        batch_op.drop_index(batch_op.f("ix_acreage_entry_season_id"))
        batch_op.drop_index(batch_op.f("ix_acreage_entry_provider_id"))
        batch_op.drop_index(batch_op.f("ix_acreage_entry_programme_id"))
        batch_op.drop_index(batch_op.f("ix_acreage_entry_link_id"))
        batch_op.drop_index(batch_op.f("ix_acreage_entry_line_id"))
        batch_op.drop_index(batch_op.f("ix_acreage_entry_household_id"))
        batch_op.drop_index(batch_op.f("ix_acreage_entry_division_code_season_id_id"))
        batch_op.drop_index(batch_op.f("ix_acreage_entry_contract_id"))
        batch_op.drop_index(batch_op.f("ix_acreage_entry_carried_from_id"))

    op.drop_table("acreage_entry")
    with op.batch_alter_table("acceptance_reply", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_acceptance_reply_standing",
            sqlite_where=sa.text("undone_at is null"),
            postgresql_where=sa.text("undone_at is null"),
        )
        batch_op.drop_index(batch_op.f("ix_acceptance_reply_slip_id"))
        batch_op.drop_index(batch_op.f("ix_acceptance_reply_recorder_id"))
        batch_op.drop_index(batch_op.f("ix_acceptance_reply_evidence_digest"))

    op.drop_table("acceptance_reply")
    op.drop_table("parcel_outline")
    with op.batch_alter_table("parcel_lineage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_parcel_lineage_to_id"))

    op.drop_table("parcel_lineage")
    with op.batch_alter_table("parcel_count", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_parcel_count_version_id"))
        batch_op.drop_index(batch_op.f("ix_parcel_count_season_id"))
        batch_op.drop_index(batch_op.f("ix_parcel_count_programme_id_holder"))
        batch_op.drop_index(batch_op.f("ix_parcel_count_programme_id_division_code_season_id"))
        batch_op.drop_index(batch_op.f("ix_parcel_count_parcel_id"))
        batch_op.drop_index(batch_op.f("ix_parcel_count_household_id"))

    op.drop_table("parcel_count")
    with op.batch_alter_table("order_line", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_order_line_work",
            sqlite_where=sa.text("cancelled_at is null"),
            postgresql_where=sa.text("cancelled_at is null"),
        )
        batch_op.drop_index(batch_op.f("ix_order_line_season_id_link_id_division_code"))
        batch_op.drop_index(batch_op.f("ix_order_line_order_id_household_id"))
        batch_op.drop_index(batch_op.f("ix_order_line_link_id"))
        batch_op.drop_index(batch_op.f("ix_order_line_household_id"))
        batch_op.drop_index(batch_op.f("ix_order_line_contract_id"))

    op.drop_table("order_line")
    with op.batch_alter_table("track", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_track_uploader_id"))
        batch_op.drop_index(batch_op.f("ix_track_operator_id"))
        batch_op.drop_index(batch_op.f("ix_track_machine_id"))
        batch_op.drop_index(batch_op.f("ix_track_file_digest"))
        batch_op.drop_index(
            "ix_track_file",
            sqlite_where=sa.text("undone_at is null"),
            postgresql_where=sa.text("undone_at is null"),
        )
        batch_op.drop_index(batch_op.f("ix_track_division_code_id"))

    op.drop_table("track")
    with op.batch_alter_table("acceptance_slip", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acceptance_slip_household_id"))
        batch_op.drop_index(batch_op.f("ix_acceptance_slip_division_code_id"))
        batch_op.drop_index(batch_op.f("ix_acceptance_slip_device_digest"))
        batch_op.drop_index(batch_op.f("ix_acceptance_slip_address_digest"))

    op.drop_table("acceptance_slip")
    with op.batch_alter_table("work_order", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_work_order_season_id_link_id_division_code"))
        batch_op.drop_index(batch_op.f("ix_work_order_provider_id"))
        batch_op.drop_index(batch_op.f("ix_work_order_programme_id"))
        batch_op.drop_index(batch_op.f("ix_work_order_operator_id"))
        batch_op.drop_index(batch_op.f("ix_work_order_machine_id"))
        batch_op.drop_index(batch_op.f("ix_work_order_link_id"))
        batch_op.drop_index(batch_op.f("ix_work_order_drafter_id"))
        batch_op.drop_index(batch_op.f("ix_work_order_division_code_dated_on_id"))
        batch_op.drop_index(batch_op.f("ix_work_order_dated_on_id"))

    op.drop_table("work_order")
    with op.batch_alter_table("required_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_required_link_season_id"))
        batch_op.drop_index(batch_op.f("ix_required_link_link_id"))

    op.drop_table("required_link")
    with op.batch_alter_table("coefficient", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coefficient_link_id"))
        batch_op.drop_index(batch_op.f("ix_coefficient_crop_id"))

    op.drop_table("coefficient")
    with op.batch_alter_table("operator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_operator_provider_id_id"))
        batch_op.drop_index(batch_op.f("ix_operator_phone_index"))
        batch_op.drop_index(batch_op.f("ix_operator_employer_id"))
        batch_op.drop_index(batch_op.f("ix_operator_division_code_id"))

    op.drop_table("operator")
    with op.batch_alter_table("machine", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_machine_provider_id_id"))
        batch_op.drop_index(batch_op.f("ix_machine_owner_id"))
        batch_op.drop_index(batch_op.f("ix_machine_division_code_id"))

    op.drop_table("machine")
    op.drop_table("coefficient_version")
    with op.batch_alter_table("acreage_summary", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acreage_summary_programme_id_season_key_digits_code"))

    op.drop_table("acreage_summary")
    with op.batch_alter_table("acreage_sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acreage_sheet_division_code_dated_on"))

    op.drop_table("acreage_sheet")
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_programme_general",
            sqlite_where=sa.text("kind = 'general'"),
            postgresql_where=sa.text("kind = 'general'"),
        )

    op.drop_table("programme")
