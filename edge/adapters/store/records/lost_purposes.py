"""Which purposes a withdrawal ends everywhere: what was kept for them has no reason to stay."""

from collections.abc import Sequence

from edge.domain.consent import Grant, Grants, Purpose


def lost_purposes(before: Sequence[Grant], after: Sequence[Grant]) -> set[Purpose]:
    """The purposes that acted somewhere, or had a grant, and now do not.

    A purpose acts only while those it builds on are granted too: with the last KEEP, INFER is
    lost as well, whether it was withdrawn or not.
    """
    return (_acting(before) - _acting(after)) | (_granted(before) - _granted(after))


def _granted(grants: Sequence[Grant]) -> set[Purpose]:
    return {grant.purpose for grant in grants if grant.ended_at is None}


def _acting(grants: Sequence[Grant]) -> set[Purpose]:
    open_ones = [grant for grant in grants if grant.ended_at is None]
    if not open_ones:
        return set()
    standing = Grants(open_ones, now=max(grant.given_at for grant in open_ones))
    return {purpose for purpose in Purpose if standing.allow_anywhere(purpose)}
