"""How fast an act is, against the floor of the bare driver in the same run: `make bench`."""
