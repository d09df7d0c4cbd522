"""What an editor decides about an article or an outlet's terms; each is one POST.

A decision that fails shows the page again with what went wrong: 409 where somebody else was first, 422
where a rule or the form stands against it.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from archive.desk import (
    actions,
    article_pages,
    check_actions,
    editable,
    editing,
    gate,
    policy_actions,
    review_actions,
    rules,
)
from archive.desk.decision_forms import (
    CheckForm,
    HarmForm,
    PolicyForm,
    RedactionForm,
    SendBackForm,
    SubmitForm,
    WithdrawForm,
)
from archive.desk.gate import EditorRequest
from archive.history import versions
from archive.models import Article, Capture, Event
from archive.models.vocabulary import (
    CheckDecision,
    HarmReview,
    RecordKind,
    RedactionReason,
    WithdrawalReason,
)


def decided(
    request: EditorRequest, article: Article, form: BaseForm, decide: Callable[[], Event], *, shown_as: str = ""
) -> HttpResponse:
    """Carry out a decision and go back to the article; else show its page with what is in the way.

    shown_as: the name under which the page shows this form, to give back what was typed.
    """
    forms = {shown_as: form} if shown_as else {}
    if not form.is_valid():
        problems = [_("Nothing was saved: look at the form below.")] if shown_as else _messages(form)
        return article_pages.render(
            request, article, status=HTTPStatus.UNPROCESSABLE_ENTITY, problems=problems, forms=forms
        )
    try:
        decide()
    except rules.NotReadyToPublish as error:
        return _shown_again(request, article, HTTPStatus.UNPROCESSABLE_ENTITY, error.reasons)
    except rules.ReasonMissing as error:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return article_pages.render(request, article, status=status, problems=[str(error)], forms=forms)
    except (versions.StaleVersion, rules.AlreadyDecided, rules.NothingChanged):
        problems = [_("Somebody else changed or decided this since you opened it. Look at it as it is now.")]
        return _shown_again(request, article, HTTPStatus.CONFLICT, problems)
    return redirect("desk:article-detail", public_id=article.public_id)


def _shown_again(request: EditorRequest, article: Article, status: HTTPStatus, problems: list[str]) -> HttpResponse:
    """The page of the article as it is now."""
    return article_pages.render(
        request, article_pages.find(article.public_id, request.user), status=status, problems=problems
    )


def _messages(form: BaseForm) -> list[str]:
    return [str(message) for messages in form.errors.values() for message in messages]


@gate.writing
def article_submit(request: EditorRequest, public_id: str) -> HttpResponse:
    article, form = article_pages.find(public_id, request.user), SubmitForm(request.POST)
    return decided(
        request,
        article,
        form,
        lambda: review_actions.submit(article, by=request.user, version=form.cleaned_data["version"]),
    )


@gate.writing
def article_send_back(request: EditorRequest, public_id: str) -> HttpResponse:
    """Make a draft again of what is in review, with the reason."""
    article, form = article_pages.find(public_id, request.user), SendBackForm(request.POST)

    def send_back() -> Event:
        filled = form.cleaned_data
        return review_actions.send_back(article, by=request.user, version=filled["version"], why=filled["why"])

    return decided(request, article, form, send_back, shown_as="send_back_form")


@gate.writing
def article_publish(request: EditorRequest, public_id: str) -> HttpResponse:
    article, form = article_pages.find(public_id, request.user), SubmitForm(request.POST)
    return decided(
        request,
        article,
        form,
        lambda: actions.publish(article, by=request.user, version=form.cleaned_data["version"]),
    )


@gate.writing
def article_withdraw(request: EditorRequest, public_id: str) -> HttpResponse:
    article, form = article_pages.find(public_id, request.user), WithdrawForm(request.POST)

    def withdraw() -> Event:
        filled = form.cleaned_data
        reason = WithdrawalReason(filled["reason"])
        return actions.withdraw(article, reason=reason, by=request.user, version=filled["version"], why=filled["why"])

    return decided(request, article, form, withdraw, shown_as="withdraw_form")


@gate.writing
def redaction_create(request: EditorRequest, public_id: str) -> HttpResponse:
    article = article_pages.find(public_id, request.user)
    form = RedactionForm(request.POST, article=article)

    def redact() -> Event:
        filled = form.cleaned_data
        reason = RedactionReason(filled["reason"])
        return actions.redact(filled["text"], filled["span"], reason=reason, by=request.user)

    return decided(request, article, form, redact, shown_as="redaction_form")


@gate.writing
def check_decide(request: EditorRequest, public_id: str) -> HttpResponse:
    article = article_pages.find(public_id, request.user)
    form = CheckForm(request.POST, article=article)

    def decide() -> Event:
        decision = CheckDecision(form.cleaned_data["decision"])
        return actions.decide_check(form.cleaned_data["check"], decision=decision, by=request.user)

    return decided(request, article, form, decide)


@gate.writing
def article_look(request: EditorRequest, public_id: str) -> HttpResponse:
    """Look at the article anew; nothing to fill in, and as often as anybody likes."""
    article = article_pages.find(public_id, request.user)
    check_actions.look(article, by=request.user)
    return redirect("desk:article-detail", public_id=article.public_id)


@gate.writing
def person_note(request: EditorRequest, public_id: str) -> HttpResponse:
    """An editor reads a private person's name in the article: nobody publishes it before that is decided."""
    article = article_pages.find(public_id, request.user)
    check_actions.note_private_person(article, by=request.user)
    return redirect("desk:article-detail", public_id=article.public_id)


@gate.writing
def capture_review(request: EditorRequest, public_id: str) -> HttpResponse:
    """Decide the do-no-harm check of one capture."""
    try:
        capture = Capture.objects.visible_to(request.user).select_related("article").get(public_id=public_id)
    except Capture.DoesNotExist as error:
        raise Http404 from error
    article, form = article_pages.find(capture.article.public_id, request.user), HarmForm(request.POST)

    def decide() -> Event:
        decision, seen = HarmReview(form.cleaned_data["decision"]), HarmReview(form.cleaned_data["seen"])
        return actions.decide_harm(capture, decision=decision, seen=seen, by=request.user)

    return decided(request, article, form, decide)


@gate.writing
def policy_create(request: EditorRequest, public_id: str) -> HttpResponse:
    """Add a version of an outlet's terms; shown on the outlet's page for editing."""
    outlet = editable.find(RecordKind.OUTLET, public_id, request.user)
    form = PolicyForm(request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        filled = form.cleaned_data
        try:
            policy_actions.add_policy(
                outlet, form.policy_values(), by=request.user, version=filled["version"], why=filled["why"]
            )
        except versions.StaleVersion as error:
            status = HTTPStatus.CONFLICT
            form = editing.policy_form_again(form, outlet, str(error), reader=request.user)
        except (rules.ReasonMissing, ValidationError) as error:
            form.add_error(None, str(error))
        else:
            return redirect("desk:record-edit", kind=RecordKind.OUTLET.value, public_id=public_id)
    return editing.render_form(request, outlet, status=status, policy_form=form)
