"""A configuration whose texts try to be something else in every format."""

from __future__ import annotations

SCRIPT = "<script>alert(1)</script><img/src=x/onerror=alert(2)>"
FORMULA = '=HYPERLINK("http://evil.example","x")'
NASTY = f"""hostname {SCRIPT[:25]}
!
version 15.7
service timestamps log datetime msec
banner motd ^C
{SCRIPT} ]]> --> `````` \x1b[31mred\x1b]0;title\x07 \u202eright to left
^C
interface GigabitEthernet0/0
 description {FORMULA} {SCRIPT} ]]>
 ip address 10.20.1.1 255.255.255.0
 ip access-group {FORMULA.replace(" ", "")} in
 ip mtu-of-\u202e-{SCRIPT}-\u0085-``` ]]>
interface GigabitEthernet0/1
 ip address 203.0.113.1 255.255.255.252
 no ip unreachables
ip route 0.0.0.0 0.0.0.0 203.0.113.2
ip access-list extended {FORMULA.replace(" ", "")}
 remark {SCRIPT} ]]> {FORMULA} [link](javascript:alert(3)) @everyone
 deny tcp any any eq 22 {SCRIPT} ``` ]]>
 deny tcp any 104.192.136.0 0.0.7.255 eq 22
 permit ip any any
end
"""
