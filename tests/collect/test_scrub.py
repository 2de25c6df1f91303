"""No secret survives, in any platform's syntax; what is no secret stays, and so does every line's number."""

from __future__ import annotations

import time

import pytest

from auditor.collect_scrub import Scrubber
from auditor.scrub import MASK

SECRET = "Zx9-hunter2-Q7"
HASH = "$1$aaaa$Zx9hunter2Q7Zx9hunter2"

LINES = """\
enable secret 5 {h}
enable password {s}
username admin privilege 15 secret 9 $9$abc$Zx9hunter2Q7
username bob password 7 {s}
snmp-server community {s} RO 99
snmp-server community {s} view V1 RO
snmp-server host 192.0.2.1 version 2c {s}
snmp-server host 192.0.2.1 {s}
snmp-server user u1 g1 v3 auth sha {s} priv aes 128 {s}
tacacs-server host 192.0.2.2 key 7 {s}
tacacs-server key {s}
radius-server host 192.0.2.3 auth-port 1812 acct-port 1813 key 7 {s}
 key 7 {s}
  key-string 7 {s}
 neighbor 192.0.2.4 password 7 {s}
 ip ospf message-digest-key 1 md5 7 {s}
 ip ospf authentication-key {s}
 area 0 virtual-link 192.0.2.9 message-digest-key 1 md5 {s}
 isis password {s} level-2
 standby 1 authentication md5 key-string {s}
 standby 1 authentication {s}
 vrrp 1 authentication text {s}
 ip nhrp authentication {s}
 ppp chap password 0 {s}
 ppp pap sent-username x password 0 {s}
crypto isakmp key {s} address 192.0.2.5
 pre-shared-key address 192.0.2.5 key {s}
 pre-shared-key local {s}
 wpa-psk ascii 0 {s}
ntp authentication-key 1 md5 {s} 7
ip ftp password {s}
aaa-server T (inside) host 192.0.2.6 key {s}
passwd {s} encrypted
username a password {s} encrypted privilege 15
username a password {s} pbkdf2
 ikev2 remote-authentication pre-shared-key {s}
snmp-server community {s} group network-operator
username admin password 5 {h} role network-admin
feature-set x password {s}
tacacs-server host 192.0.2.1 key 7 "{s}"
username admin secret sha512 $6$abc$Zx9hunter2Q7
management api http-commands secret {s}
set system root-authentication encrypted-password "{h}"
set system login user x authentication encrypted-password "$6$abc$Zx9hunter2Q7"
set system login user x authentication plain-text-password {s}
set system radius-server 192.0.2.3 secret "{s}"
set snmp community {s} authorization read-only
set protocols bgp group g authentication-key "{s}"
set security ike policy p pre-shared-key ascii-text "{s}"
set protocols ospf area 0 interface x authentication md5 1 key "{s}"
set snmp v3 usm local-engine user u authentication-sha authentication-key {s}
set snmp v3 usm local-engine user u privacy-aes128 privacy-password {s}
 local-user admin password irreversible-cipher {s}
 local-user admin password cipher {s}
snmp-agent community read cipher {s}
snmp-agent community write simple {s}
snmp-agent usm-user v3 u g authentication-mode md5 cipher {s} privacy-mode aes128 cipher {s}
snmp-agent target-host trap address udp-domain 192.0.2.1 params securityname cipher {s} v2c
 ospf authentication-mode md5 1 cipher {s}
hwtacacs-server shared-key cipher {s}
radius-server shared-key cipher {s}
 primary authentication 192.0.2.1 key cipher {s}
 key authentication cipher {s}
 vrrp vrid 1 authentication-mode md5 {s}
 ike pre-shared-key cipher {s}
super password level 15 hash {s}
/user add name=x password={s}
/ppp secret add name=x password="{s}" service=l2tp
/interface l2tp-server server set ipsec-secret={s} use-ipsec=yes
/ip ipsec identity add peer=p secret="{s}"
/snmp community set [ find default=yes ] name={s} addresses=10.0.0.0/8
/interface wireless security-profiles set [ find ] wpa2-pre-shared-key={s}
/radius add address=192.0.2.1 secret={s} service=login
        set password ENC {s}
        set psksecret ENC {s}
        set passwd {s}
        set ppk-secret ENC {s}
        set auth-pwd ENC {s}
        set priv-pwd ENC {s}
        set key "{s}
set mgt-config users admin phash {h}
set network ike gateway g authentication pre-shared-key key {s}
set deviceconfig system snmp-setting access-setting version v2c snmp-community-string {s}
set shared server-profile ldap l bind-password {s}
            <phash>{h}</phash>
            <password>{s}</password>
            <key>{s}</key>
            password "{h}"
            authentication-key "{s}" hash2
            community "{s}" hash2 access-permissions r
            secret "{s}" hash2
set / system aaa authentication admin-user password {s}
set / system snmp network-instance mgmt community {s}
set interfaces wireless wlan0 security wpa passphrase '{s}'
set vpn ipsec site-to-site peer 192.0.2.1 authentication pre-shared-secret '{s}'
set vpn ipsec authentication psk P secret '{s}'
set service snmp community {s} authorization 'ro'
set system login user vyos authentication encrypted-password '$6$abc$Zx9hunter2Q7'
set system login user vyos authentication plaintext-password '{s}'
set protocols bgp neighbor 192.0.2.1 password '{s}'
    encrypted-password {h}
    secret {s}
auth user admin {{ encrypted-password {h} }}
set user admin password-hash {h}
set snmp community {s} read-only
add rba user x password {s}
 neighbor 192.0.2.1 password {s}
 ip ospf message-digest-key 1 md5 {s}
{{"password": "{s}", "user": "x"}}
{{"config": {{"auth-password": "{s}"}}}}
hsrp 1 authentication md5 key-string {s}
ntp authentication-key 12345 md5 {s}
ntp authentication-key 7 hmac-sha2-256 7 {s}
snmp-server user admin network-admin auth md5 0x{s} priv 0x{s} localizedkey
snmp-server user admin auth md5 0x{s} priv 0x{s} localizedkey engineID 128:0:0:9
snmp-server user u g v3 localized f5717f444ca8 auth sha {s} priv aes {s}
snmp-server user u g v3 encrypted auth sha {s} priv aes 256 {s}
snmp mib community-map {s} engineid 8000
snmp-server mib community-map {s} context c1
key config-key password-encrypt {s}
 cts sxp default password 6 {s}
 security wpa akm psk set-key ascii 0 {s}
 pre-shared-key local 6 {s}
 ip http client password 0 {s}
 key-string password {s}
 key-string clear {s}
 keystring {s}
 secret 10 $6$abc$Zx9hunter2Q7
 neighbor-group G password encrypted {s}
 radius-server host 192.0.2.1 auth-port 1812 key 7 {s}
   tcp-md5-key={s}
/routing bgp connection add name=x tcp-md5-key={s}
/routing ospf interface-template add auth=md5 auth-id=1 auth-key={s}
/interface wireguard add private-key="{s}"
/interface wireguard peers add preshared-key="{s}"
/interface pppoe-client add user=x password={s}
/interface wifi security set passphrase={s}
/tool e-mail set password={s} user=y
/interface vrrp add authentication=ah password={s}
/ip ipsec identity set auth-method=pre-shared-key secret={s}
        set secondary-secret {s}
        set wifi-passphrase {s}
        set md5-key 1 "{s}"
        set password2 {s}
        set group-authentication-secret {s}
        set authpasswd {s}
        set privpwd {s}
        set authpwd {s}
set deviceconfig system snmp-setting access-setting version v3 users u authpwd {s} privpwd {s}
              <authpwd>{s}</authpwd>
              <privpwd>{s}</privpwd>
              <snmp-community-string>{s}</snmp-community-string>
              <secret>{s}</secret>
              <bind-password>{s}</bind-password>
              <pre-shared-key>{s}</pre-shared-key>
set snmp v3 usm local-engine user u authentication-sha authentication-key "{s}"
set snmp v3 usm local-engine user u privacy-aes128 privacy-key "{s}"
set security ike policy p pre-shared-key ascii-text "{s}"
set system radius-server 192.0.2.1 secret "{s}"
set protocols bgp group g authentication-key "{s}"
set protocols ospf area 0 interface ge-0/0/0 authentication md5 1 key "{s}"
set security authentication-key-chains key-chain kc key 1 secret "{s}"
set system root-authentication plain-text-password-value "{s}"
set access profile p client u chap-secret "{s}"
set access profile p client u pap-password "{s}"
            authentication-key "{s}"
 local-user admin password irreversible-cipher $1a$Zx9hunter2Q7abc$
 password irreversible-cipher $1c$Zx9hunter2Q7abc$
 set authentication password cipher %^%#Zx9-hunter2-Q7 a%^%#
hwtacacs server shared-key cipher %^%#Zx9-hunter2-Q7%^%#
 snmp-agent community read cipher %^%#Zx9-hunter2%^%#
 snmp-agent usm-user v3 u authentication-mode sha2-256 cipher {s}
 snmp-agent usm-user v3 u g authentication-mode sha2-256 {s} privacy-mode aes256 {s}
 snmp-agent usm-user v3 u g cipher authentication-mode sha {s} privacy-mode aes128 {s}
 snmp-agent usm-user v3 u g simple authentication-mode sha {s} privacy-mode aes128 {s}
 ospf authentication-mode md5 1 cipher {s}
 ospf authentication-mode hmac-sha256 1 cipher {s}
 area-authentication-mode md5 cipher {s}
 isis authentication-mode simple plain {s}
 peer 192.0.2.1 password cipher {s}
 peer 192.0.2.1 password simple {s}
 password hash $h$6$Zx9hunter2Q7$abc
 password cipher $c$3$Zx9hunter2Q7==
 key authentication simple {s}
 md5-password cipher 192.0.2.1 {s}
 md5-password plain 192.0.2.1 {s}
 ntp-service authentication-keyid 1 authentication-mode md5 cipher {s}
 ntp-service authentication-keyid 1 authentication-mode hmac-sha256 simple {s}
 vrrp vrid 1 authentication-mode simple plain {s}
 ppp chap password cipher {s}
 ppp pap local-user x password cipher {s}
 l2tp tunnel password cipher {s}
 tunnel password cipher {s}
 set system login user vyos authentication plaintext-password {s}
 set interfaces wireguard wg0 private-key {s}
 set interfaces wireguard wg0 peer p preshared-key {s}
 set service snmp v3 user u auth plaintext-password {s}
 set service snmp v3 user u auth plaintext-key {s}
 set service snmp v3 user u privacy encrypted-password 0x{s}
 set high-availability vrrp group g authentication password {s}
 set protocols ospf interface eth0 authentication md5 key-id 1 md5-key {s}
 set protocols ospf interface eth0 authentication plaintext-password {s}
 set vpn l2tp remote-access authentication local-users username u password {s}
 set vpn ipsec ike-group secret {s}
 set service https api keys id k key {s}
 set system api-token {s}
                authentication-key "{s}" hash
                usm-community "{s}" hash2 group g
                md5-auth-key {s}
                password-hash {s}
                admin-password "{s}" hash2
            privacy aes-128-cfb-key "{s}"
            authentication hmac-md5-96 key "{s}"
"""

