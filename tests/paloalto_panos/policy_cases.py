"""Rules between two zones with the verdict on a packet; the line counts from the first rule (None: a default)."""

from __future__ import annotations

from tests.paloalto_panos.flows import (
    ALLOW,
    C2,
    F22,
    F80,
    F443,
    F8080,
    FRAG,
    H2,
    P4,
    PING,
    R443,
    S443,
    U443,
    rule,
    tcp,
)

BB = "set address BB ip-netmask 104.192.136.0/21\n"
TO_BB = rule("R", "deny", destination="BB")
Case = tuple[str, str, dict[str, object], str, int | None]

RULES: list[Case] = [
    ("first-rule-decides", rule("A", "deny") + ALLOW, F443, "deny", 1),
    ("drop", rule("A", "drop") + ALLOW, F443, "deny", 1),
    ("reset-client", rule("A", "reset-client") + ALLOW, F443, "deny", 1),
    ("reset-server", rule("A", "reset-server") + ALLOW, F443, "deny", 1),
    ("reset-both", rule("A", "reset-both") + ALLOW, F443, "deny", 1),
    ("from-list", rule("A", "allow", from_="[ dmz trust ]"), F443, "permit", 1),
    ("from-another-zone", rule("A", "allow", from_="dmz"), F443, "deny", None),
    ("to-another-zone", rule("A", "allow", to="trust"), F443, "deny", None),
    ("turned-round", rule("A", "allow", from_="untrust", to="trust"), F443, "deny", None),
    ("any-beside-an-undefined-zone", rule("A", "allow", from_="[ any NO ]"), F443, "permit", 1),
    ("disabled", rule("A", "deny", "disabled yes") + ALLOW, F443, "permit", 2),
    ("not-disabled", rule("A", "deny", "disabled no") + ALLOW, F443, "deny", 1),
    ("answers-belong-to-a-session", rule("A", "deny"), R443, "permit", None),
    ("errors-belong-to-a-session", rule("A", "deny"), P4, "permit", None),
    ("fragments-are-put-together", rule("A", "allow", service="service-https"), FRAG, "permit", 1),
    ("any-is-both-families", ALLOW, S443, "permit", 1),
    ("interzone-default", rule("A", "allow", service="service-https"), F22, "deny", None),
    (
        "interzone-default-allows",
        "set rulebase default-security-rules rules interzone-default action allow\n",
        F443,
        "permit",
        1,
    ),
    (
        "interzone-default-only-logs",
        "set rulebase default-security-rules rules interzone-default log-end yes\n",
        F443,
        "deny",
        None,
    ),
    (
        "intrazone-default-says-nothing-here",
        "set rulebase default-security-rules rules intrazone-default action deny\n" + ALLOW,
        F443,
        "permit",
        2,
    ),
    ("T145", rule("A", "deny", "rule-type intrazone", from_="trust", to="trust"), F443, "deny", None),
    ("interzone-rule", rule("A", "allow", "rule-type interzone"), F443, "permit", 1),
    ("intrazone-rule-for-any", rule("A", "deny", "rule-type intrazone") + ALLOW, F443, "permit", 2),
    ("universal-rule", rule("A", "allow", "rule-type universal"), F443, "permit", 1),
    ("unknown-rule-type", rule("A", "deny", "rule-type odd") + ALLOW, F443, "unknown", 1),
    ("profiles-inspect", rule("A", "allow", "profile-setting group default"), F443, "permit", 1),
    ("unknown-word", rule("A", "deny", "mirror x") + ALLOW, F443, "unknown", 1),
    ("unknown-action", rule("A", "block") + ALLOW, F443, "unknown", 1),
]  # fmt: skip

