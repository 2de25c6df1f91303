from parsers.juniper_junos.draft import Draft, read
def read_applications(draft, node): draft.ignore_all(node)
def read_security(draft, node): draft.ignore_all(node)
def zone_policies(draft, interfaces): return {}
