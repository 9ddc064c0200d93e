"""Values into sentences, in the household's language. Pure: no I/O, no clock, no framework.

A sentence is written once, in English, where it is said; `edge/locales/` holds what it is called
in each language (docs/texts.md says how to add one). Nothing here decides anything: a rule has a
name, and the name has a sentence.
"""