ADDRESSES: list[Case] = [
    ("object", BB + TO_BB + ALLOW, F443, "deny", 2),
    ("object-elsewhere", BB + TO_BB + ALLOW, tcp(443, H2), "permit", 3),
    ("literal-prefix", rule("R", "deny", destination="104.192.136.0/21") + ALLOW, F443, "deny", 1),
    ("literal-address", rule("R", "deny", destination="104.192.141.1") + ALLOW, F443, "deny", 1),
    ("literal-range", rule("R", "deny", destination="104.192.141.0-104.192.141.9") + ALLOW, F443, "deny", 1),
    ("v6-object", "set address B6 ip-netmask 2401:1d80:3000::/36\n" + rule("R", "deny", destination="B6") + ALLOW,
     S443, "deny", 2),
    ("v6-object-says-nothing-of-v4", "set address B6 ip-netmask 2401:1d80:3000::/36\n"
     + rule("R", "deny", destination="B6") + ALLOW, F443, "permit", 3),
    ("range", "set address BB ip-range 104.192.136.0-104.192.143.255\n" + TO_BB + ALLOW, F443, "deny", 2),
    ("range-ends", "set address BB ip-range 104.192.136.0-104.192.141.0\n" + TO_BB + ALLOW, F443, "permit", 3),
    # a 1 in the mask need not match: the third octet is free, the fourth is 1
    ("wildcard", "set address BB ip-wildcard 104.192.0.1/0.0.255.0\n" + TO_BB + ALLOW, F443, "deny", 2),
    ("wildcard-misses", "set address BB ip-wildcard 104.192.0.2/0.0.255.0\n" + TO_BB + ALLOW, F443, "permit", 3),
    ("name-in-the-dns", "set address BB fqdn bitbucket.org\n" + TO_BB + ALLOW, F443, "unknown", 2),
    ("a-name-like-an-address", "set address 104.192.141.1 ip-netmask 192.0.2.1\n"
     + rule("R", "deny", destination="104.192.141.1") + ALLOW, F443, "permit", 3),
    ("group", BB + "set address-group G static [ X BB ]\nset address X ip-netmask 192.0.2.1\n"
     + rule("R", "deny", destination="G") + ALLOW, F443, "deny", 4),
    ("nested-group", BB + "set address-group G static IN\nset address-group IN static BB\n"
     + rule("R", "deny", destination="G") + ALLOW, F443, "deny", 4),
    ("empty-group", "set address-group G\n" + rule("R", "deny", destination="G") + ALLOW, F443, "permit", 3),
    ("groups-in-a-circle", "set address-group G static IN\nset address-group IN static G\n"
     + rule("R", "deny", destination="G") + ALLOW, F443, "unknown", 3),
    ("undefined-member-decides", "set address-group G static [ NO ]\n" + rule("R", "deny", destination="G") + ALLOW,
     F443, "unknown", 2),
    ("known-member-decides-for-itself", BB + "set address-group G static [ BB NO ]\n"
     + rule("R", "deny", destination="G") + ALLOW, F443, "deny", 3),
    ("unknown-member-for-the-rest", BB + "set address-group G static [ BB NO ]\n"
     + rule("R", "deny", destination="G") + ALLOW, tcp(443, H2), "unknown", 3),
    ("undefined-address", rule("R", "deny", destination="NO") + ALLOW, F443, "unknown", 1),
    ("undefined-address-changes-nothing", rule("R", "allow", destination="NO") + ALLOW, F443, "permit", 2),
    ("region", rule("R", "deny", destination="US") + ALLOW, F443, "unknown", 1),
    ("own-region", "set region R1 address 104.192.136.0/21\n" + rule("R", "deny", destination="R1") + ALLOW,
     F443, "unknown", 2),
    ("T147", "set external-list EDL type ip url http://192.0.2.1/l\n" + rule("R", "deny", destination="EDL") + ALLOW,
     F443, "unknown", 2),
    ("dynamic-group", "set address-group G dynamic filter \"'t'\"\n" + rule("R", "deny", destination="G") + ALLOW,
     F443, "unknown", 2),
    ("dynamic-group-with-a-static-tag", BB + "set address BB tag [ t u ]\n"
     "set address-group G dynamic filter \"'t' and 'u'\"\n" + rule("R", "deny", destination="G") + ALLOW, F443, "deny", 4),
    ("dynamic-group-needs-both-tags", BB + "set address BB tag t\n"
     "set address-group G dynamic filter \"'t' and 'u'\"\n" + rule("R", "deny", destination="G") + ALLOW,
     F443, "unknown", 4),
    ("T144", rule("R", "deny", "negate-source yes", source="[ any 10.20.0.0/16 ]") + ALLOW, F443, "permit", 2),
    ("T144-as-typed", rule("R", "deny", "negate-source yes source 10.20.0.0/16") + ALLOW, F443, "permit", 2),
    ("negated-source", rule("R", "deny", "negate-source yes", source="10.20.0.0/16") + ALLOW, F443, "permit", 2),
    ("negated-source-others", rule("R", "deny", "negate-source yes", source="10.20.0.0/16") + ALLOW,
     tcp(443, src=C2), "deny", 1),
    ("negated-destination", BB + rule("R", "allow", "negate-destination yes", destination="BB"), F443, "deny", None),
    ("negated-destination-others", BB + rule("R", "allow", "negate-destination yes", destination="BB"),
     tcp(443, H2), "permit", 2),
    ("negated-v4-means-all-v6", BB + rule("R", "deny", "negate-destination yes", destination="BB") + ALLOW,
     S443, "deny", 2),
    ("negated-any-is-none", rule("R", "deny", "negate-source yes") + ALLOW, F443, "permit", 2),
    ("negated-name-spares-what-is-known", BB + "set address N fqdn x.example.com\n"
     + rule("R", "deny", "negate-destination yes", destination="[ BB N ]") + ALLOW, F443, "permit", 4),
    ("negated-name", BB + "set address N fqdn x.example.com\n"
     + rule("R", "deny", "negate-destination yes", destination="[ BB N ]") + ALLOW, tcp(443, H2), "unknown", 3),
]  # fmt: skip

