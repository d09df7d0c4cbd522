"""The short controlled lists that editors pick from.

Each list is a module-level ``TextChoices``; the table that uses it carries a check constraint made
from the same list (``base.known``), so the database knows the terms, too. Longer lists whose terms
need definitions (tactics, people concerned) are rows: see ``terms.py``.
"""

from django.db import models


class RecordStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class WithdrawalReason(models.TextChoices):
    SAFETY = "safety", "To protect people"
    RIGHTS = "rights", "At the request of a rights holder"
    ERROR = "error", "Added in error"
    DUPLICATE = "duplicate", "Held under another record"
    LAW = "law", "By order of law"


class Depth(models.TextChoices):
    LISTED = "listed", "Listed: found and described"
    CLAIMS = "claims", "Claims: what is reported, and on whose word"
    FULL = "full", "Full: all figures, sources and differences"


class Sensitivity(models.TextChoices):
    GRAPHIC = "graphic", "Graphic descriptions"
    CAPTIVITY = "captivity", "Words said in captivity"
    CHILDREN = "children", "Concerns children"


class OutletKind(models.TextChoices):
    NEWS_SITE = "news-site", "News site"
    AGENCY = "agency", "News agency"
    NEWSPAPER = "newspaper", "Newspaper"
    BROADCASTER = "broadcaster", "Broadcaster"
    JOURNAL = "journal", "Journal"
    NGO = "ngo", "Non-governmental organisation"
    OFFICIAL = "official", "Official site"
    BLOG = "blog", "Blog"
    AGGREGATOR = "aggregator", "Aggregator"
    NOT_KNOWN = "not-known", "Not known"


class DatePrecision(models.TextChoices):
    """As parsed by ``text.dates``; the order is from finest to none."""

    DAY = "day", "Day"
    APPROXIMATE_DAY = "approximate-day", "About this day"
    MONTH = "month", "Month"
    SEASON = "season", "Season"
    YEAR = "year", "Year"
    RANGE = "range", "Between two dates"
    OPEN_START = "open-start", "Not after"
    OPEN_END = "open-end", "Not before"
    NO_YEAR = "no-year", "Year not printed"
    UNKNOWN = "unknown", "Not known"


class DateBasis(models.TextChoices):
    BYLINE = "byline", "printed with the article"
    METADATA = "metadata", "from the page's metadata"
    ADDRESS = "address", "from the page's address"
    CITED_ITEM = "cited-item", "from what the article cites"
    LISTING = "listing", "from another page that lists it"
    FIRST_COPY = "first-copy", "from the first copy found"
    RENDER_STAMP = "render-stamp", "the time at which the page was made for the reader"
    FOOTER = "footer", "the year in the page's footer"


# A footer's year or the time of rendering says nothing of publication: kept, shown, never chosen.
BOUNDS_ONLY = (DateBasis.RENDER_STAMP, DateBasis.FOOTER)


class CaptureMethod(models.TextChoices):
    FETCHED = "fetched", "Fetched from its address"
    UPLOADED = "uploaded", "Uploaded as a file"
    PASTED = "pasted", "Pasted as text"
    IMPORTED = "imported", "Imported in bulk"
    EXCERPT = "excerpt", "Only short quoted phrases held"


class HarmReview(models.TextChoices):
    OPEN = "open", "Not yet decided"
    CLEARED = "cleared", "May be shown, less its redactions"
    BLOCKED = "blocked", "May not be shown"


class PassageState(models.TextChoices):
    ANCHORED = "anchored", "Anchored"
    NOT_IN_VERSION = "not-in-this-version", "Not in this version"


class RedactionReason(models.TextChoices):
    PRIVATE_PERSON = "private-person", "Names or describes a private person"
    PLACE_OF_HIDING = "place-of-hiding", "A place where somebody may be found"
    CONTACT = "contact", "Telephone, address, document or account number"
    CAPTIVITY = "captivity", "Said in captivity"
    LAW = "law", "By order of law"


class ClaimKind(models.TextChoices):
    EVENT = "event", "Event: happened once"
    PRACTICE = "practice", "Practice: said to be repeated"
    COUNT = "count", "Count: people in a state at a time"
    RULE = "rule", "Rule: law, order or duty"
    OFFER = "offer", "Offer"
    THREAT = "threat", "Threat or warning"
    FORECAST = "forecast", "Forecast: expected, planned or possible"
    ASSESSMENT = "assessment", "Assessment: motive, meaning or likelihood"
    PROPOSAL = "proposal", "Proposal: what should be done"


