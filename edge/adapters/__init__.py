"""Everything that touches network, disk or clock; each file keeps one promise of `ports`."""
