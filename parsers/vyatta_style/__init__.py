"""What VyOS and EdgeOS share: both are Vyatta configurations on the netfilter of a Linux kernel."""
