"""People with an account. Their names stay inside; in public they sign with a pen name or not at all."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from archive.text import normalise
from archive.text.identifiers import PUBLIC_ID_LENGTH, random_public_id

RESEARCHERS = "Researcher"
EDITORS = "Editor"
# How everybody signs who has no pen name; nobody's own.
NOBODYS_NAMES = frozenset({"the editors", "the editor", "editors", "editor", "editorial", "someone who left"})
KEY_LENGTH = 160


class FoldedField(models.CharField):  # type: ignore[type-arg]  # Django knows no parameters there
    """What another field holds, whatever its case and letter forms, for a constraint; empty for nobody's names."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = name_key(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, value)
        return value


def name_key(name: str) -> str:
    """What makes two names the same; empty for a name that is nobody's own."""
    folded = normalise.folded(name)
    return "" if folded in NOBODYS_NAMES else folded[:KEY_LENGTH]


class Person(AbstractUser):
    """An account. History refers to people by ``public_id``, so that it outlives the account.

    Save pen_name and pen_name_key together.
    """

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=random_public_id, editable=False)
    pen_name = models.CharField(max_length=80, blank=True)
    pen_name_key = FoldedField(of="pen_name", max_length=KEY_LENGTH, blank=True, default="", editable=False)
    email = None  # type: ignore[assignment]  # no mail is sent, no address kept
    EMAIL_FIELD = ""
    REQUIRED_FIELDS = []  # Django reads it as a plain list

    class Meta(AbstractUser.Meta):
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(
                fields=["pen_name_key"],
                condition=~Q(pen_name_key=""),
                name="person_pen_name_once",
                violation_error_message="Somebody else signs with this name. Choose another.",
            )
        ]

    @property
    def signature(self) -> str:
        """How this person signs in public."""
        return self.pen_name or "the editors"
