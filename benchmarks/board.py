"""The board of 60 units × 100 tasks, with 6,000 enterprises in the campaign, against the smallest page Django renders."""

from clock import best, line
from world import database, fill_units, make_campaign


def main() -> None:
    with database():
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from anyue.campaigns import actions

        banner, officer = fill_units(60, 6000)
        campaign = make_campaign(banner, officer, tasks=100, group="企业")
        actions.confirm_campaign(campaign, by=officer)
        client = Client()
        client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
        limit = best(lambda: client.get("/healthz"), runs=10, wall=True)
        line("limit: /healthz", limit)
        for path in (f"/campaigns/{campaign.pk}/board/?page=2", f"/campaigns/{campaign.pk}/", f"/campaigns/{campaign.pk}/rates/", "/units/", "/"):
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                response = client.get(path)
                n_queries = len(queries)
            seconds = best(lambda p=path: client.get(p), runs=5, wall=True)
            line(f"GET {path}", seconds, limit, f"{n_queries} queries, {len(response.content) // 1024} KB")


if __name__ == "__main__":
    main()
