"""Signs that two articles have one origin: their queue, and the page on which one is looked at and decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.access import texts
from archive.access.texts import Excerpt
from archive.desk import gate, queues, rules, suggestion_actions
from archive.desk.gate import EditorRequest
from archive.desk.suggestion_actions import FittingCredit
from archive.history import versions
from archive.models import Article, CaptureText, Figure, Person, Suggestion
from archive.models.vocabulary import CreditHow, SuggestionKind
from archive.records import beside

PAGE_SIZE = 50
REJECT, ONE_TEXT = "reject", "one-text"


class DecisionForm(forms.Form):
    """fitting: credits that may be given, which are choices beside the two that always are."""

    decision = forms.ChoiceField(label=gettext_lazy("Decision"))
    how = forms.ChoiceField(
        label=gettext_lazy("If credited: how"), choices=CreditHow.choices, initial=CreditHow.REPORTS, required=False
    )
    why = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Needed where one of the articles is public and something changes."),
    )

    def __init__(self, *args: Any, fitting: Sequence[FittingCredit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fitting = {one.key: one for one in fitting}
        credited = _("“%(article)s” has it from the other: credit its report “%(claim)s”")
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [
            (ONE_TEXT, _("They are one text: join them in a group of reprints")),
            *(
                (key, credited % {"article": one.report.article, "claim": one.report.claim})
                for key, one in self.fitting.items()
            ),
            (REJECT, _("No sign of a common origin: never suggest it again")),
        ]
        if not fitting:
            del self.fields["how"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two articles. is_possible_source: it was surely published before the other."""

    article: Article
    is_possible_source: bool
    share: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """A passage that both texts have, in its sentence in either."""

    words: int
    left: Excerpt
    right: Excerpt


@gate.reading
def suggestion_list(request: EditorRequest) -> HttpResponse:
    """What is open, the oldest first, paged; under `?kind=` of one kind, under `?state=decided` what was decided."""
    queue = queues.suggestions(request.user)
    is_decided = request.GET.get("state") == "decided"
    rows = Suggestion.objects.visible_to(request.user).decided() if is_decided else queue.records
    counts = rows.kinds()
    kind = request.GET.get("kind", "")
    shown = rows.of_kind(kind) if kind else rows
    page = Paginator(shown.for_listing(), PAGE_SIZE).get_page(request.GET.get("page"))
    found = {
        "queue": queue,
        "queues": queues.every(request.user).values(),
        "page": page,
        "is_decided": is_decided,
        "kinds": [(one.value, one.label, counts[one.value]) for one in SuggestionKind if one.value in counts],
        "kind": kind,
        "key": queue.key,
    }
    return TemplateResponse(request, "desk/suggestion_list.html", found)


@gate.form_page
def suggestion_detail(request: EditorRequest, pk: int) -> HttpResponse:
    """Both articles side by side, and the form to decide; 409 where somebody was first, 422 for what cannot be so."""
    one = Suggestion.objects.visible_to(request.user).for_listing().filter(pk=pk).first()
    if one is None:
        raise Http404
    fitting = suggestion_actions.fitting_credits(one, by=request.user)
    if request.method != "POST":
        return _render(request, one, DecisionForm(fitting=fitting))
    form = DecisionForm(request.POST, fitting=fitting)
    if not form.is_valid():
        return _render(request, one, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        _decide(one, form, by=request.user)
    except rules.ReasonMissing as error:
        form.add_error("why", str(error))
        return _render(request, one, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except (rules.AlreadyDecided, rules.NothingChanged, versions.StaleVersion):
        form.add_error(None, _("Somebody else decided this or changed the report just now. Look at it as it is now."))
        one.refresh_from_db(fields=["state", "decided_by", "decided_at"])
        return _render(request, one, form, HTTPStatus.CONFLICT)
    return redirect("desk:suggestion-detail", pk=one.pk)


def _decide(one: Suggestion, form: DecisionForm, *, by: Person) -> None:
    decision, why = form.cleaned_data["decision"], form.cleaned_data["why"]
    if decision == REJECT:
        suggestion_actions.reject(one, by=by)
    elif decision == ONE_TEXT:
        suggestion_actions.confirm_one_text(one, by=by, why=why)
    else:
        how = CreditHow(form.cleaned_data["how"] or CreditHow.REPORTS)
        suggestion_actions.confirm_credit(one, form.fitting[decision], how, by=by, why=why)


def _render(
    request: EditorRequest, one: Suggestion, form: DecisionForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    source = beside.possible_source(one.left, one.right)
    shares = _shares(one.evidence)
    sides = [
        Side(article, article == source, share) for article, share in zip((one.left, one.right), shares, strict=True)
    ]
    page = {
        "suggestion": one,
        "sides": sides,
        "aligned": _aligned(one, request.user),
        "figures": Figure.objects.visible_to(request.user).by_public_ids(
            [figure for side in one.evidence.get("figures", []) for figure in side]
        ),
        "form": form if Suggestion.objects.visible_to(request.user).open().by_pks([one.pk]).exists() else None,
        "problems": form.non_field_errors() if form.is_bound else [],
    }
    return TemplateResponse(request, "desk/suggestion_detail.html", page, status=status)


def _shares(evidence: dict[str, Any]) -> list[str]:
    """How much of either text is in both, in words; empty where texts are not what it is about."""
    if not all(evidence.get("of", ())) or "words" not in evidence:
        return ["", ""]
    told = _("%(words)s of its %(all)s words, %(percent)s %%")
    words = evidence["words"]
    return [told % {"words": words, "all": each, "percent": round(100 * words / each)} for each in evidence["of"]]


def _aligned(one: Suggestion, reader: Person) -> list[Aligned]:
    """The shared passages through the door to text, in the order of the left one. Four queries."""
    passages = sorted(one.evidence.get("passages", ()), key=lambda row: row[1])
    if not passages:
        return []
    found = []
    for article, text, at in zip((one.left, one.right), one.evidence["texts"], (1, 3), strict=True):
        held = CaptureText.objects.of_article(article).filter(pk=text).first()
        if held is None:
            return []
        found.append(texts.excerpts(held, [(row[at], row[at + 1]) for row in passages], reader))
    return [Aligned(row[0], left, right) for row, left, right in zip(passages, *found, strict=True)]
