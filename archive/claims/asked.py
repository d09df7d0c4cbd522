"""What the page of a claim may be asked: a page of its wordings, its whole chain, each starting point once."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from archive.records.claims import ClaimRecord
from archive.records.told import Shape

LARGEST_PAGE = 10_000
SWITCHES = ("once", "whole")


@dataclass(frozen=True, slots=True)
class Asked:
    """once: articles under their starting points, each of which stands once. whole: nothing is folded.

    problems: what cannot be understood, in words; then the page is as it is without a question.
    """

    page: int = 1
    once: bool = False
    whole: bool = False
    problems: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        problems = [
            _("“%(name)s” is 1 or left out.") % {"name": name} for name in SWITCHES if query.get(name, "1") != "1"
        ]
        page = query.get("page", "1")
        if not (page.isascii() and page.isdigit() and 0 < int(page[:9]) <= LARGEST_PAGE and len(page) < len("123456")):
            problems.append(_("“page” is a whole number from 1."))
        if problems:
            return cls(problems=tuple(problems))
        return cls(int(page), once="once" in query, whole="whole" in query)

    @property
    def shape(self) -> Shape:
        return Shape(self.page, self.whole, self.once)

    def answered(self, claim: ClaimRecord) -> Asked:
        """With a problem where there is no such page."""
        if self.page <= claim.report_pages:
            return self
        words = _("There is no page %(page)s of wordings: they end with page %(last)s.")
        return Asked(problems=(words % {"page": self.page, "last": claim.report_pages},))

    def address(self, *, page: int = 1, once: bool | None = None, whole: bool | None = None) -> str:
        """The question that asks the same but for what is given; "?" alone asks nothing."""
        query = QueryDict(mutable=True)
        for name, value in (
            ("once", self.once if once is None else once),
            ("whole", self.whole if whole is None else whole),
        ):
            if value:
                query[name] = "1"
        if page > 1:
            query["page"] = str(page)
        return f"?{query.urlencode()}"
