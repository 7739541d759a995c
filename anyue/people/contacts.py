"""Numbers of liaisons: looked up one by one or taken out as the 联络员信息表, and on record either way."""

from datetime import date
from io import BytesIO

import xlsxwriter
from django.db import transaction
from django.utils.translation import gettext as _

from anyue.kernel import audit
from anyue.units.models import Unit

from .models import Person, Term


@transaction.atomic
def look_up(term: Term, *, by: Person) -> None:
    """Notes who looked up whose number."""
    audit.record("liaison.looked_up", term, by=by, after=str(term.unit))


@transaction.atomic
def write_xlsx(area: Unit, *, by: Person, on: date) -> bytes:
    """单位、姓名、职务、电话 of every liaison below `area` (the form of domain.md 1.4), in the order of the tree."""
    terms = Term.objects.filter(until=None, unit__path__gte=area.path, unit__path__lt=area.path_end).order_by("unit__path")
    audit.record("liaison.list_taken", area, by=by, after=str(on))
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("联络员信息表"))
        head = book.add_format({"bold": True, "border": 1})
        cell = book.add_format({"border": 1, "num_format": "@"})
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 3, 18)
        for column, words in enumerate([_("单位"), _("姓名"), _("职务"), _("电话")]):
            sheet.write_string(0, column, words, head)
        for row, term in enumerate(terms.select_related("person", "unit"), start=1):
            person = term.person
            for column, words in enumerate([term.unit.name, person.get_full_name(), person.post, person.phone]):
                sheet.write_string(row, column, words, cell)
    return out.getvalue()
