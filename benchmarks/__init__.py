"""How fast the house answers, against the least that could be called the same: `make bench`."""