PLAIN = """\
ip access-list extended SECRET-NET
 10 permit tcp 10.0.0.0 0.255.255.255 any eq 443
 remark keys and passwords are elsewhere
route-map RM permit 10
 set community 65000:1 additive
ip community-list standard CL permit 65000:1
set policy-options community C members 65000:1
interface Tunnel0
 tunnel key 42
 ip mtu 1400
 ip tcp adjust-mss 1360
key chain OSPF
set firewall family inet filter F term T from source-address 10.0.0.0/8
/ip firewall filter add chain=forward action=drop dst-port=22 protocol=tcp
-A FORWARD -p tcp -m tcp --dport 22 -j DROP
ip load-sharing per-packet
ip cef load-sharing algorithm universal 01020304
        set srcintf "port1"
        set dstaddr "Bitbucket-Cloud"
service password-encryption
net.ipv4.fib_multipath_hash_policy = 1
"""


@pytest.mark.parametrize("line", [n for n in LINES.splitlines() if n], ids=lambda n: n.strip()[:40])
def test_a_secret_goes(line: str) -> None:
    text = line.format(s=SECRET, h=HASH)
    found = Scrubber().feed(text + "\n")
    assert "hunter2" not in found, found
    assert MASK in found
    assert found.count("\n") == 1
    # what comes before it says what the line is
    assert found.split()[0].strip('/<{"')[:3] == text.split()[0].strip('/<{"')[:3]


