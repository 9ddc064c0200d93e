"""What is left of an item and until when, in a sentence each."""

from datetime import datetime

from edge.domain.category import DataCategory
from edge.domain.item import Item
from edge.domain.stock import RunOut, StockEstimate
from edge.wording.amounts import amount
from edge.wording.days import between_days, when_gone
from edge.wording.voice import Voice


def item_title(item: Item, voice: Voice) -> str:
    """What people call it, as a heading begins."""
    title = item.title(voice.language)
    return title[:1].upper() + title[1:]


def what_is_left(estimate: StockEstimate, item: Item, voice: Voice) -> str:
    """The amount left, against a full package where one is known."""
    left = amount(estimate.left, item, voice)
    if item.package is None or estimate.left > item.package:
        return voice.say("about {left}", left=left)
    return voice.say("about {left} of {full}", left=left, full=amount(item.package, item, voice))


def how_fast(estimate: StockEstimate, item: Item, voice: Voice) -> str:
    """The use a day."""
    return daily_use(estimate.rate, item, voice)


def likely_gone(run_out: RunOut | None, item: Item, now: datetime, voice: Voice) -> str:
    """The likely day in half a sentence; a book is finished, butter is gone."""
    if run_out is None:
        return voice.say("lasts for more than a year")
    when = when_gone(run_out, now, voice)
    if item.data is DataCategory.BOOKS:
        return voice.say("likely finished {when}", when=when)
    return voice.say("likely gone {when}", when=when)


def how_sure(run_out: RunOut, now: datetime, voice: Voice) -> str:
    """The days between which it happens eight times out of ten."""
    return voice.say("In eight cases out of ten: {days}.", days=between_days(run_out, now, voice))


def daily_use(rate: float, item: Item, voice: Voice) -> str:
    """The use a day, as a sentence; a book is read."""
    daily = amount(rate, item, voice)
    if item.data is DataCategory.BOOKS:
        return voice.say("You read about {daily} a day.", daily=daily)
    return voice.say("You use about {daily} a day.", daily=daily)