SERVICES: list[Case] = [
    ("T143-80", rule("R", "allow", service="service-http"), F80, "permit", 1),
    ("T143-8080", rule("R", "allow", service="service-http"), F8080, "permit", 1),
    ("T143-443", rule("R", "allow", service="service-http"), F443, "deny", None),
    ("https", rule("R", "allow", service="service-https"), F443, "permit", 1),
    ("own-service-of-that-name", "set service service-https protocol tcp port 8443\n"
     + rule("R", "allow", service="service-https"), F443, "deny", None),
    ("list-and-range", "set service S protocol tcp port 22,440-450\n" + rule("R", "allow", service="S"), F443, "permit", 2),
    ("list-misses", "set service S protocol tcp port 22,440-442\n" + rule("R", "allow", service="S"), F443, "deny", None),
    ("udp", "set service S protocol udp port 443\n" + rule("R", "allow", service="S"), F443, "deny", None),
    ("udp-packet", "set service S protocol udp port 443\n" + rule("R", "allow", service="S"), U443, "permit", 2),
    ("source-port", "set service S protocol tcp port 443 source-port 1024-65535\n" + rule("R", "allow", service="S"),
     F443, "permit", 2),
    ("other-source-port", "set service S protocol tcp port 443 source-port 1-1023\n" + rule("R", "allow", service="S"),
     F443, "deny", None),
    ("group", "set service S protocol tcp port 443\nset service-group G members [ S T ]\n"
     "set service T protocol tcp port 22\n" + rule("R", "allow", service="G"), F22, "permit", 4),
    ("built-in-in-a-group", "set service-group G members [ service-http service-https ]\n"
     + rule("R", "allow", service="G"), F443, "permit", 2),
    ("any-in-a-group", "set service-group G members [ any ]\n" + rule("R", "allow", service="G"), F22, "permit", 2),
    ("groups-in-a-circle", "set service-group G members H\nset service-group H members G\n"
     + rule("R", "deny", service="G") + ALLOW, F443, "unknown", 3),
    ("undefined", rule("R", "deny", service="NO") + ALLOW, F443, "unknown", 1),
    ("undefined-beside-a-known-one", rule("R", "deny", service="[ service-https NO ]") + ALLOW, F443, "deny", 1),
    ("half-a-range", "set service S protocol tcp port 443-\n" + rule("R", "deny", service="S") + ALLOW,
     F443, "unknown", 2),
    ("port-out-of-range", "set service S protocol tcp port 70000\n" + rule("R", "deny", service="S") + ALLOW,
     F443, "unknown", 2),
    ("bad-port-is-still-tcp", "set service S protocol tcp port 70000\n" + rule("R", "deny", service="S") + ALLOW,
     U443, "permit", 3),
    ("range-turned-round", "set service S protocol tcp port 450-440\n" + rule("R", "deny", service="S") + ALLOW,
     F443, "unknown", 2),
    ("unknown-protocol", "set service S protocol dccp port 443\n" + rule("R", "deny", service="S") + ALLOW,
     F443, "unknown", 2),
]  # fmt: skip

