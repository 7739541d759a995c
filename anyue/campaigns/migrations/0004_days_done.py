from django.db import migrations
from django.db.models import F, Max, OuterRef, Subquery
from django.db.models.functions import TruncDate


def fill(apps, schema_editor):
    """The day of the last report stands for the day on which an assignment was done."""
    assignments = apps.get_model("campaigns", "Assignment").objects
    last = (
        apps.get_model("campaigns", "Progress").objects.filter(assignment=OuterRef("pk"))
        .order_by().values("assignment").annotate(at=Max("at")).values(day=TruncDate("at"))
    )
    assignments.filter(done__gte=F("need"), reported__gt=0, done_on=None).update(done_on=Subquery(last))


class Migration(migrations.Migration):

    dependencies = [("campaigns", "0003_delegation_and_exceptions")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
