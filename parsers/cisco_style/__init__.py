"""Grammar that IOS, IOS-XE, NX-OS, IOS-XR and EOS share: filter entries, object groups, names."""
