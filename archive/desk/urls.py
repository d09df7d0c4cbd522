"""Addresses of the desk; each asks for the permission `archive.use_desk`."""

from django.urls import path

from archive.desk import coding, deciding, editing, intakes, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("add/", intakes.intake_create, name="intake-create"),
    path("intakes/", intakes.intake_list, name="intake-list"),
    path("intakes/<slug:public_id>/", intakes.intake_detail, name="intake-detail"),
    path("intakes/<slug:public_id>/answer/", intakes.intake_answer, name="intake-answer"),
    path("articles/", views.article_list, name="article-list"),
    path("articles/<slug:public_id>/", views.article_detail, name="article-detail"),
    path("articles/<slug:public_id>/code/", coding.article_code, name="article-code"),
    path("articles/<slug:public_id>/reports/", coding.report_create, name="report-create"),
    path("articles/<slug:public_id>/reports/<slug:report>/remove/", coding.report_remove, name="report-remove"),
    path("articles/<slug:public_id>/submit/", deciding.article_submit, name="article-submit"),
    path("articles/<slug:public_id>/publish/", deciding.article_publish, name="article-publish"),
    path("articles/<slug:public_id>/withdraw/", deciding.article_withdraw, name="article-withdraw"),
    path("articles/<slug:public_id>/redactions/", deciding.redaction_create, name="redaction-create"),
    path("articles/<slug:public_id>/checks/", deciding.check_decide, name="check-decide"),
    path("captures/<slug:public_id>/review/", deciding.capture_review, name="capture-review"),
    path("captures/<slug:public_id>/original", views.capture_original, name="capture-original"),
    path("outlets/<slug:public_id>/policies/", deciding.policy_create, name="policy-create"),
    path("history/", views.event_list, name="event-list"),
    path("<slug:kind>/<slug:public_id>/edit/", editing.record_edit, name="record-edit"),
    path("<slug:kind>/<slug:public_id>/history/", editing.record_history, name="record-history"),
    path("<slug:kind>/<slug:public_id>/restore/<int:event>/", editing.record_restore, name="record-restore"),
]
