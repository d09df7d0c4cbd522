"""Addresses for signing in and out, of one-time links, and of what people do with their own account."""

from django.urls import path

from archive.accounts import factor_pages, own_pages, views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-in/code/", views.sign_in_code, name="sign-in-code"),
    path("sign-out/", views.SignOut.as_view(), name="sign-out"),
    path("password/<slug:public_id>/<str:token>/", views.set_password, name="set-password"),
    path("me/", own_pages.me, name="me"),
    path("me/password/", own_pages.change_password, name="password-change"),
    path("me/pen-name/", own_pages.change_pen_name, name="pen-name-change"),
    path("me/sign-ins/end/", own_pages.end_sign_in, name="sign-in-end"),
    path("me/everything/", own_pages.download, name="everything"),
    path("me/leave/", own_pages.leave, name="leave"),
    path("me/second-factor/", factor_pages.show, name="second-factor"),
    path("me/second-factor/begin/", factor_pages.begin, name="second-factor-begin"),
    path("me/second-factor/confirm/", factor_pages.confirm, name="second-factor-confirm"),
    path("me/second-factor/recovery-codes/", factor_pages.renew, name="second-factor-renew"),
    path("me/second-factor/off/", factor_pages.turn_off, name="second-factor-off"),
]
