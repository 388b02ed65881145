"""Where every page is. Sign-up, e-mail and password reset by mail of the login library are left out on purpose."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path
from django.views.i18n import set_language

from jingban.console.views import accounts, books, cases, codes, home, indicators, plans, year

urlpatterns = [
    path("", home.home, name="home"),
    path("choose/", home.choose, name="choose"),
    path("language/", set_language, name="set_language"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/second/", include("allauth.mfa.urls")),
    path("books/errors/<str:waiting>", books.errors, name="upload-errors"),
    path("books/<str:name>/", books.show, name="book"),
    path("books/<str:name>/new/", books.new, name="new-row"),
    path("books/<str:name>/upload/", books.upload, name="upload"),
    path("books/<str:name>/template.xlsx", books.template, name="template"),
    path("books/<str:name>/list.xlsx", books.export, {"suffix": "xlsx"}, name="export"),
    path("books/<str:name>/list.csv", books.export, {"suffix": "csv"}, name="export-csv"),
    path("books/<str:name>/<int:pk>/", books.row, name="row"),
    path("books/<str:name>/<int:pk>/correct/", books.amend, name="correct-row"),
    path("books/<str:name>/<int:pk>/withdraw/", books.retract, name="withdraw-row"),
    path("codes/", codes.index, name="codes"),
    path("codes/<str:book>/options/", codes.options, name="code-options"),
    path("plans/", plans.index, name="plans"),
    path("plans/new/", plans.new, name="new-plan"),
    path("plans/new/row/", plans.blank_row, name="plan-row"),
    path("plans/measures/", plans.measures, name="measures"),
    path("plans/<int:pk>/", plans.show, name="plan"),
    path("plans/<int:pk>/review/", plans.check, name="review-plan"),
    path("plans/<int:pk>/use/", plans.apply, name="use-plan"),
    path("plans/<int:pk>/<str:step>/", plans.act, name="plan-step"),
    path("indicators/<int:pk>/actual/", indicators.actual, name="actual"),
    path("indicators/<int:pk>/judgement/", indicators.judgement, name="judgement"),
    path("indicators/<int:pk>/reason/", indicators.deviation, name="deviation"),
    path("evidence/<int:pk>/", indicators.evidence, name="evidence"),
    path("year/", year.show, name="year"),
    path("year/start/", year.start, name="start-package"),
    path("year/jobs/<int:pk>/", year.job, name="job"),
    path("year/jobs/<int:pk>/progress/", year.progress, name="job-progress"),
    path("year/jobs/<int:pk>/all.zip", year.whole, name="package-zip"),
    path("year/jobs/<int:pk>/files/<path:path>", year.file, name="package-file"),
    path("cases/", cases.index, name="cases"),
    path("cases/new/", cases.kinds_page, name="case-kinds"),
    path("cases/new/<str:code>/", cases.new, name="new-case"),
    path("cases/<str:number>/", cases.show, name="case"),
    path("cases/<str:number>/decide/", cases.decide_one, name="decide-case"),
    path("cases/<str:number>/correct/", cases.correct, name="correct-case"),
    path("cases/<str:number>/withdraw/", cases.withdraw_one, name="withdraw-case"),
    path("cases/<str:number>/letter.pdf", cases.letter, name="case-letter"),
    path("accounts/", accounts.index, name="accounts"),
    path("accounts/new/", accounts.new, name="new-account"),
    path("accounts/<str:username>/", accounts.change, name="change-account"),
]
