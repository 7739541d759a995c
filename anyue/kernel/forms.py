"""Forms drawn with our own field template: label, help, input, error in one order."""

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Looks for form templates among ours."""

    field_template_name = "parts/field.html"


def date_box() -> forms.DateInput:
    """A date in the browser's own box, which takes ISO dates alone: in another order it stays empty and erases."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
