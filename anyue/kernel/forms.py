"""Forms drawn with our own field template: label, help, input, error in one order."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Looks for form templates among ours."""

    field_template_name = "parts/field.html"
