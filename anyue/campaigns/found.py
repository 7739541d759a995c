"""What the program found in a notice, as the rows it is kept in (not saved)."""

import re
from datetime import date

from anyue.notice import task as found_tasks

from .models import Campaign, Task, TaskActor


def actors_of(task: found_tasks.Task) -> list[tuple[str, str]]:
    """Printed actors with their roles; who is told to urge (督促) supervises, and those urged do it."""
    if not (task.verb in ("督促", "敦促") and task.participants):
        return [(actor.name, actor.role) for actor in task.actors]
    doers = [re.sub(r"(?:的)?(?:主要)?(?:负责人|责任人)$", "", name) or name for name in task.participants]
    urging = [(actor.name, str(TaskActor.Role.SUPERVISE)) for actor in task.actors]
    return urging + [(name, str(TaskActor.Role.RESPONSIBLE)) for name in doers]


def task_of(campaign: Campaign, position: int, task: found_tasks.Task, text: str) -> Task:
    """The row (not saved) of a task that was found."""
    window = task.window if isinstance(task.window, dict) else {}
    start, end = window.get("start"), window.get("end")
    is_day = bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", task.due or ""))
    quota = task.quota
    return Task(
        campaign=campaign,
        position=position * 10,
        section=task.section[:60],
        quote=text[task.start : task.end],
        start=task.start,
        end=task.end,
        kind=task.kind,
        strength=task.strength,
        participants="、".join(task.participants)[:500],
        deliverables="、".join(task.deliverables)[:500],
        quota_min=quota.min if quota else None,
        quota_max=quota.max if quota else None,
        quota_unit=quota.unit if quota else "",
        quota_per=quota.per if quota else "",
        window_start=date.fromisoformat(start) if start else None,
        window_end=date.fromisoformat(end) if end else None,
        rhythm=task.window if isinstance(task.window, str) else "",
        due_on=date.fromisoformat(task.due) if task.due and is_day else None,
        due_rule="" if is_day else task.due or "",
        confidence=task.confidence,
        reasons=" ".join(task.reasons)[:500],
    )
