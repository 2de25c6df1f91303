def remedy(wanted): return ()
