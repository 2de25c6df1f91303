"""The service profile: the feed's selection rule, and errors that say what to do."""

from __future__ import annotations

import json

import pytest

from auditor import profile
from auditor.errors import ProfileError
from rules.errors import ServiceError
from rules.service import service_from


def test_bitbucket_ranges_of_the_shipped_feed() -> None:
    """Written from the feed by its selection rule (product, ingress, commercial), collapsed."""
    service = profile.load("bitbucket")
    assert [str(prefix) for prefix in service.prefixes] == [
        "13.35.248.0/24", "13.200.41.128/25", "13.227.180.0/24", "13.227.213.0/24",
        "104.192.136.0/21", "185.166.140.0/22", "2401:1d80:3000::/36",
    ]  # fmt: skip
    assert service.port_numbers() == (443, 22)
    assert service.published == "2026-10-09T00:06:06.601554"


def test_anycast_is_what_the_most_specific_items_say() -> None:
    anycast = {str(prefix) for prefix in profile.load("bitbucket").anycast}
    assert "104.192.141.0/24" in anycast
    assert "104.192.136.0/21" not in anycast
    assert not any(prefix.startswith("185.166.142") for prefix in anycast)


def feed(**changes: object) -> str:
    item: dict[str, object] = {
        "cidr": "192.0.2.0/24", "product": ["x"], "direction": ["ingress"], "region": ["global"],
        "perimeter": "commercial",
    }  # fmt: skip
    item.update(changes)
    return json.dumps({"creationDate": "2026-01-01", "items": [item]})


PROFILE = {
    "name": "x",
    "feed": {"file": "f.json", "product": "x", "direction": "ingress", "anycast_region": "global"},
    "ports": [{"protocol": "tcp", "port": 443}],
}


def test_older_feeds_have_no_perimeter() -> None:
    text = feed()
    data = json.loads(text)
    del data["items"][0]["perimeter"]
    service = service_from(PROFILE, "p", lambda _: json.dumps(data))
    assert [str(p) for p in service.prefixes] == ["192.0.2.0/24"]


@pytest.mark.parametrize(
    "changes",
    [{"direction": ["egress"]}, {"product": ["jira"]}, {"perimeter": "fedramp-moderate"}],
)
def test_what_the_rule_leaves_out(changes: dict[str, object]) -> None:
    with pytest.raises(ServiceError, match="lists nothing"):
        service_from(PROFILE, "p", lambda _: feed(**changes))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "mapping"),
        ({"prefixes": ["192.0.2.0/24"]}, "'name' is missing"),
        ({"name": "x", "prefixes": ["192.0.2.0/24"]}, "'ports' is missing"),
        ({"name": "x", "ports": [{"port": 443}], "prefixes": ["192.0.2.1/24"]}, "host bits"),
        ({"name": "x", "ports": [{"port": 0}], "prefixes": ["192.0.2.0/24"]}, "1 to 65535"),
        ({"name": "x", "ports": [{"port": 443}], "prefixes": []}, "is empty"),
        ({"name": "x", "ports": [{"port": 443}], "prefix": []}, "unknown key 'prefix'"),
        ({"name": "x", "ports": [{"protocol": "udp", "port": 1}], "prefixes": []}, "no sessions"),
    ],
)
def test_a_wrong_profile_says_what_is_wrong(data: object, message: str) -> None:
    with pytest.raises(ServiceError, match=message):
        service_from(data, "p")


def test_an_unknown_service_names_the_known_ones() -> None:
    with pytest.raises(ProfileError, match="bitbucket"):
        profile.load("gitlub")


def test_a_service_that_names_one_mss_takes_packets_of_that_size_only() -> None:
    lab = {
        "name": "lab",
        "prefixes": ["10.99.141.0/24"],
        "ports": [{"protocol": "tcp", "port": 443}],
    }
    assert service_from(lab, "lab.yaml").takes == 1500
    assert service_from({**lab, "mss": 1460, "least_mss": 1436}, "lab.yaml").takes == 1476
    with pytest.raises(ServiceError, match="'least_mss'"):
        service_from({**lab, "mss": 1400, "least_mss": 1436}, "lab.yaml")
