"""Everything that touches network, disk or clock; nothing below imports it."""
