"""The commands of `python -m edge`: one file each, all with `--json` and the same exit codes."""
