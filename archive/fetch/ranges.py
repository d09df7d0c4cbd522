"""Which addresses of machines may be asked: a list of what is allowed, with the holes in it.

Python's `is_global` and `is_private` are no such list: the first is true for multicast, for IPv4 addresses wrapped
in IPv6 and for a cloud's own services, the second is false for a carrier's inner network.
Source: IANA, IPv4 and IPv6 Special-Purpose Address Registries, and IPv6 Global Unicast Address Assignments.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address

# IPv4 unicast, and what registries hand out of IPv6. Whatever wraps an IPv4 address (::/96, ::ffff:0:0/96,
# 64:ff9b::/96, 2001::/32, 2002::/16) is outside.
_ALLOWED = tuple(
    map(
        ip_network,
        (
            "1.0.0.0/8", "2.0.0.0/7", "4.0.0.0/6", "8.0.0.0/5", "16.0.0.0/4", "32.0.0.0/3",
            "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/3",
            "2001:200::/23", "2001:400::/22", "2001:800::/21", "2001:1000::/20", "2001:2000::/19", "2001:4000::/20",
            "2001:5000::/20", "2001:8000::/19", "2001:a000::/19", "2003::/18", "2400::/11", "2600::/12", "2610::/23",
            "2620::/23", "2630::/12", "2800::/12", "2a00::/11", "2c00::/12",
        ),
    )
)  # fmt: skip
_HOLES = tuple(
    map(
        ip_network,
        (
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # inner networks of carriers; a cloud's metadata
            "127.0.0.0/8",  # this machine
            "168.63.129.16/32",  # a cloud's inner services, at an address that looks public
            "169.254.0.0/16",  # this network; clouds' metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocols; a cloud's metadata
            "192.0.2.0/24",  # for documents
            "192.31.196.0/24",  # names of inner networks (AS112)
            "192.52.193.0/24",  # relays of multicast
            "192.88.99.0/24",  # relays of IPv6 in IPv4
            "192.168.0.0/16",  # private
            "192.175.48.0/24",  # names of inner networks (AS112)
            "198.18.0.0/15",  # measuring networks
            "198.51.100.0/24",  # for documents
            "203.0.113.0/24",  # for documents
            "2001:db8::/32",  # for documents
            "2620:4f:8000::/48",  # names of inner networks (AS112)
        ),
    )
)


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to one machine on the public internet."""
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return False
    return _stands_in(address, _ALLOWED) and not _stands_in(address, _HOLES)


def _stands_in(address: Address, networks: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    return any(address.version == network.version and address in network for network in networks)
