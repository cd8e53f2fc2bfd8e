"""Which addresses lie in the public network, by IANA's registries.

The tables are the "IPv4 Special-Purpose Address Registry" and the "IPv6 Special-Purpose Address Registry" (RFC 6890, RFC 8190),
the multicast registries, and "IPv6 Global Unicast Address Assignments": of IPv6 only 2000::/3 is given out at all, so nothing
else is public, whatever is registered there later. Blocks that the registries call globally reachable but that serve no web
pages (anycast of the network itself) are refused too.

IPv4 within IPv6 may end inside: mapped addresses (RFC 4291) are judged by the IPv4 address; compatible ones, SIIT (RFC 7915),
the well-known and local NAT64 prefixes (RFC 6052, RFC 8215), Teredo, 6to4 and ISATAP (RFC 5214) are all refused. What an
address does not tell is a NAT64 or 6rd prefix of the server's own network: there the translator must refuse inner addresses.
"""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

SPECIAL_IPV4 = [
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network (RFC 791)
        "10.0.0.0/8",  # private use (RFC 1918)
        "100.64.0.0/10",  # shared by carriers (RFC 6598)
        "127.0.0.0/8",  # loopback (RFC 1122)
        "168.63.129.16/32",  # in no registry: Azure's own service to its machines
        "169.254.0.0/16",  # link-local, and metadata services (RFC 3927)
        "172.16.0.0/12",  # private use (RFC 1918)
        "192.0.0.0/24",  # protocol assignments (RFC 6890)
        "192.0.2.0/24",  # documentation (RFC 5737)
        "192.31.196.0/24",  # AS112 (RFC 7535)
        "192.52.193.0/24",  # AMT (RFC 7450)
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
        "192.168.0.0/16",  # private use (RFC 1918)
        "192.175.48.0/24",  # AS112 (RFC 7534)
        "198.18.0.0/15",  # benchmarking (RFC 2544)
        "198.51.100.0/24",  # documentation (RFC 5737)
        "203.0.113.0/24",  # documentation (RFC 5737)
        "224.0.0.0/4",  # multicast (RFC 5771)
        "240.0.0.0/4",  # reserved, and broadcast (RFC 1112, RFC 919)
    )
]
GIVEN_OUT_IPV6 = ipaddress.IPv6Network("2000::/3")
SPECIAL_IPV6 = [
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, among them Teredo 2001::/32 and ORCHID (RFC 2928)
        "2001:db8::/32",  # documentation (RFC 3849)
        "2002::/16",  # 6to4 (RFC 3056)
        "2620:4f:8000::/48",  # AS112 (RFC 7534)
        "3fff::/20",  # documentation (RFC 9637)
    )
]
# The upper half of an interface identifier that holds an IPv4 address, for a private and for a public one.
ISATAP = {0x0000_5EFE, 0x0200_5EFE}


def is_public(address: Address) -> bool:
    """Whether the address lies in the public network, however it is written."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return _is_public_ipv6(address)
        address = address.ipv4_mapped
    return not any(address in network for network in SPECIAL_IPV4)


def _is_public_ipv6(address: ipaddress.IPv6Address) -> bool:
    is_isatap = (int(address) >> 32) & 0xFFFF_FFFF in ISATAP
    is_special = any(address in network for network in SPECIAL_IPV6)
    return address in GIVEN_OUT_IPV6 and not is_isatap and not is_special
