#!/usr/bin/env python3
"""Run one of the archive's commands; `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as missing:
        raise SystemExit(
            f"{missing}. The archive's packages are not in this Python. Run\n"
            "  python3 -m venv .venv && .venv/bin/pip install -r requirements.txt\n"
            "and then .venv/bin/python manage.py …"
        ) from missing
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
