"""People with an account. Their names stay inside; in public they sign with a pen name or not at all."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from archive.text.identifiers import PUBLIC_ID_LENGTH, random_public_id

RESEARCHERS = "Researcher"
EDITORS = "Editor"


class Person(AbstractUser):
    """An account. History refers to people by ``public_id``, so that it outlives the account."""

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=random_public_id, editable=False)
    pen_name = models.CharField(max_length=80, blank=True)
    email = None  # type: ignore[assignment]  # no mail is sent, no address kept
    EMAIL_FIELD = ""
    REQUIRED_FIELDS = []  # Django reads it as a plain list

    class Meta(AbstractUser.Meta):
        verbose_name_plural = "people"

    @property
    def signature(self) -> str:
        """How this person signs in public."""
        return self.pen_name or "the editors"
