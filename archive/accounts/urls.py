"""Addresses for signing in and out, and of one-time links."""

from django.urls import path

from archive.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", views.SignOut.as_view(), name="sign-out"),
    path("password/<slug:public_id>/<str:token>/", views.set_password, name="set-password"),
]
