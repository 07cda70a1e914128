"""The parts of a whole that is told already: a small one must not be what is left of it.

Kinds of shared times make the shared times, whose number is told by municipality and month. Proved in
docs/adr/0035-what-may-be-told.md.
"""

from collections.abc import Sequence

from django.conf import settings

from .published import Shown


def parts_of_known(total: Shown, numbers: Sequence[int]) -> tuple[Shown, ...] | None:
    """What may be told of each part, in their order; None when nothing may.

    When some are small, what they make together with others, in order, is told as one: as many as it takes
    for their sum to be at least the limit for each. Then each of the small ones can be any small number.
    When all of them together don't make it, or the whole itself is only known roughly, nothing is told.
    """
    limit = settings.SMALL_NUMBER_LIMIT
    together = [place for place, number in enumerate(numbers) if 1 <= number < limit]
    if total.is_exact and not together:
        return tuple(Shown(number, number) for number in numbers)
    large = [place for place, number in enumerate(numbers) if number >= limit]
    while large and sum(numbers[place] for place in together) < limit * len(together):
        together.append(large.pop(0))
    their_sum = sum(numbers[place] for place in together)
    if not total.is_exact or their_sum < limit * len(together):
        return None
    # Each of them is at least one, and the others leave it no more than this.
    one_of_them = Shown(1, their_sum - (len(together) - 1))
    return tuple(
        one_of_them if place in together else Shown(number, number) for place, number in enumerate(numbers)
    )
