"""Everything that touches network, disk or clock; one room per outside thing."""
