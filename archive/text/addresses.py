"""Addresses of pages: one spelling for each, and a key for finding the same article twice.

The canonical address is what the archive stores and shows: it must still lead to the page, so only
what cannot matter is changed. The key goes further (scheme, "www.", final slash) and serves for a
notice only, "already held?", never as an address. Odd text is refused, not repaired: what two
programs read differently is how a checker is made to see another host than a fetcher.
Source: RFC 3986, section 6.2 (normalisation); RFC 3987 (letters outside ASCII).
"""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import quote, unquote, urljoin, urlsplit

MAXIMUM_LENGTH = 2048

# Parameters that say where a reader came from, never what is shown.
# fmt: off
_TRACKING = frozenset(
    {
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid",
        "yclid", "ysclid", "msclkid", "twclid", "ttclid", "li_fat_id",
        "igshid", "igsh", "mc_cid", "mc_eid", "ref_src", "ref_url",
        "mkt_tok", "vero_id", "oly_anon_id", "oly_enc_id", "rb_clickid", "_ga",
        "_gl", "_gac", "_hsenc", "_hsmi", "_openstat", "__twitter_impression",
        "pk_campaign", "pk_kwd", "pk_source", "pk_medium",
    }
)
# fmt: on
_TRACKING_PREFIXES = ("utm_", "mtm_")

_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# What may stand in a path or query as it is; the rest is written in percent form, "%" is checked before.
_KEPT = "/:@!$&'()*+,;=?%[]~"
# Characters of which none is refused; most addresses hold nothing else.
_PLAIN = re.compile(r"[!#-;=?-\[\]^_a-z{|}~]*")
_REFUSED = frozenset('\\<>"`')
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")


class NotAnAddress(ValueError):
    """A text is no address that the archive takes; the message says why and what to do."""

    def __init__(self, text: str, reason: str) -> None:
        self.text = text
        # Refused addresses hold control and direction characters: shown by code, they do no harm.
        shown = "".join(ascii(character)[1:-1] if _is_odd(character) else character for character in text[:80])
        super().__init__(
            f"“{shown}” is not an address that can be kept: {reason}. Copy it again from the browser’s address bar."
        )


@dataclass(frozen=True, slots=True)
class AddressParts:
    """An address, read once: whatever checks it and whatever asks for it look at these same parts.

    host: ASCII, lower case; an IPv6 address stands in brackets. port: as written, or the scheme's.
    path, query: ASCII in one escaping.
    """

    scheme: str
    host: str
    port: int
    path: str
    query: str

    @property
    def place(self) -> str:
        """Host and port as a Host header has them; the scheme's own port is left out."""
        return self.host if self.port == _DEFAULT_PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def target(self) -> str:
        """What a server is asked for: path and query."""
        return self.path + (f"?{self.query}" if self.query else "")

    def without_tracking(self) -> Self:
        return replace(self, query=_without_tracking(self.query))

    def __str__(self) -> str:
        return f"{self.scheme}://{self.place}{self.target}"


def parsed_address(url: str) -> AddressParts:
    """Read an address into its parts; the fragment is left out, every parameter stays.

    Raises NotAnAddress for anything but plain http and https addresses of at most 2,048 characters.
    """
    _refuse_odd_text(url)
    try:
        parts = urlsplit(url)
    except ValueError:
        raise NotAnAddress(url, "its host cannot be read") from None
    if parts.scheme not in _DEFAULT_PORTS:
        raise NotAnAddress(url, "it does not begin with https:// or http://")
    host, port = _split_host(parts.netloc, url)
    path = _without_dot_segments(_one_escaping(parts.path, url))
    query = _one_escaping(parts.query, url)
    return AddressParts(parts.scheme, host, port or _DEFAULT_PORTS[parts.scheme], path, query)


def led_to(base: AddressParts, reference: str) -> AddressParts:
    """Read the address that a redirect or a link on a page leads to; it may be relative to the page's.

    Raises NotAnAddress as parsed_address does; odd text is refused before anything joins it.
    """
    _refuse_odd_text(reference)
    try:
        joined = urljoin(str(base), reference)
    except ValueError:
        raise NotAnAddress(reference, "its host cannot be read") from None
    return parsed_address(joined)


def canonical_address(url: str) -> str:
    """Bring the address of a page into the one spelling that the archive stores.

    Lower-case scheme and host, host in ASCII, no default port, no fragment, no tracking
    parameters, percent escapes in one form, no dot segments. Scheme, "www.", final slash, other
    parameters and their order stay.

    Returns ASCII text; applying it again changes nothing. Raises NotAnAddress for anything but
    plain http and https addresses of at most 2,048 characters, before and after.
    """
    address = str(parsed_address(url).without_tracking())
    if len(address) > MAXIMUM_LENGTH:
        raise NotAnAddress(url, f"it is longer than {MAXIMUM_LENGTH} characters")
    return address