class Act(models.TextChoices):
    ASSERTS = "asserts", "says so"
    DENIES = "denies", "denies it"
    WITHDRAWS = "withdraws", "takes it back"
    DECLINES = "declines", "declines to answer"


class ClaimLinkKind(models.TextChoices):
    UPDATES = "updates", "updates"
    RESTATES = "restates", "restates"
    CONTRADICTS = "contradicts", "cannot hold together with"
    PART_OF = "part-of", "is part of"
    EXPLAINS = "explains", "explains"


INVERSE_LINK_LABELS: dict[str, str] = {
    ClaimLinkKind.UPDATES: "is updated by",
    ClaimLinkKind.RESTATES: "is restated in",
    ClaimLinkKind.CONTRADICTS: "cannot hold together with",
    ClaimLinkKind.PART_OF: "includes",
    ClaimLinkKind.EXPLAINS: "is explained by",
}


class CreditHow(models.TextChoices):
    QUOTES = "quotes", "quotes"
    REPORTS = "reports", "reports"
    SUMMARISES = "summarises", "summarises"
    TRANSLATES = "translates", "translates"
    REPRODUCES = "reproduces", "reproduces"
    EMBEDS = "embeds", "embeds"


class CreditBasis(models.TextChoices):
    SAME_PASSAGE = "same-passage", "named in the same passage"
    ELSEWHERE = "elsewhere", "named elsewhere in the article"
    INFERRED = "inferred", "inferred by an editor"
    NONE_STATED = "none-stated", "no source stated"


class CreditEvidence(models.TextChoices):
    STATED = "stated", "stated"
    SHARED_POST = "shared-post", "the same post is embedded"
    SHARED_LINK = "shared-link", "the same address is linked"
    TEXT_OVERLAP = "text-overlap", "the texts overlap"
    SAME_FIGURE = "same-figure", "the same figure of the same speaker"
    SAME_IMAGE = "same-image", "the same image"
    LEAD = "lead", "found outside both texts"


class CreditState(models.TextChoices):
    SUGGESTED = "suggested", "Suggested"
    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Rejected"


class SuggestionKind(models.TextChoices):
    TEXT_OVERLAP = "text-overlap", "The texts share passages"
    SHARED_POST = "shared-post", "The same post is embedded"
    SHARED_LINK = "shared-link", "The same address is linked"
    SAME_FIGURE = "same-figure", "The same figure of the same speaker"


class SuggestionState(models.TextChoices):
    OPEN = "open", "Open"
    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Rejected"


class Voice(models.TextChoices):
    QUOTATION = "quotation", "quotation"
    PART_QUOTATION = "part-quotation", "quoted words inside the outlet's sentence"
    REPORTED_SPEECH = "reported-speech", "reported speech"
    HEARSAY = "hearsay", "hearsay, no source"
    OWN_WORDS = "own-words", "the outlet's own words"
    EDITOR = "editor", "inferred by the archive"


class AssertedBy(models.TextChoices):
    """On whose word a report asserts something, by its voice; a source speaks for itself."""

    SPEAKER = "speaker", "the speaker"
    OUTLET = "outlet", "the outlet itself"
    NOBODY = "nobody", "hearsay, no speaker named"
    ARCHIVE = "archive", "inferred by the archive"


ASSERTED_BY: dict[str, AssertedBy] = {
    Voice.QUOTATION: AssertedBy.SPEAKER,
    Voice.PART_QUOTATION: AssertedBy.SPEAKER,
    Voice.REPORTED_SPEECH: AssertedBy.SPEAKER,
    Voice.OWN_WORDS: AssertedBy.OUTLET,
    Voice.HEARSAY: AssertedBy.NOBODY,
    Voice.EDITOR: AssertedBy.ARCHIVE,
}


class Part(models.TextChoices):
    HEADLINE = "headline", "Headline"
    STANDFIRST = "standfirst", "Standfirst"
    BODY = "body", "Body"
    CAPTION = "caption", "Caption"
    EMBED = "embed", "Embedded post or block quotation"
    REFERENCE_LIST = "reference-list", "Reference list"
    NOTE = "note", "Note"
    CREDIT = "credit", "Credit"
    TERMS = "terms", "Terms of use"


