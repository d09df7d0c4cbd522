"""Lists to choose from, written in one go.

Django renders a template for every option; with all countries in a form that is most of a page's time.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class ChoiceList(forms.Select):
    """A list without groups. It has Django's names and attributes, so that labels and errors find it."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        widget = context["widget"]
        options = [option for _name, group, _index in widget["optgroups"] for option in group]
        rows = [
            ({"value": option["value"], "selected": bool(option["selected"])}, option["label"]) for option in options
        ]
        written = format_html_join("\n", "<option{}>{}</option>", ((flatatt(attrs), label) for attrs, label in rows))
        return format_html("<select{}>{}</select>", flatatt({"name": widget["name"], **widget["attrs"]}), written)


class MultipleChoiceList(ChoiceList, forms.SelectMultiple):
    """The same, for several choices."""


def in_one_go(widget: forms.Select) -> forms.Select:
    """The same list to choose from, written in one go."""
    kind = MultipleChoiceList if widget.allow_multiple_selected else ChoiceList
    quick = kind(attrs=widget.attrs, choices=widget.choices)
    quick.is_required = widget.is_required
    return quick
