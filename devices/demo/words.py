"""The demo's own sentences, in both languages; what the runtime tells comes in its own words."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "starting": "Starting {what} …",
        "cloud": "the offer side: catalogue server and relay",
        "edge": "the runtime of this home",
        "courier": "the courier, which alone may reach the outside",
        "fridge": "the fridge (MQTT)",
        "ereader": "the e-reader (CoAP)",
        "ready": "Ready after {seconds:.1f} s. A day takes {day:.0f} s. Ctrl-C ends everything.",
        "page": "The household's page: {page}",
        "so_far": "So far {readings} readings, all kept at home. Sent out: {messages} messages, "
        "{bytes} bytes, {household_facts} facts about the household.",
        "ended": "Ended. {readings} readings, {needs} needs, {placements} offers shown, "
        "{reactions} answered, {silences} times silent.",
        "left": "What left the home: {messages} messages, {bytes} bytes, "
        "{household_facts} facts about the household.",
        "nothing": "No reading arrived: this is not how it should be.",
    },
    "de": {
        "starting": "Es startet {what} …",
        "cloud": "die Angebotsseite: Katalogserver und Relay",
        "edge": "die Laufzeit dieses Haushalts",
        "courier": "der Bote, der als Einziger nach draußen darf",
        "fridge": "der Kühlschrank (MQTT)",
        "ereader": "der E-Book-Reader (CoAP)",
        "ready": "Bereit nach {seconds:.1f} s. Ein Tag dauert {day:.0f} s. Strg-C beendet alles.",
        "page": "Die Seite des Haushalts: {page}",
        "so_far": "Bisher {readings} Messwerte, alle zu Hause geblieben. Nach draußen: "
        "{messages} Nachrichten, {bytes} Bytes, {household_facts} Angaben über den Haushalt.",
        "ended": "Beendet. {readings} Messwerte, {needs} Bedarfe, {placements} Angebote gezeigt, "
        "{reactions} beantwortet, {silences}-mal geschwiegen.",
        "left": "Das Haus verlassen haben: {messages} Nachrichten, {bytes} Bytes, "
        "{household_facts} Angaben über den Haushalt.",
        "nothing": "Kein Messwert kam an: So soll es nicht sein.",
    },
}
"""By language, then by what is to be said."""

WEEKDAYS: dict[str, tuple[str, ...]] = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
}
"""Monday first."""
