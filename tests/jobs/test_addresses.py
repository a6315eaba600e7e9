"""Which addresses may be reached."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from engine.connections import may_reach, networks


@pytest.mark.parametrize("address", ["193.10.1.1", "2001:67c:2564::1", "::ffff:193.10.1.1"])
def test_a_public_address_may_be_reached(address: str) -> None:
    assert may_reach(ip_address(address), ())


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1", "192.0.0.192",
        "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "::", "::1", "::ffff:10.0.0.1", "fec0::1",
        "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "fc00::1", "fd00:ec2::254", "fe80::1", "ff02::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_no_other_address_may(address: str) -> None:
    assert not may_reach(ip_address(address), ())


def test_a_network_that_is_named_may_be_reached_and_no_more() -> None:
    private = networks("10.20.0.0/16, 127.0.0.1")
    assert may_reach(ip_address("10.20.3.4"), private)
    assert may_reach(ip_address("::ffff:10.20.3.4"), private)
    assert may_reach(ip_address("127.0.0.1"), private)
    assert not may_reach(ip_address("10.21.0.1"), private)
    assert not may_reach(ip_address("127.0.0.2"), private)
