"""The parameters that articles, claims and figures take alike; each list reads them in its own way."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from archive.filters import terms
from archive.filters.facets import FacetedFilter
from archive.filters.terms import Choices, Languages, Number, Terms, Wordings
from archive.models import vocabulary as words


class ReportParameters(FacetedFilter):
    """What is coded of articles, of claims, and of what is said of them."""

    marks = {**FacetedFilter.marks, "min": _("Number at least"), "max": _("Number at most")}

    outlet = Terms(terms.OUTLETS, _("Outlet"))
    tactic = Terms(terms.TACTICS, _("Method of pressure"), can_be_all=True)
    people = Terms(terms.PEOPLE, _("People concerned"), can_be_all=True)
    area = Terms(terms.PLACES, _("Where people come from"), can_be_all=True)
    speaker = Terms(terms.ACTORS, _("Who says so"))
    done_by = Terms(terms.ACTORS, _("Said to be done by"))
    place = Terms(terms.PLACES, _("Where it happened"))
    country = Terms(terms.COUNTRIES, _("Country where it happened"))
    kind = Terms(Choices(words.ClaimKind), _("Kind of claim"))
    setting = Terms(Choices(words.Setting), _("Setting"))
    response = Terms(Choices(words.Response), _("Response of states"))
    act = Terms(Choices(words.Act), _("Says or denies"))
    voice = Terms(Choices(words.Voice), _("Whose words"))
    credit = Terms(Choices(words.CreditBasis), _("How the source is known"))
    source = Terms(terms.SOURCES, _("Source it names"))
    source_kind = Terms(Choices(words.SourceKind), _("Kind of source"))
    occasion = Terms(Wordings(), _("Occasion"))
    stage = Terms(Choices(words.Stage), _("Counts people who are"))
    measure = Terms(terms.MEASURES, _("What is counted"))
    language = Terms(Languages(), _("Language of the article"))
    outlet_country = Terms(terms.COUNTRIES, _("Country of the outlet"))
    outlet_kind = Terms(Choices(words.OutletKind), _("Kind of outlet"))
    depth = Terms(Choices(words.Depth), _("Depth of coding"))
    claim = Terms(terms.CLAIMS, _("Claim"))
    actor = Terms(terms.ACTORS, _("Has a part"))
    min = Number()
    max = Number()
