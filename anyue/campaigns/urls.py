"""Addresses of campaigns."""

from django.urls import path, register_converter

from . import views


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
    path("notices/import/", views.notice_import, name="import"),
    path("campaigns/<int:pk>/", views.campaign_detail, name="detail"),
    path("campaigns/<int:pk>/review/", views.campaign_review, name="review"),
    path("campaigns/<int:pk>/confirm/", views.campaign_confirm, name="confirm"),
    path("campaigns/<int:pk>/confirm/progress/", views.campaign_progress, name="progress"),
    path("campaigns/<int:pk>/board/", views.campaign_board, name="board"),
    path("campaigns/<int:pk>/notice/", views.notice_original, name="original"),
    path("campaigns/<int:pk>/breakdown.<fileform:form>", views.breakdown_file, name="breakdown"),
    path("campaigns/<int:pk>/tasks/add/", views.task_add, name="task_add"),
    path("tasks/<int:pk>/correct/", views.task_correct, name="task_correct"),
    path("tasks/<int:pk>/accept/", views.task_accept, name="task_accept"),
    path("tasks/<int:pk>/strike/", views.task_strike, name="task_strike"),
    path("tasks/<int:pk>/restore/", views.task_restore, name="task_restore"),
    path("tasks/<int:pk>/split/", views.task_split, name="task_split"),
    path("tasks/<int:pk>/merge/", views.task_merge, name="task_merge"),
    path("assignments/<int:pk>/", views.assignment_detail, name="assignment"),
    path("assignments/<int:pk>/waive/", views.assignment_waive, name="waive"),
    path("mine/", views.my_tasks, name="mine"),
]
