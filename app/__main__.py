"""``python -m app`` is ``shecun``, for services that start their own helpers."""

from app.commands import main

main(prog_name="shecun")