class Hedge(models.TextChoices):
    NONE = "none", "none"
    LIKELY = "likely", "likely"
    POSSIBLE = "possible", "possible"
    SAID = "said", "said to be so"
    DOUBT = "doubt", "the outlet distances itself"


class Stance(models.TextChoices):
    PASSES_ON = "passes-on", "passes it on"
    ADOPTS = "adopts", "states it as fact"
    DISTANCES = "distances", "distances itself"
    DISPUTES = "disputes", "disputes it"


class Wording(models.TextChoices):
    ORIGINAL = "original", "Original wording"
    TRANSLATED = "translated", "Translated wording"
    NOT_KNOWN = "not-known", "Not known whether translated"


class Destination(models.TextChoices):
    FRONT = "front", "the front"
    REAR = "rear", "the rear"
    WAR_ZONE = "war-zone", "the war zone"
    ELSEWHERE = "elsewhere", "elsewhere"
    NOT_STATED = "not-stated", "not stated"


class Setting(models.TextChoices):
    WORKPLACE = "workplace", "Workplace"
    MARKET_OR_CANTEEN = "market-or-canteen", "Market or canteen"
    HOUSING = "housing", "Housing"
    PLACE_OF_WORSHIP = "place-of-worship", "Place of worship"
    STREET_OR_TRANSPORT = "street-or-transport", "Street or transport"
    MIGRATION_OFFICE = "migration-office", "Migration office"
    ENLISTMENT_OFFICE = "enlistment-office", "Enlistment office"
    BORDER = "border", "Border"
    PLACE_OF_STUDY = "place-of-study", "Place of study"
    PRISON = "prison", "Prison"
    HOME = "home", "Home"
    ONLINE = "online", "Online"


# A raid on housing or a place of worship is never placed more exactly than its region.
SETTINGS_NO_FINER_THAN_REGION = (Setting.HOUSING, Setting.PLACE_OF_WORSHIP, Setting.HOME)


class Response(models.TextChoices):
    WARNS_NATIONALS = "warns-nationals", "Warns its nationals"
    PROSECUTES_OWN = "prosecutes-own-nationals", "Prosecutes its own nationals"
    PROSECUTES_RECRUITERS = "prosecutes-recruiters", "Prosecutes recruiters"
    STOPS_DEPARTURE = "stops-departure", "Stops departure"
    SEEKS_RETURN = "seeks-return", "Seeks their return"
    PROTESTS = "protests", "Protests"
    OPENS_INQUIRY = "opens-inquiry", "Opens an inquiry"


class ClaimActorPart(models.TextChoices):
    DONE_BY = "done-by", "done by"
    ANSWERED_BY = "answered-by", "answered by"


class Comparator(models.TextChoices):
    NONE = "none", "no qualifier"
    ABOUT = "about", "about"
    NEARLY = "nearly", "nearly"
    AT_LEAST = "at-least", "at least"
    MORE_THAN = "more-than", "more than"
    UP_TO = "up-to", "up to"
    FEWER_THAN = "fewer-than", "fewer than"
    BETWEEN = "between", "between"
    WORDS = "words", "words, no number"


class CountingBasis(models.TextChoices):
    TOTAL_TO_DATE = "total-to-date", "total to date"
    IN_PERIOD = "in-period", "in the period"
    AT_A_MOMENT = "at-a-moment", "at a moment"
    NOT_STATED = "not-stated", "not stated"


class Unit(models.TextChoices):
    PERSONS = "persons", "people"
    COUNTRIES = "countries", "countries"
    FACILITIES = "facilities", "facilities"
    CASES = "cases", "cases"
    PERCENT = "percent", "per cent"
    MONEY = "money", "money"


class Stage(models.TextChoices):
    CHECKED = "checked", "checked or investigated"
    FOUND_UNREGISTERED = "found-unregistered", "found not on the military register"
    SUMMONED = "summoned", "called, ordered or taken to an enlistment office"
    REGISTERED = "registered", "entered on the military register"
    LIABLE = "liable", "facing call-up"
    WILLING = "willing", "said to wish to join"
    OFFERED = "offered", "offered by a state or body"
    CONTRACTED = "contracted", "signed a contract"
    RECRUITED = "recruited", "recruited, drafted, mobilised or lured"
    SERVING = "serving", "serving at a moment"
    SENT = "sent", "sent to a war zone"
    KILLED = "killed", "killed"
    CAPTURED = "captured", "captured"
    LEFT = "left", "discharged, returned or deserted"
    COUNTRIES = "countries", "countries of origin"