DEFAULT = {"service": "application-default"}
OVERRIDE = (
    "set rulebase application-override rules O from any to any source any destination any protocol tcp port 443"
    " application MINE\nset application MINE category networking\n"
)
APPLICATIONS: list[Case] = [
    ("T142", rule("R", "allow", application="[ ssl web-browsing ]", **DEFAULT) + rule("D", "deny"), F443, "unknown", 1),
    ("T142-80", rule("R", "allow", application="[ ssl web-browsing ]", **DEFAULT) + rule("D", "deny"), F80, "unknown", 1),
    ("T142-22", rule("R", "allow", application="[ ssl web-browsing ]", **DEFAULT) + rule("D", "deny"), F22, "deny", 2),
    ("both-ways-permit", rule("R", "allow", application="[ ssl web-browsing ]", **DEFAULT) + ALLOW, F443, "permit", 2),
    ("ssh", rule("R", "allow", application="ssh", **DEFAULT), F22, "permit", 1),
    ("ssh-is-not-443", rule("R", "allow", application="ssh", **DEFAULT), F443, "deny", None),
    ("ssh-on-any-port", rule("R", "allow", application="ssh"), F443, "unknown", 1),
    ("ssh-with-a-service", "set service S protocol tcp port 22\n" + rule("R", "allow", application="ssh", service="S"),
     F22, "permit", 2),
    ("denied-ssh", rule("R", "deny", application="ssh", **DEFAULT) + ALLOW, F22, "unknown", 1),
    ("denied-ssh-says-nothing-of-443", rule("R", "deny", application="ssh", **DEFAULT) + ALLOW, F443, "permit", 2),
    ("any-on-default-ports", rule("R", "allow", **DEFAULT), F443, "permit", 1),
    ("any-on-default-ports-22", rule("R", "allow", **DEFAULT), F22, "permit", 1),
    ("any-on-default-ports-elsewhere", rule("R", "allow", **DEFAULT), tcp(8443), "unknown", 1),
    ("bitbucket-app", rule("R", "allow", application="[ bitbucket-base ssl ]", **DEFAULT), F443, "unknown", 1),
    ("denied-app", rule("R", "deny", application="bittorrent") + ALLOW, F443, "unknown", 1),
    ("denied-app-after-a-permit", ALLOW + rule("R", "deny", application="bittorrent"), F443, "permit", 1),
    ("denied-app-on-another-port", "set service S protocol tcp port 22\n"
     + rule("R", "deny", application="bittorrent", service="S") + ALLOW, F443, "permit", 3),
    ("quic-is-udp", rule("R", "deny", application="quic") + ALLOW, F443, "permit", 2),
    ("ping-is-icmp", rule("R", "allow", application="ping", **DEFAULT), PING, "permit", 1),
    ("ping-says-nothing-of-tcp", rule("R", "allow", application="ping", **DEFAULT), F443, "deny", None),
    ("dns-has-another-port", rule("R", "allow", application="[ dns ntp ]", **DEFAULT), F443, "deny", None),
    ("app-group", "set application-group G members [ dns ssh ]\n" + rule("R", "allow", application="G", **DEFAULT),
     F22, "permit", 2),
    ("app-groups-in-a-circle", "set application-group G members G\n" + rule("R", "deny", application="G") + ALLOW,
     F443, "unknown", 2),
    ("app-filter", "set application-filter F category networking\n" + rule("R", "deny", application="F") + ALLOW,
     F443, "unknown", 2),
    ("custom-app", "set application A default port tcp/443\n" + rule("R", "allow", application="A", **DEFAULT),
     F443, "unknown", 2),
    ("custom-app-on-another-port", "set application A default port tcp/1025\n"
     + rule("R", "allow", application="A", **DEFAULT), F443, "deny", None),
    ("overridden", OVERRIDE + rule("R", "allow", application="MINE"), F443, "permit", 3),
    ("overridden-is-nothing-else", OVERRIDE + rule("R", "allow", application="ssl"), F443, "deny", None),
    ("overridden-for-any", OVERRIDE + ALLOW, F443, "permit", 3),
    ("not-overridden-on-22", OVERRIDE + rule("R", "allow", application="[ MINE ssh ]"), F22, "permit", 3),
    ("overridden-default-ports-are-not-said", OVERRIDE + rule("R", "allow", application="MINE", **DEFAULT),
     F443, "unknown", 3),
    ("overridden-default-ports", OVERRIDE + "set application MINE default port tcp/443\n"
     + rule("R", "allow", application="MINE", **DEFAULT), F443, "permit", 4),
    ("override-disabled", OVERRIDE + "set rulebase application-override rules O disabled yes\n"
     + rule("R", "allow", application="ssl"), F443, "unknown", 4),
    ("override-of-other-zones", "set rulebase application-override rules O from dmz to any source any destination any"
     " protocol tcp port 443 application MINE\n" + rule("R", "allow", application="ssl"), F443, "unknown", 2),
    ("first-override-wins", OVERRIDE + "set rulebase application-override rules P from any to any source any destination"
     " any protocol tcp port 443 application OTHER\n" + rule("R", "allow", application="OTHER"), F443, "deny", None),
]  # fmt: skip

