"""``manage.py verify_captures``: read every stored byte again and compare its SHA-256."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.captures import verify
from archive.models import Capture


class Command(BaseCommand):
    help = "Compare every capture's bytes with their SHA-256. Ends with 1 and names each that differs."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(verify.faults())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} of {Capture.objects.count()} captures are not as received.")
        self.stdout.write(f"{Capture.objects.count()} captures are as received.")