class SourceKind(models.TextChoices):
    SPEECH = "speech", "Speech"
    INTERVIEW = "interview", "Interview"
    STATEMENT = "statement", "Statement, occasion not stated"
    OFFICIAL_STATEMENT = "official-statement", "Official statement"
    OFFICIAL_POST = "official-post", "Post by a body or person in office"
    OFFICIAL_REPORT = "official-report", "Official report"
    LAW_OR_ORDER = "law-or-order", "Law or order"
    COURT_DOCUMENT = "court-document", "Court document"
    NGO_REPORT = "ngo-report", "Report of a non-governmental organisation"
    IGO_REPORT = "igo-report", "Report of an inter-governmental organisation"
    STUDY = "study", "Study"
    MEDIA_REPORT = "media-report", "Report by another outlet"
    BROADCAST = "broadcast", "Broadcast"
    LEAKED_DOCUMENT = "leaked-document", "Leaked document"
    DATASET = "dataset", "Dataset"
    AFFECTED_PERSON = "affected-person", "Affected person"
    CAPTIVE_STATEMENT = "captive-statement", "Said in captivity"
    UNNAMED_OFFICIAL = "unnamed-official", "Official, not named by the outlet"
    UNNAMED_MEDIA = "unnamed-media", "Media, not named by the outlet"
    UNNAMED_OTHER = "unnamed-other", "Source not named by the outlet"
    IMAGE = "image", "Picture or video"
    OWN_REPORTING = "own-reporting", "The outlet's own reporting"


UNNAMED_SOURCE_KINDS = (SourceKind.UNNAMED_OFFICIAL, SourceKind.UNNAMED_MEDIA, SourceKind.UNNAMED_OTHER)


class AffectedNaming(models.TextChoices):
    NAMED_WITHHELD = "named-withheld", "named by the outlet, withheld here"
    NOT_NAMED = "not-named", "not named by the outlet"


class SourceCheckState(models.TextChoices):
    NOT_CHECKED = "not-checked", "not checked"
    MATCHES = "matches", "found under this title"
    TITLE_DIFFERS = "title-differs", "found under another title"
    NOT_FOUND = "not-found", "not found under this title"
    ARCHIVED_COPY_ONLY = "archived-copy-only", "only an archived copy found"


class LinkOutcome(models.TextChoices):
    """What came of asking an address. Only the first says that something is there, the next two that nothing is."""

    ANSWERED = "answered", "answered"
    NOT_THERE = "not-there", "answered that no page is there"
    NO_ANSWER = "no-answer", "did not answer"
    UNCLEAR = "unclear", "answered, and did not say whether a page is there"


class IdentifierScheme(models.TextChoices):
    X_POST = "x-post", "Post on X"
    POST_MEDIA = "post-media", "Picture or video embedded from a post"
    TELEGRAM_POST = "telegram-post", "Post on Telegram"
    DOI = "doi", "DOI"
    ISBN = "isbn", "ISBN"
    OTHER = "other", "Other identifier"


class ActorKind(models.TextChoices):
    PERSON = "person", "Person in a public role"
    STATE_BODY = "state-body", "State body"
    GOVERNMENT = "government", "Government"
    INTERNATIONAL_BODY = "international-body", "International body"
    NGO = "ngo", "Non-governmental organisation"
    OUTLET = "outlet", "Outlet"
    ARMED_GROUP = "armed-group", "Armed group"
    COMPANY = "company", "Company"


class PlaceKind(models.TextChoices):
    WORLD_REGION = "world-region", "Region of the world"
    GROUPING = "grouping", "Group of places, as printed"
    COUNTRY = "country", "Country"
    REGION = "region", "Region"
    SETTLEMENT = "settlement", "Settlement"


class TacticGroup(models.TextChoices):
    LAW_AND_PAPERS = "law-and-papers", "Law and papers"
    FORCE = "force", "Force"
    DECEPTION = "deception", "Deception"
    INDUCEMENT = "inducement", "Inducement"
    OTHER = "other", "Other"