@pytest.mark.parametrize("line", PLAIN.splitlines())
def test_what_is_no_secret_stays(line: str) -> None:
    assert Scrubber().feed(line + "\n") == line + "\n"


def test_a_private_key_goes_whole_and_lines_keep_their_numbers() -> None:
    text = (
        'config vpn certificate local\n set private-key "-----BEGIN ENCRYPTED PRIVATE KEY-----\n'
        + "MIIhunter2base64\n" * 5
        + '-----END ENCRYPTED PRIVATE KEY-----"\n set x y\n-----BEGIN RSA PRIVATE KEY-----\nhunter2\n'
    )
    scrubber = Scrubber()
    # as it comes, in pieces
    found = "".join(scrubber.feed(part) for part in (text[:90].rpartition("\n")[0] + "\n",
                                                      text[len(text[:90].rpartition("\n")[0]) + 1 :]))  # fmt: skip
    assert "hunter2" not in found
    assert found.count("\n") == text.count("\n")
    assert found.splitlines()[8] == " set x y"


def test_a_million_routes_are_not_slow() -> None:
    block = "".join(
        f"B    10.{n % 250}.{n % 199}.0/24 [20/0] via 192.0.2.{n % 250}, 00:01:02\n"
        for n in range(1000)
    )
    scrubber, started = Scrubber(), time.perf_counter()
    for _ in range(100):
        assert scrubber.feed(block) is block
    assert time.perf_counter() - started < 5
