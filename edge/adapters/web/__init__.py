"""The household's page and the local JSON interface: one Starlette application on loopback.

A page is one file in `pages/` and one template; `api.py` says the same to programs. Neither decides
anything: both call `edge.household` and say the result in the words of `edge.wording`.
"""
