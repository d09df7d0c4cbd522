"""Tables, QuerySets and the constraints that hold the archive's rules.

Import records from here; vocabularies from ``archive.models.vocabulary``.
"""

from archive.models.actors import Actor, ActorName
from archive.models.annotations import Annotation, AnnotationTag
from archive.models.appearances import Appearance
from archive.models.articles import Article
from archive.models.captures import Capture, CaptureText, Passage, PublicExtract, Redaction
from archive.models.claims import Claim, ClaimActor, ClaimCount, ClaimLink
from archive.models.date_evidence import DateEvidence
from archive.models.desk_work import Assignment, Comment, FormDraft, Intake, PublicRequest
from archive.models.events import ArchiveState, Event, EventValue
from archive.models.evidence import Credit, Figure, TacticUse
from archive.models.independence import Coverage, ReprintGroup, Suggestion
from archive.models.link_checks import LinkCheck
from archive.models.outlets import Outlet, OutletDomain, OwnershipNote, ReusePolicy
from archive.models.people import Person
from archive.models.places import Country, Place
from archive.models.reading import reading
from archive.models.reuse import Fingerprint, Pointer, TextReading
from archive.models.search import SearchDocument, SuggestedWord
from archive.models.sign_ins import RecoveryCode, SignIn
from archive.models.sources import (
    Citation,
    Source,
    SourceActor,
    SourceCheck,
    SourceCopy,
    SourceIdentifier,
)
from archive.models.terms import Measure, PeopleGroup, Tactic
from archive.models.upkeep import Check, ImportRow, ImportRun, Job, Redirect
from archive.models.workspace import Collection, CollectionEntry, SavedSearch

__all__ = [
    "Annotation",
    "AnnotationTag",
    "Collection",
    "CollectionEntry",
    "SavedSearch",
    "Fingerprint",
    "Pointer",
    "TextReading",
    "Coverage",
    "ReprintGroup",
    "Suggestion",
    "PublicRequest",
    "Intake",
    "FormDraft",
    "Comment",
    "Assignment",
    "Actor",
    "ActorName",
    "Appearance",
    "ArchiveState",
    "Article",
    "Capture",
    "CaptureText",
    "Check",
    "Citation",
    "Claim",
    "ClaimActor",
    "ClaimCount",
    "ClaimLink",
    "Country",
    "Credit",
    "DateEvidence",
    "Event",
    "EventValue",
    "Figure",
    "ImportRow",
    "ImportRun",
    "Job",
    "LinkCheck",
    "Measure",
    "Outlet",
    "OutletDomain",
    "OwnershipNote",
    "Passage",
    "PeopleGroup",
    "Person",
    "RecoveryCode",
    "SignIn",
    "Place",
    "PublicExtract",
    "Redaction",
    "Redirect",
    "ReusePolicy",
    "SearchDocument",
    "Source",
    "SourceActor",
    "SourceCheck",
    "SourceCopy",
    "SourceIdentifier",
    "SuggestedWord",
    "Tactic",
    "TacticUse",
    "reading",
]
