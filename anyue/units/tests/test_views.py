import pytest
from django.urls import reverse

from anyue.units.models import Unit

NEW = {"name": "示例新矿", "kind": "enterprise", "parent": "", "sector": "煤炭", "aliases": "新矿、示例矿业"}


def test_the_office_adds_a_unit_by_hand(cast, client):
    client.login_as(cast.officer)

    response = client.post(reverse("units:add"), {**NEW, "parent": cast.town.name})

    assert response.status_code == 302
    unit = Unit.objects.get(name="示例新矿")
    assert (unit.parent, unit.sector, unit.kind) == (cast.town, "煤炭", "enterprise")
    assert sorted(alias.name for alias in unit.aliases.all()) == ["新矿", "示例矿业"]
    assert cast.town.contains(unit)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"name": ""}, "id_name"), ({"name": "示例镇"}, "名录里已有"), ({"parent": "别处"}, "找不到上级单位"), ({"kind": "castle"}, "id_kind"), ({"aliases": "长" * 101}, "别名超过"), ({"aliases": "示例镇"}, "这个别名已经指")],
)
def test_what_cannot_be_is_refused_and_nothing_is_added(cast, client, wrong, words):
    client.login_as(cast.officer)
    before = Unit.objects.count()
    cast.town.name = "示例镇"
    cast.town.save()

    response = client.post(reverse("units:add"), {**NEW, **wrong})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert Unit.objects.count() == before


def test_a_unit_of_another_banner_is_no_superior(cast, client):
    client.login_as(cast.officer)

    response = client.post(reverse("units:add"), {**NEW, "parent": cast.foreign_officer.unit.name})

    assert response.status_code == 422
