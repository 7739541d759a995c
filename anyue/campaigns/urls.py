"""Addresses of campaigns."""

from django.urls import path, register_converter

from .views import board, contact, correct, notices, plan, review, work


class FileForm:
    """xlsx or docx."""

    regex = "xlsx|docx"

    def to_python(self, value: str) -> str:
        """As printed."""
        return value

    def to_url(self, value: str) -> str:
        """As printed."""
        return value


register_converter(FileForm, "fileform")

app_name = "campaigns"
urlpatterns = [
    path("notices/import/", notices.notice_import, name="import"),
    path("campaigns/<int:pk>/", notices.campaign_detail, name="detail"),
    path("campaigns/<int:pk>/drop/", notices.draft_drop, name="drop"),
    path("campaigns/<int:pk>/review/", review.campaign_review, name="review"),
    path("campaigns/<int:pk>/names/", review.campaign_names, name="names"),
    path("campaigns/<int:pk>/confirm/", board.campaign_confirm, name="confirm"),
    path("campaigns/<int:pk>/confirm/progress/", board.campaign_progress, name="progress"),
    path("campaigns/<int:pk>/board/", board.campaign_board, name="board"),
    path("campaigns/<int:pk>/rates/", board.campaign_rates, name="rates"),
    path("campaigns/<int:pk>/notice/", notices.notice_original, name="original"),
    path("campaigns/<int:pk>/breakdown.<fileform:form>", notices.breakdown_file, name="breakdown"),
    path("campaigns/<int:pk>/correct/", correct.correction_import, name="correct"),
    path("campaigns/<int:pk>/difference/", correct.correction_difference, name="difference"),
    path("former-notices/<int:pk>/", correct.former_original, name="former_original"),
    path("tasks/<int:pk>/unpair/", correct.task_unpair, name="task_unpair"),
    path("campaigns/<int:pk>/tasks/add/", review.task_add, name="task_add"),
    path("tasks/<int:pk>/correct/", review.task_correct, name="task_correct"),
    path("tasks/<int:pk>/accept/", review.task_accept, name="task_accept"),
    path("tasks/<int:pk>/strike/", review.task_strike, name="task_strike"),
    path("tasks/<int:pk>/restore/", review.task_restore, name="task_restore"),
    path("tasks/<int:pk>/split/", review.task_split, name="task_split"),
    path("tasks/<int:pk>/merge/", review.task_merge, name="task_merge"),
    path("tasks/<int:pk>/unmerge/", review.task_unmerge, name="task_unmerge"),
    path("progress/<int:pk>/withdraw/", work.progress_withdraw, name="withdraw"),
    path("assignments/<int:pk>/", work.assignment_detail, name="assignment"),
    path("assignments/<int:pk>/waive/", work.assignment_waive, name="waive"),
    path("assignments/<int:pk>/resume/", work.assignment_resume, name="resume"),
    path("assignments/<int:pk>/extend/", work.assignment_extend, name="extend"),
    path("assignments/<int:pk>/delegate/", work.assignment_delegate, name="delegate"),
    path("assignments/<int:pk>/take-back/", work.assignment_take_back, name="take_back"),
    path("assignments/<int:pk>/urge/", contact.assignment_urge, name="urge"),
    path("assignments/<int:pk>/asked-twice/", contact.assignment_asked_twice, name="asked_twice"),
    path("asked-twice/", contact.asked_twice_list, name="asked_twice_list"),
    path("asked-twice/<int:pk>/settle/", contact.asked_twice_settle, name="asked_twice_settle"),
    path("campaigns/<int:pk>/receive/", contact.campaign_receive, name="receive"),
    path("campaigns/<int:pk>/remind-days/", contact.remind_days, name="remind_days"),
    path("campaigns/<int:pk>/receipts/", contact.campaign_receipts, name="receipts"),
    path("campaigns/<int:pk>/plan/", plan.plan_own, name="plan_own"),
    path("campaigns/<int:pk>/plan/delegate/", plan.plan_delegate, name="plan_delegate"),
    path("campaigns/<int:pk>/plan/issue/", plan.plan_issue, name="plan_issue"),
    path("campaigns/<int:pk>/plan/revise/", plan.plan_revise, name="plan_revise"),
    path("campaigns/<int:pk>/plan/visits/", plan.visit_add, name="visit_add"),
    path("campaigns/<int:pk>/plans/", plan.plan_list, name="plans"),
    path("plans/<int:pk>/", plan.plan_detail, name="plan"),
    path("plans/<int:pk>/plan.docx", plan.plan_file, name="plan_file"),
    path("visits/<int:pk>/", plan.visit_write, name="visit_write"),
    path("visits/<int:pk>/settle/", plan.visit_settle, name="visit_settle"),
    path("calendar/", contact.calendar, name="calendar"),
    path("mine/", work.my_tasks, name="mine"),
]
