"""What the office's computer does from the shell."""

from allauth.mfa.models import Authenticator

from anyue.kernel.models import AuditEvent
from anyue.site.commands import main


def test_second_factor_is_taken_away(cast, capsys, monkeypatch):
    monkeypatch.setenv("ANYUE_DATABASE_URL", "the test's own")
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=cast.officer, type=kind, data={})

    statuses = [main(["drop-factor", who]) for who in ("officer", "officer", "nobody")]

    said = capsys.readouterr()
    assert statuses == [0, 0, 1]
    assert said.out == "officer: 2 removed\nofficer had no second factor\n"
    assert "no user 'nobody'" in said.err
    assert not Authenticator.objects.exists()
    assert AuditEvent.objects.filter(verb="person.second_factor_dropped", by="command line").count() == 2
