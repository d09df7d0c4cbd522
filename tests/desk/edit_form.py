"""Reading the form out of a page as a browser does, so that tests send what an editor would send."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, list[str]]] = {}
        self.form: dict[str, list[str]] | None = None
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "form":
            self.form = self.forms.setdefault(found.get("action") or "", {})
        if self.form is None:
            return
        if tag == "input" and (found.get("type") != "checkbox" or "checked" in found):
            self.form.setdefault(name, []).append(found.get("value") or "")
        if tag == "select":
            self.select = name
        if tag == "option" and "selected" in found:
            self.form.setdefault(self.select, []).append(found.get("value") or "")
        if tag == "textarea":
            self.textarea = name
            self.form[name] = [""]

    def handle_data(self, data: str) -> None:
        if self.form is not None and self.textarea:
            # HTML drops the first line end of a text area.
            self.form[self.textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.form is not None:
            self.form[self.textarea][0] = self.form[self.textarea][0].removeprefix("\n")
            self.textarea = ""
        if tag == "form":
            self.form = None


def sent_by(page: HttpResponse, address: str, /, **changes: Any) -> dict[str, Any]:
    """What the page's form for this address would send, with some fields filled in otherwise."""
    parser = _Forms()
    parser.feed(page.content.decode())
    assert address in parser.forms, f"The page has no form for {address}, only for {sorted(parser.forms)}."
    return {**parser.forms[address], **changes}