def address_key(url: str) -> str:
    """Give the key under which the same article would be held, for a notice of a duplicate.

    Scheme, "www." and final slashes of the path are left out; AMP and mobile addresses keep keys of their own.

    Raises NotAnAddress as canonical_address does.
    """
    _, _, rest = canonical_address(url).partition("://")
    place, mark, query = rest.removeprefix("www.").partition("?")
    return place.rstrip("/") + mark + query


def _refuse_odd_text(url: str) -> None:
    """Refuse text that programs read in different ways, before anything parses it."""
    if len(url) > MAXIMUM_LENGTH:
        raise NotAnAddress(url, f"it is longer than {MAXIMUM_LENGTH} characters")
    for character in () if _PLAIN.fullmatch(url) else url:
        if character in _REFUSED or _is_odd(character):
            raise NotAnAddress(url, f"it holds the character {unicodedata.name(character, ascii(character)).lower()}")
    if "%" in _PERCENT.sub("", url):
        raise NotAnAddress(url, "a % sign is not followed by two hexadecimal digits")


def _is_odd(character: str) -> bool:
    """Tell characters that nobody sees: controls, direction marks, surrogates, private use (C), any space (Z)."""
    return unicodedata.category(character)[0] in "CZ"


def _split_host(netloc: str, url: str) -> tuple[str, int | None]:
    """Split host and port, and bring the host into its ASCII form."""
    if "@" in netloc:
        raise NotAnAddress(url, "it holds a user name")
    if netloc.startswith("["):
        name, bracket, rest = netloc.partition("]")
        return f"[{_ipv6(name[1:], url)}]", _port(rest, url)
    name, colon, digits = netloc.partition(":")
    return _host(name, url), _port(colon + digits, url)


def _port(text: str, url: str) -> int | None:
    """Read what follows a host: nothing, or a colon and a port."""
    if text in {"", ":"}:
        return None
    digits = text[1:]
    if text[0] != ":" or not re.fullmatch(r"[0-9]{1,5}", digits) or not 0 < int(digits) < 65536:
        raise NotAnAddress(url, "its port is not a number from 1 to 65535")
    return int(digits)


def _ipv6(text: str, url: str) -> str:
    """Bring an IPv6 address into its short form; zones of a machine are refused."""
    try:
        address = ipaddress.IPv6Address(text)
    except ValueError:
        raise NotAnAddress(url, "its host cannot be read") from None
    if address.scope_id is not None:
        raise NotAnAddress(url, "its host names a network card")
    return address.compressed


def _host(name: str, url: str) -> str:
    """Bring a host name into lower-case ASCII, and check each label of it."""
    try:
        host = (name if name.isascii() else name.encode("idna").decode("ascii")).lower()
    except UnicodeError:
        raise NotAnAddress(url, "its host name cannot be written in ASCII") from None
    host = host.removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise NotAnAddress(url, "its host is not a full name such as example.org")
    # Browsers read a name whose last label is a number as an IPv4 address, in many spellings.
    if _NUMBER_LABEL.fullmatch(labels[-1]) and not _is_ipv4(host):
        raise NotAnAddress(url, "its host is a number in an unusual spelling")
    return host


def _is_ipv4(host: str) -> bool:
    """Tell whether a host is an IPv4 address in its plain form, four decimal numbers."""
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


def _one_escaping(text: str, url: str) -> str:
    """Write a path or query with one escaping: unreserved characters plain, the others as upper-case %XX."""

    def rewritten(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        if character < " " or character == "\x7f":
            raise NotAnAddress(url, f"it holds the control character {match[0]}")
        return character if character in _UNRESERVED else match[0].upper()

    return _PERCENT.sub(rewritten, quote(text, safe=_KEPT))


def _without_dot_segments(path: str) -> str:
    """Take "." and ".." out of a path, as RFC 3986, 5.2.4 does; an empty path is "/"."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _without_tracking(query: str) -> str:
    """Leave out the parameters that only say where a reader came from; the others stay in order."""
    return "&".join(part for part in query.split("&") if part and not _is_tracking(part))


def _is_tracking(part: str) -> bool:
    """Tell a tracking parameter by its name."""
    name = unquote(part.partition("=")[0]).lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)
