"""Laws that hold for every packet set and every filter, checked on random ones."""