CONDITIONS: list[Case] = [
    ("user", rule("R", "deny", source__user="corp\\joe") + ALLOW, F443, "unknown", 1),
    ("any-user", rule("R", "deny", source__user="any") + ALLOW, F443, "deny", 1),
    ("hip", rule("R", "allow", source__hip="H"), F443, "unknown", 1),
    ("any-hip", rule("R", "allow", "hip-profiles any source-hip any destination-hip any"), F443, "permit", 1),
    ("category", rule("R", "deny", category="games") + ALLOW, F443, "unknown", 1),
    ("any-category", rule("R", "deny", category="[ games any ]") + ALLOW, F443, "deny", 1),
    ("schedule", rule("R", "deny", schedule="NIGHT") + ALLOW, F443, "unknown", 1),
    ("schedule-changes-nothing", rule("R", "allow", schedule="DAY") + ALLOW, F443, "permit", 2),
    ("schedule-elsewhere", rule("R", "deny", schedule="NIGHT", service="service-http") + ALLOW, F443, "permit", 2),
    ("target", rule("R", "deny", "target devices 0011") + ALLOW, F443, "unknown", 1),
    ("target-of-all", rule("R", "deny", "target negate no") + ALLOW, F443, "deny", 1),
    ("device", rule("R", "deny", source__device="Printer") + ALLOW, F443, "unknown", 1),
    ("no-action", "set rulebase security rules R from any to any source any destination any application any service any\n"
     + ALLOW, F443, "unknown", 1),
    ("no-service", "set rulebase security rules R from any to any source any destination any application any action deny\n"
     + ALLOW, F443, "unknown", 1),
    ("no-source", "set rulebase security rules R from any to any destination any application any service any action deny\n"
     + ALLOW, F443, "unknown", 1),
]  # fmt: skip
