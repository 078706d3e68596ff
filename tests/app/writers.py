"""One of several processes that write at the same time: ``python -m tests.app.writers HOME NAME COUNT``."""

import sys
from pathlib import Path

from app.config import Settings
from app.factory import create_app
from foundation.access.grants import Viewer
from foundation.accounts import service
from foundation.clock import now
from foundation.database.engine import db


def main() -> None:
    """Create accounts one by one, each in a transaction of its own, as requests do."""
    home, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    app = create_app(Settings(home=home))
    with app.app_context():
        for number in range(count):
            details = service.AccountDetails(login_name=f"{name}{number}", name=f"{name}·{number}")
            service.create_account(details, viewer=Viewer(account_id=0, name=name), now=now())
            db.session.commit()
            db.session.remove()


if __name__ == "__main__":
    main()
