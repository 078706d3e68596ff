"""Write a migration from the difference between the migrations so far and the models of today.

``python -m tools.new_migration "add parcels"`` compares on a throw-away SQLite database, names the file by
the day, and formats it. What the comparison cannot see (CHECKs of enumerations, triggers, moved data) is
written by hand; the test of the migrations says what is still missing.
"""

import re
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from alembic import command
from alembic.util import CommandError

from app import schema
from app.config import Settings
from app.factory import create_app
from foundation.clock import today
from foundation.database.engine import db

LONGEST_REVISION = 32
REMARK = re.compile(r"^ *# ### .*\n", re.MULTILINE)


def revision_name(title: str, on: date) -> str:
    """Return the dated name, which is file name and revision id at once: ``2026_11_23_add_parcels``."""
    slug = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")
    name = f"{on:%Y_%m_%d}_{slug}"
    if not slug or len(name) > LONGEST_REVISION:
        sys.exit(f'Give a title of 1 to {LONGEST_REVISION - 11} letters: make migration NAME="add parcels"')
    return name


def write(title: str) -> Path:
    """Write the migration and return its file."""
    name = revision_name(title, today())
    with tempfile.TemporaryDirectory() as home:
        app = create_app(Settings(home=Path(home)))
        with app.app_context():
            schema.move_to(db.engine)
            with db.engine.connect() as connection:
                config = schema.configuration(connection)
                config.set_main_option("file_template", "%%(rev)s")
                command.revision(config, title.capitalize(), autogenerate=True, rev_id=name)
            db.engine.dispose()
    file = schema.MIGRATIONS / "versions" / f"{name}.py"
    file.write_text(REMARK.sub("", file.read_text("utf-8")), "utf-8")
    return file


def main() -> None:
    """Write the migration that the command line names."""
    try:
        file = write(" ".join(sys.argv[1:]))
    except CommandError as error:
        sys.exit(str(error))
    subprocess.run([sys.executable, "-m", "ruff", "check", "--fix", "--quiet", str(file)], check=False)
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(file)], check=True)
    print(f"Written: {file}\nRead it before you commit it.")


if __name__ == "__main__":
    main()
