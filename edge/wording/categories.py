"""The public categories and the kinds of data, by the names people use."""

from edge.domain.category import CategoryName, DataCategory
from edge.wording.voice import Voice, sentence

CATEGORY_NAMES = {
    "butter": sentence("Butter"),
    "milk": sentence("Milk"),
    "cheese": sentence("Cheese"),
    "eggs": sentence("Eggs"),
    "cream": sentence("Cream"),
    "bread": sentence("Bread"),
    "yogurt": sentence("Yogurt"),
    "juice": sentence("Juice"),
    "coffee": sentence("Coffee"),
    "tea": sentence("Tea"),
    "pasta": sentence("Pasta"),
    "rice": sentence("Rice"),
    "flour": sentence("Flour"),
    "sugar": sentence("Sugar"),
    "biscuits": sentence("Biscuits"),
    "water": sentence("Water"),
    "laundry-detergent": sentence("Laundry detergent"),
    "dish-detergent": sentence("Dish detergent"),
    "dishwasher-salt": sentence("Dishwasher salt"),
    "toilet-paper": sentence("Toilet paper"),
    "kitchen-roll": sentence("Kitchen roll"),
    "bin-bags": sentence("Bin bags"),
    "toothpaste": sentence("Toothpaste"),
    "soap": sentence("Soap"),
    "water-filter": sentence("Water filters"),
    "descaler": sentence("Descaler"),
    "coffee-cleaning-tablets": sentence("Cleaning tablets for coffee machines"),
    "printer-ink": sentence("Printer ink"),
    "vacuum-bags": sentence("Vacuum cleaner bags"),
    "crime-novels": sentence("Crime novels"),
    "novels": sentence("Novels"),
    "fantasy": sentence("Fantasy"),
    "science-fiction": sentence("Science fiction"),
    "history-books": sentence("History"),
    "biographies": sentence("Biographies"),
    "travel-books": sentence("Travel books"),
    "cook-books": sentence("Cook books"),
}

DATA_NAMES = {
    DataCategory.GROCERIES: sentence("Groceries"),
    DataCategory.HOUSEHOLD: sentence("Household goods"),
    DataCategory.APPLIANCE_CARE: sentence("Appliance care"),
    DataCategory.BOOKS: sentence("Books"),
}


def category_name(category: CategoryName, voice: Voice) -> str:
    """What people call the category."""
    return voice.say(CATEGORY_NAMES[category])


def data_name(data: DataCategory, voice: Voice) -> str:
    """What people call that kind of data."""
    return voice.say(DATA_NAMES[data])
