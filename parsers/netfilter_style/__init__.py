"""Rules in the words of iptables, which several systems write: conditions, names and options."""
