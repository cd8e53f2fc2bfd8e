"""What counts as the public network: IANA's special-purpose registries as a table, and IPv4 in every IPv6 disguise."""

import ipaddress

import pytest

from annotation_server.reach.public_networks import is_public

# As the registries list them, one line a block; "inside" is what no request may reach.
REGISTERED = [
    *(
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.0.0/29",
    ),
    *(
        "192.0.0.8/32",
        "192.0.0.9/32",
        "192.0.0.10/32",
        "192.0.0.170/32",
        "192.0.0.171/32",
        "192.0.2.0/24",
        "192.31.196.0/24",
    ),
    *(
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.88.99.2/32",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
    ),
    *(
        "198.51.100.0/24",
        "203.0.113.0/24",
        "240.0.0.0/4",
        "255.255.255.255/32",
        "224.0.0.0/4",
        "::1/128",
        "::/128",
    ),
    *(
        "::ffff:0:0:0/96",
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "100:0:0:1::/64",
        "2001::/23",
        "2001::/32",
    ),
    *(
        "2001:1::1/128",
        "2001:1::2/128",
        "2001:1::3/128",
        "2001:2::/48",
        "2001:3::/32",
        "2001:4:112::/48",
        "2001:10::/28",
    ),
    *(
        "2001:20::/28",
        "2001:30::/28",
        "2001:db8::/32",
        "2002::/16",
        "2620:4f:8000::/48",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
    ),
    *("fd00:ec2::254/128", "fe80::/10", "fec0::/10", "ff00::/8", "4000::/3", "6000::/3", "8000::/1"),
]
INNER = [
    *(
        "127.0.0.1",
        "127.8.9.10",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104  (nothing is bound)
        "169.254.1.1",
    ),
    *("169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "224.0.0.1", "255.255.255.255"),
]
# Where the 32 bits of the IPv4 address are put, from the right.
DISGUISES = {
    "mapped": ("::ffff:0:0", 0),
    "compatible": ("::", 0),
    "SIIT": ("::ffff:0:0:0", 0),
    "NAT64": ("64:ff9b::", 0),
    "NAT64, local": ("64:ff9b:1::", 0),
    "NAT64, local, /48": ("64:ff9b:1::", 48),
    "Teredo server": ("2001::", 64),
    "6to4": ("2002::", 80),
    "6to4, ISATAP": ("2002:102:304::5efe:0:0", 0),
    "ISATAP, link-local": ("fe80::5efe:0:0", 0),
    "ISATAP": ("2600:1:2:3:0:5efe::", 0),
    "ISATAP, public": ("2600:1:2:3:200:5efe::", 0),
}


@pytest.mark.parametrize("block", REGISTERED)
def test_no_registered_block_is_public(block: str) -> None:
    network = ipaddress.ip_network(block)
    middle = network.network_address + network.num_addresses // 2
    assert not any(map(is_public, (network.network_address, middle, network.broadcast_address)))


@pytest.mark.parametrize("disguise", DISGUISES)
def test_no_inner_address_is_public_in_disguise(disguise: str) -> None:
    start, shift = DISGUISES[disguise]
    for inner in INNER:
        packed = int(ipaddress.IPv4Address(inner))
        address = ipaddress.IPv6Address(int(ipaddress.IPv6Address(start)) | packed << shift)
        assert not is_public(address), f"{inner} as {address}"
        if disguise == "Teredo server":  # The client's address is there too, with its bits turned.
            turned = ipaddress.IPv6Address(int(ipaddress.IPv6Address(start)) | packed ^ 0xFFFF_FFFF)
            assert not is_public(turned)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "223.255.255.255",
        ),
        *("2606:4700:4700::1111", "2001:4860:4860::8888", "2a00:1450::1", "3ffe::1", "::ffff:8.8.8.8"),
    ],
)
def test_their_neighbours_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_all_of_ipv4_is_told_as_python_tells_it() -> None:
    """Python's own table, made from the same registries, knows no inner block that ours has not."""
    for block in range(1 << 16):
        address = ipaddress.IPv4Address(block << 16 | 0x0101)
        assert address.is_global or not is_public(address), address
