"""What the home knows, a file per kind of record; home_records has what spans several."""
