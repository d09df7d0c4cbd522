"""Unsent words: what somebody typed into a form of the desk and has not sent, kept for them alone.

A script sends the form every few seconds while somebody types (static/js/autosave.js). The form's page then offers
to take the words up or to throw them away. They carry the record's version of then: what was saved meanwhile is
compared as for any stale form.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.desk import gate, work_actions
from archive.desk.gate import EditorRequest
from archive.models import FormDraft, Person

# Code points of all fields together: more than any form of the desk can hold.
LARGEST = 300_000
LONGEST_PLACE = 200
# What a form carries for its sending alone.
NOT_TYPED = {"csrfmiddlewaretoken", "place"}
TAKEN_UP = "unsent"


@gate.writing
def draft_keep(request: EditorRequest) -> HttpResponse:
    """Keep a form as it stands; answers with the time (UTC) in JSON. 422 for what is no form of the desk."""
    place = place_of(request)
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}
    if not place or sum(len(name) + len("".join(values)) for name, values in fields.items()) > LARGEST:
        message = _("This is no form of the desk, or it is too large to be kept.")
        return JsonResponse({"message": message}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    draft = work_actions.keep_draft(place, fields, by=request.user)
    return JsonResponse({"saved_at": timezone.localtime(draft.saved_at).strftime("%H:%M")})


@gate.writing
def draft_drop(request: EditorRequest) -> HttpResponse:
    """Throw kept words away, and go back to the form."""
    place = place_of(request)
    if place:
        work_actions.drop_draft(place, by=request.user)
    return redirect(place or reverse("desk:home"))


def place_of(request: EditorRequest) -> str:
    """The address of the form that was sent along; empty where it is none of the desk's."""
    place = request.POST.get("place", "")
    try:
        match = resolve(place)
    except Resolver404:
        return ""
    return place if match.namespace == "desk" and len(place) <= LONGEST_PLACE else ""


def kept(place: str, person: Person) -> FormDraft | None:
    """What this person typed into the form at a place and did not send. One query."""
    return FormDraft.objects.of_person(person).at(place).first()


def data(draft: FormDraft) -> QueryDict:
    """The fields as a browser would send them."""
    return QueryDict(urlencode(draft.fields, doseq=True))


def is_taken_up(request: EditorRequest) -> bool:
    """Whether the page is asked for with the kept words in its form."""
    return request.method == "GET" and request.GET.get(TAKEN_UP) == "1"
