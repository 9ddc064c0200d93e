"""What runs out when: from this home's readings and purchases alone, plus a few public constants.

Pure: no clock, no dice, no I/O, nothing but the standard library. From the street inwards:

    outlook         readings -> what is left, and the need if there is one (what the flow calls)
    belief          all that is remembered of one item between two readings, a person's word too
    evidence        belief -> the few facts a need rests on
    gauge           a noisy level -> the amount that is really there; refills, lifts, spills
    amount          a level, a counter, a barcode -> a level
    sensor          is this sensor stuck, jumping, flooding, replaying?
    pace            use per day -> the rate
    stay            guests, holidays: is the rate another one at present?
    run_out         what is left and its rate -> the distribution of the day it is gone
    beta_function   the one special function that takes
    horizon, prior  public constants, each with its reason or source

    renewal         purchases -> the chance that each need is bought again soon
    rhythm, trips   the terms it weighs: of the need, of the household
    season          how the whole public buys through the year, where known
    next_basket     the same idea in baskets; basket_terms, basket_constants
    fuse            the shelf's and the receipts' opinions -> one
    odds            fading memory, log odds, the log-normal hazard
"""
