"""Words that do not belong into an offer, and why; both languages, in lower case."""

import re

URGENCY = (
    "nur heute", "nur noch", "nur jetzt", "letzte chance", "letzte stücke", "jetzt zugreifen",
    "greifen sie zu", "zugreifen", "schnell sein", "beeil", "sofort", "verpassen", "countdown",
    "last chance", "only today", "today only", "only now", "hurry", "act now", "act fast",
    "don't miss", "while you can", "selling fast", "almost gone", "countdown", "right now",
)  # fmt: skip
"""Pressure: the household decides when it decides."""

ADDRESS = (
    "sie", "ihr", "ihre", "ihren", "ihrem", "ihnen", "du", "dein", "deine", "deinen", "dir",
    "dich", "hallo", "liebe kundin", "lieber kunde", "you", "your", "yours", "dear customer",
    "hello", "hi",
)  # fmt: skip
"""Speaking to somebody: nobody knows who stands before the fridge."""

APPLIANCE = (
    "ich", "mein", "meine", "mir", "wir", "unser", "unsere", "i", "my", "me", "we", "our", "us",
    "kühlschrank sagt", "fridge says",
)  # fmt: skip
"""Sounding like the appliance: an offer comes from a sponsor, never from the fridge."""

RETARGETING = (
    "angesehen", "warenkorb vergessen", "wieder da", "noch interesse", "zuletzt gekauft",
    "viewed", "left in the basket", "still interested", "bought last", "welcome back",
)  # fmt: skip
"""Following people around: an offer knows no past."""

CALLS = (
    "kaufen", "bestellen", "klicken", "tippen", "sichern", "holen", "zur kasse", "jetzt",
    "buy", "order", "click", "tap", "grab", "checkout", "shop now", "get it",
)  # fmt: skip
"""A second call to action: the one there is has a field of its own."""

SENSITIVE = (
    "schwanger", "baby", "diabet", "krank", "allerg", "diät", "abnehmen", "kirche", "gebet",
    "partei", "wahl", "medikament", "pregnan", "disease", "diet", "church", "prayer", "election",
    "party member", "medication", "weight loss",
)  # fmt: skip
"""What an offer must never be about (DSA Art. 26(3)): health, religion, politics, minors."""


def spoken(words: tuple[str, ...], *, whole: bool = True) -> re.Pattern[str]:
    """What finds any of these words in a text: as a whole word, or as the beginning of one."""
    anyone = "|".join(map(re.escape, words))
    return re.compile(rf"\b(?:{anyone})" + (r"\b" if whole else ""), re.IGNORECASE)
