"""Tables of CONFIG_DB and fields of rows that no verdict can depend on, with the reason.

A table belongs here only if it can neither deny, move, size nor split packets in transit. Tables that are not listed
are not understood. Sources: SONiC "Configuration Database Manual"; sonic-buildimage
`src/sonic-yang-models/yang-models`."""

from __future__ import annotations


def because(reason: str, *words: str) -> dict[str, str]:
    """Table entries for `words` with the reason that they share."""
    return dict.fromkeys(words, reason)


TOP = because(
    "management, users, time, logs and services of the switch itself",
    "AAA", "ASIC_SENSORS", "AUTO_TECHSUPPORT", "AUTO_TECHSUPPORT_FEATURE", "BANNER_MESSAGE", "BMP",
    "CHASSIS_MODULE", "CONSOLE_PORT",
    "CONSOLE_SWITCH", "CREDENTIALS", "DEVICE_NEIGHBOR", "DEVICE_NEIGHBOR_METADATA", "DHCP_RELAY", "DHCPV4_RELAY",
    "DHCP_SERVER",
    "DHCP_SERVER_IPV4", "DHCP_SERVER_IPV4_CUSTOMIZED_OPTIONS", "DHCP_SERVER_IPV4_IP", "DHCP_SERVER_IPV4_PORT",
    "DHCP_SERVER_IPV4_RANGE", "DNS_NAMESERVER", "DNS_OPTIONS", "DOMAIN_NAME", "EVENT_SUMMARY", "FEATURE", "FIPS",
    "FLEX_COUNTER_TABLE", "GNMI", "GNMI_CLIENT_CERT",
    "GRPCCLIENT", "HEARTBEAT", "KDUMP", "KUBERNETES_MASTER", "LDAP", "LDAP_SERVER", "LDAP_TYPE", "LLDP",
    "LLDP_PORT", "LOGGER", "MEMORY_STATISTICS", "MGMT_PORT",
    "NTP", "NTP_KEY", "NTP_SERVER", "OPTICAL", "PASSW_HARDENING", "PASSWORD_HARDENING", "POLICIES", "RADIUS",
    "RADIUS_SERVER",
    "RESTAPI", "ROLE", "SECURITY_PROFILES", "SERIAL_CONSOLE", "SFLOW", "SFLOW_COLLECTOR", "SFLOW_SESSION", "SNMP",
    "SNMP_AGENT_ADDRESS_CONFIG", "SNMP_COMMUNITY",
    "SNMP_SERVER", "SNMP_SERVER_GROUP_MEMBER", "SNMP_TRAP_CONFIG", "SNMP_USER", "SSH_SERVER", "SSH_SERVER_VRF",
    "SUPPRESS_ASIC_SDK_HEALTH_EVENT", "SYSLOG_CONFIG",
    "SYSLOG_CONFIG_FEATURE", "SYSLOG_SERVER", "SYSTEM_DEFAULTS", "TACPLUS", "TACPLUS_SERVER", "TAM",
    "TAM_COLLECTORS_TABLE",
    "TELEMETRY", "TELEMETRY_CLIENT", "TRANSCEIVER_DIAG", "VERSIONS", "WATERMARK_TABLE", "XCVRD_LOG", "ZTP",
    "USER", "UMF", "AUDIT", "REST_SERVER", "TELEMETRY_SERVER",
    "HW_LAYOUT", "LED", "IP_HELPER", "DEVICE_GLOBAL", "SESSION", "ERRDISABLE", "ERRDISABLE_PORT",
    "HIGH_FREQUENCY_TELEMETRY_PROFILE", "IPV4_DHCP_RELAY", "WARM_RESTART",
    "MGMT_VRF_SETTINGS", "STATIC_DNS", "DPU", "REMOTE_DPU", "VDPU", "DPUS", "MID_PLANE_BRIDGE", "MUX_LINKMGR",
    "MUX_CABLE", "PEER_SWITCH", "CRM", "CRM_DASH",
    "DEBUG_COUNTER", "DEBUG_COUNTER_DROP_REASON", "DEBUG_DROP_MONITOR", "COPP_GROUP", "COPP_TRAP", "COPP_TABLE",
    "FABRIC_MONITOR",
    "FABRIC_PORT", "GEARBOX_SENSORS", "TIMEZONE", "CLOCK",
) | because(
    "queues, buffers, marks and pauses: rates, and not which packets",
    "BUFFER_PG", "BUFFER_POOL", "BUFFER_PORT_EGRESS_PROFILE_LIST", "BUFFER_PORT_INGRESS_PROFILE_LIST",
    "BUFFER_PROFILE",
    "BUFFER_QUEUE", "CABLE_LENGTH", "DEFAULT_LOSSLESS_BUFFER_PARAMETER", "DOT1P_TO_TC_MAP", "DSCP_TO_FC_MAP",
    "DSCP_TO_TC_MAP", "EXP_TO_FC_MAP", "LOSSLESS_TRAFFIC_PATTERN", "MAP_PFC_PRIORITY_TO_PRIORITY_GROUP",
    "MAP_PFC_PRIORITY_TO_QUEUE", "MPLS_TC_TO_TC_MAP", "PFC_PRIORITY_TO_PRIORITY_GROUP_MAP",
    "PFC_PRIORITY_TO_QUEUE_MAP", "PFC_WD", "POLICER", "PORT_QOS_MAP",
    "PORT_STORM_CONTROL", "QUEUE", "SCHEDULER", "SWITCH_TRIMMING", "TC_TO_DOT1P_MAP", "TC_TO_DSCP_MAP",
    "TC_TO_PRIORITY_GROUP_MAP", "TC_TO_QUEUE_MAP", "WRED_PROFILE", "STORM_CONTROL",
) | because(
    "frames and tunnels between switches, and what keeps links up: no routed packet is denied by it",
    "BREAKOUT_CFG", "BREAKOUT_PORTS", "FDB", "IGMP_SNOOPING", "LACP_FALLBACK", "MACSEC_PROFILE", "MAC_MOVE_GUARD",
    "MCLAG_DOMAIN", "MCLAG_INTERFACE", "MCLAG_UNIQUE_IP", "CFG_MCLAG_TABLE",
    "MLD_SNOOPING", "MIRROR_SESSION", "MUX", "NEIGH", "PORTCHANNEL_GLOBAL", "STP", "STP_PORT", "STP_VLAN",
    "STP_VLAN_PORT", "SUBNET_DECAP", "SUPPRESS_VLAN_NEIGH", "SYSTEM_PORT", "TUNNEL", "UDLD", "UDLD_PORT",
    "VLAN_TRANSLATION", "VOQ_INBAND_INTERFACE", "VXLAN_EVPN_NVO", "VXLAN_TUNNEL", "VXLAN_TUNNEL_MAP", "EVPN_NVO",
    "LLR_PORT", "LLR_PROFILE", "MONITOR_LINK_GROUP", "PTP", "PTP_CLOCK", "PTP_PORT", "FAST_LINKUP",
    "SAG", "SAG_GLOBAL", "VRRP", "VRRP6", "TRACK_INTERFACE", "INTERFACE_TRACKING", "SYNCE",
) | because(
    "which routes are announced and accepted, and how sessions are kept: routes are read from tables",
    "AS_PATH_SET", "BFD", "BFD_PROFILE", "BGP_AGGREGATE_ADDRESS", "BGP_ALLOWED_PREFIXES", "BGP_BBR",
    "BGP_DEVICE_GLOBAL", "BGP_GLOBALS_AF", "BGP_GLOBALS_AF_AGGREGATE_ADDR", "BGP_GLOBALS_AF_NETWORK",
    "BGP_GLOBALS_LISTEN_PREFIX", "BGP_GLOBALS_EVPN_RT", "BGP_GLOBALS_EVPN_VNI", "BGP_MONITORS", "BGP_NEIGHBOR_AF",
    "BGP_PEER_GROUP", "BGP_PEER_GROUP_AF", "BGP_SENTINELS", "COMMUNITY_SET", "EXTENDED_COMMUNITY_SET",
    "FIB_ROUTE_FILTER",
    "ISIS_INTERFACE", "ISIS_LEVEL", "OSPFV2_INTERFACE", "OSPFV2_ROUTER_AREA", "OSPFV2_ROUTER_AREA_NETWORK",
    "OSPFV2_ROUTER_DISTRIBUTE_ROUTE", "OSPFV2_ROUTER_PASSIVE_INTERFACE", "PREFIX", "PREFIX_LIST", "PREFIX_SET",
    "ROUTE_MAP",
    "ROUTE_MAP_SET", "ROUTE_REDISTRIBUTE", "TAG_SET", "NEIGHBOR_SET", "PIM_GLOBALS", "PIM_INTERFACE",
    "IGMP_INTERFACE", "SRV6_MY_LOCATORS", "SRV6_MY_SIDS", "FG_NHG", "FG_NHG_MEMBER", "FG_NHG_PREFIX",
    "NEXTHOP_GROUP_DEFAULTS",
)  # fmt: skip
"""Tables. Fine-grained groups (FG_NHG) and weights keep flows together."""

