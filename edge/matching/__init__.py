"""Which offer, if any, and why not the others. Pure: everything a rule sees is in `Situation`.

Two separate questions (the split is Brave's): permission rules ask whether anything may be shown
now, exclusion rules ask why not this offer. One rule is one function, one file, one test file.
"""
