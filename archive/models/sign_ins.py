"""Who is signed in where, and with which codes somebody signs in who has lost the second factor."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from importlib import import_module
from typing import Any, Self

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone

from archive.text.identifiers import PUBLIC_ID_LENGTH, random_public_id

# How exactly it is known when a sign-in was last used; so often it is written, and not more.
USE_IS_KNOWN_TO = timedelta(hours=1)


class SignInQuerySet(models.QuerySet["SignIn"]):
    def of_person(self, person: models.Model) -> Self:
        return self.filter(person=person.pk)

    def open(self) -> Self:
        return self.filter(expire_date__gt=timezone.now())

    def but(self, session_keys: Collection[str]) -> Self:
        """Without these, which are named by their digests."""
        return self.exclude(session_key__in=list(session_keys))

    def with_public_id(self, public_id: str) -> Self:
        return self.filter(public_id=public_id)

    def newest_first(self) -> Self:
        return self.order_by("-used_at", "-started_at", "pk")


class SignIn(AbstractBaseSession):
    """A session, and with a person in it a sign-in: who deletes the row signs that browser out.

    session_key: a digest of the key that the browser holds; the table opens no session. Neither addresses nor browsers.
    person: nobody while somebody is on the way in. used_at: to the hour.
    """

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=random_public_id, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sign_ins", editable=False
    )
    started_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)

    objects = BaseSessionManager.from_queryset(SignInQuerySet)()  # type: ignore[misc]  # as Django says to do it

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "sign-in"
        verbose_name_plural = "sign-ins"

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_module(settings.SESSION_ENGINE).SessionStore


class RecoveryCodeQuerySet(models.QuerySet["RecoveryCode"]):
    def of_person(self, person: models.Model) -> Self:
        return self.filter(person=person.pk)

    def with_digest(self, digest: str) -> Self:
        return self.filter(digest=digest)


class RecoveryCode(models.Model):
    """A code that signs in once in place of the second factor; its row goes when it is used.

    digest: SHA-256 of 80 random bits and the person's id, as hexadecimal: too many to be tried.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)

    objects = RecoveryCodeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.pk}"