PORT = because(
    "the link itself: speed, optics, protection, counters, queues and names",
    "alias", "lanes", "speed", "fec", "index", "autoneg", "adv_speeds", "adv_interface_types", "interface_type",
    "tpid",
    "asic_port_name", "role", "pfc_asym", "link_training", "mux_cable", "dhcp_rate_limit", "core_id",
    "core_port_id", "num_voq",
    "macsec", "subport", "laser_freq", "tx_power", "coreId", "corePortId", "numVoq", "valid_speeds",
    "parent_port", "override_unreliable_los", "poe", "unreliable_los",
    "min_links", "lacp_key", "fallback", "fast_rate", "graceful_shutdown_mode", "mode", "static", "vlanid",
    "dhcp_servers",
    "dhcpv6_servers", "dhcpv6_relay", "dhcp_server", "mac", "autostate", "host_ifname", "vlan_mode", "proxy_arp",
    "retry_count", "system_mac",
    "pt_interface_id", "pt_timestamp_template", "supported_speeds", "dom_polling", "link_event_damping_algorithm",
    "max_suppress_time", "decay_half_life", "suppress_threshold",
    "reuse_threshold", "flap_penalty", "access_vlan", "tagged_vlans", "hostif_name", "media_type", "fec_mode",
    "standalone_link_training",
)  # fmt: skip

INTERFACE = because(
    "neighbours, names and addresses by themselves",
    "ipv6_use_link_local_only", "proxy_arp", "grat_arp", "mac_addr", "scope", "family", "nat_zone", "vnet_name_none",
    "gwaddr", "forced_mgmt_routes", "loopback_action", "secondary", "mpls", "grat_arp_garp", "nat_zone_id",
    "unnumbered", "NULL", "ipv6_ra", "static_anycast_gateway",
)  # fmt: skip