class CheckKind(models.TextChoices):
    HARM_SMALL_FIGURE = "harm-small-figure", "A figure under ten with a place finer than a region"
    HARM_PRIVATE_PERSON = "harm-private-person", "A private individual may be named"
    REDACTED_ELSEWHERE = "redacted-elsewhere", "A redacted string stands in another field"
    EXTRACT_CLIPPED = "extract-clipped", "A tightened policy took passages out of the public extract"
    FIGURES_DIFFER = "figures-differ", "Figures of one series differ"
    HEADLINE_AND_BODY = "headline-and-body", "Headline and body differ"
    NUMBERING_GAP = "numbering-gap", "A gap in the printed numbering"
    NUMBER_NOT_CODED = "number-not-coded", "A number in the text is not coded"
    ATTRIBUTION_WITHOUT_SOURCE = "no-source-coded", "Words that name a source, and no source coded"
    DATE_WITHOUT_BASIS = "date-without-basis", "No usable basis for the date of publication"
    SAME_NUMBER = "same-number", "One number stands with different groups or stages"
    REWRITING = "rewriting", "Signs of machine rewriting"
    PERSONAL_DATA = "personal-data", "A telephone, document or account number, or an e-mail address"
    NEAR_DUPLICATE = "near-duplicate", "Nearly the same text is held already"
    OVER_LIMIT = "over-limit", "Coded wording exceeds what the outlet lets be shown"


class CheckDecision(models.TextChoices):
    OPEN = "open", "Open"
    RESOLVED = "resolved", "Resolved"
    KEPT = "kept", "Kept as it is"


class RecordKind(models.TextChoices):
    """What an event or a redirect is about."""

    OUTLET = "outlet", "Outlet"
    ARTICLE = "article", "Article"
    CLAIM = "claim", "Claim"
    SOURCE = "source", "Source"
    ACTOR = "actor", "Actor"
    APPEARANCE = "appearance", "Appearance"
    FIGURE = "figure", "Figure"
    CAPTURE = "capture", "Capture"
    PLACE = "place", "Place"
    MEASURE = "measure", "Measure"
    TACTIC = "tactic", "Tactic"
    REQUEST = "request", "Request"
    ANNOTATION = "annotation", "Annotation"
    IMPORT = "import", "Import"
    ARCHIVE = "archive", "Archive"


class EventAct(models.TextChoices):
    ADD = "add", "added"
    EDIT = "edit", "edited"
    RESTORE = "restore", "restored"
    PUBLISH = "publish", "published"
    WITHDRAW = "withdraw", "withdrew"
    REDACT = "redact", "redacted"
    DECIDE = "decide", "decided"
    IMPORT = "import", "imported"
    PURGE = "purge", "purged"
    MERGE = "merge", "merged"


class IntakeState(models.TextChoices):
    """How far a page has come on its way into the archive."""

    WAITING = "waiting", "Waiting for the worker"
    CHOOSING = "choosing", "Holds several pages: choose one"
    DONE = "done", "Taken in"
    FAILED = "failed", "Not taken in"


class RequestKind(models.TextChoices):
    TAKEDOWN = "takedown", "Take something down"
    CORRECTION = "correction", "Correct something"
    REPLY = "reply", "Answer what is reported of me"


class RequestState(models.TextChoices):
    OPEN = "open", "Open"
    GRANTED = "granted", "Granted"
    DECLINED = "declined", "Declined"


class Motivation(models.TextChoices):
    """Why somebody marked a passage; the terms are those of the Web Annotation Vocabulary."""

    HIGHLIGHTING = "highlighting", "Highlight"
    COMMENTING = "commenting", "Comment"
    QUESTIONING = "questioning", "Question"
    TAGGING = "tagging", "Tag"
    LINKING = "linking", "Link to a claim"
    REPLYING = "replying", "Reply"


class Sharing(models.TextChoices):
    """Who reads an annotation beside its author. Proposed ones are read by researchers and editors, too."""

    PRIVATE = "private", "Only I"
    SHARED = "shared", "Researchers and editors"
    PROPOSED = "proposed", "Proposed for everybody"
    PUBLISHED = "published", "Everybody"


class SavedList(models.TextChoices):
    """A list whose question can be saved."""

    ARTICLES = "articles", "Articles"
    CLAIMS = "claims", "Claims"
    OUTLETS = "outlets", "Outlets"
    SOURCES = "sources", "Sources"
    ACTORS = "actors", "Actors"
