"""Bytes to values and back, no I/O: everything an appliance and the runtime say (docs/wire/)."""
