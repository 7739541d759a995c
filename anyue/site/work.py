"""Work that can wait: reminders once a day, messages out of the house, persons' data that has had its time."""

import logging
import os
import time

from django.core.cache import cache
from django.db import close_old_connections

from anyue.campaigns import actions as campaigns
from anyue.kernel import clock
from anyue.people import rules
from anyue.people.actions import forget_expired
from anyue.people.outbox import send_due

log = logging.getLogger(__name__)
PAUSE = 20  # seconds between two rounds


def once() -> None:
    """One round. Whatever is done already today is not done again, by the rows it left."""
    today = clock.today()
    campaigns.credit_liaisons(by="worker")
    if not rules.is_quiet(clock.now().time()) and cache.add(f"daily:{today}", True, 24 * 3600):
        campaigns.remind(by="worker", today=today)
        forget_expired(by="worker", today=today)
    campaigns.cancel_stale(by="worker", today=today)
    send_due()


def forever(*, parent: int | None = None) -> None:
    """Round after round; ends when the process `parent` is no longer above this one."""
    while parent is None or os.getppid() == parent:
        close_old_connections()
        try:
            once()
        except Exception:  # one round that fails must not be the last
            log.exception("a round failed")
        time.sleep(PAUSE)
