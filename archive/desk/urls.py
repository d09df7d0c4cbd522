"""Addresses of the desk; each asks for the permission `archive.use_desk`."""

from django.urls import path

from archive.desk import (
    adding,
    assigning,
    coding,
    deciding,
    drafting,
    editing,
    merge_pages,
    part_pages,
    previewing,
    record_lists,
    requesting,
    talking,
    views,
)

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("articles/", views.article_list, name="article-list"),
    path("articles/<slug:public_id>/", views.article_detail, name="article-detail"),
    path("articles/<slug:public_id>/code/", coding.article_code, name="article-code"),
    path("articles/<slug:public_id>/reports/", coding.report_create, name="report-create"),
    path("articles/<slug:public_id>/reports/<slug:report>/remove/", coding.report_remove, name="report-remove"),
    path("sources/<slug:public_id>/reports/", coding.source_code, name="source-code"),
    path("articles/<slug:public_id>/submit/", deciding.article_submit, name="article-submit"),
    path("articles/<slug:public_id>/send-back/", deciding.article_send_back, name="article-send-back"),
    path("articles/<slug:public_id>/assign/", assigning.article_assign, name="article-assign"),
    path("articles/<slug:public_id>/preview/", previewing.article_preview, name="article-preview"),
    path("articles/<slug:public_id>/publish/", deciding.article_publish, name="article-publish"),
    path("articles/<slug:public_id>/withdraw/", deciding.article_withdraw, name="article-withdraw"),
    path("articles/<slug:public_id>/redactions/", deciding.redaction_create, name="redaction-create"),
    path("articles/<slug:public_id>/checks/", deciding.check_decide, name="check-decide"),
    path("articles/<slug:public_id>/look/", deciding.article_look, name="article-look"),
    path("articles/<slug:public_id>/private-person/", deciding.person_note, name="person-note"),
    path("captures/<slug:public_id>/review/", deciding.capture_review, name="capture-review"),
    path("captures/<slug:public_id>/original", views.capture_original, name="capture-original"),
    path("outlets/<slug:public_id>/policies/", deciding.policy_create, name="policy-create"),
    path("queues/sources/", views.source_queue, name="source-queue"),
    path("requests/", requesting.request_list, name="request-list"),
    path("requests/<slug:public_id>/", requesting.request_detail, name="request-detail"),
    path("drafts/", drafting.draft_keep, name="draft-keep"),
    path("drafts/drop/", drafting.draft_drop, name="draft-drop"),
    path("history/", views.event_list, name="event-list"),
    path("records/<slug:kind>/", record_lists.record_list, name="record-list"),
    path("<slug:kind>/<slug:public_id>/parts/<slug:part>/", part_pages.part_add, name="part-add"),
    path("<slug:kind>/<slug:public_id>/parts/<slug:part>/<int:row>/", part_pages.part_change, name="part-change"),
    path(
        "<slug:kind>/<slug:public_id>/parts/<slug:part>/<int:row>/remove/", part_pages.part_remove, name="part-remove"
    ),
    path("<slug:kind>/<slug:public_id>/merge/", merge_pages.record_merge, name="record-merge"),
    path("<slug:kind>/new/", adding.record_add, name="record-add"),
    path("<slug:kind>/<slug:public_id>/talk/", talking.record_talk, name="record-talk"),
    path("<slug:kind>/<slug:public_id>/talk/settle/", talking.comment_settle, name="comment-settle"),
    path("<slug:kind>/<slug:public_id>/edit/", editing.record_edit, name="record-edit"),
    path("<slug:kind>/<slug:public_id>/history/", editing.record_history, name="record-history"),
    path("<slug:kind>/<slug:public_id>/restore/<int:event>/", editing.record_restore, name="record-restore"),
]
