"""Titles of incidents of which it is known which belong together: faults that came again, in other words each time.

Of each fault that recurs the thing and what is wrong with it stay, the place and the order of words change. The others
are faults that came once; they share things, places or symptoms with the recurring ones, but never thing and symptom.
"""

from random import Random

from bench.phrases import FAULTS, THINGS, WHERE, ZH_FAULTS, ZH_THINGS, ZH_WHERE

ENGLISH = (
    "{thing} {fault} {place}",
    "{place}: {thing} {fault}",
    "{thing} {fault}",
    "Again the {thing} {fault}, {place}",
)
CHINESE = ("{place}{thing}{fault}", "{thing}{fault}（{place}）", "{thing}{fault}", "{thing}又{fault}，{place}")


def corpus(
    seed: int, recurring: int = 4, times: tuple[int, int] = (3, 7), once: int = 12
) -> list[tuple[str, int | None]]:
    """Titles in a random order, each with the number of its fault, or None for one that came once."""
    random = Random(seed)
    titles: list[tuple[str, int | None]] = []
    for chinese in (False, True):
        things, faults, places = (ZH_THINGS, ZH_FAULTS, ZH_WHERE) if chinese else (THINGS, FAULTS, WHERE)
        forms = CHINESE if chinese else ENGLISH
        pairs = [(thing, fault) for thing in things for fault in faults]
        random.shuffle(pairs)
        chosen: list[tuple[str, str]] = []
        for thing, fault in pairs:  # a thing that recurs has one fault that does
            if len(chosen) < recurring and thing not in {one for one, _ in chosen}:
                chosen.append((thing, fault))
        left = [pair for pair in pairs if pair not in chosen]
        singles = []
        for thing, fault in left:
            if len(singles) < once and sum(thing == one for one, _ in singles) < 2:
                singles.append((thing, fault))
        for number, (thing, fault) in enumerate(chosen):
            count = random.randint(*times)
            titles += [(_title(random, forms, thing, fault, places), number + 100 * chinese) for _ in range(count)]
        titles += [(_title(random, forms, thing, fault, places), None) for thing, fault in singles]
    random.shuffle(titles)
    return titles


def _title(random: Random, forms: tuple[str, ...], thing: str, fault: str, places: tuple[str, ...]) -> str:
    text = random.choice(forms).format(thing=thing, fault=fault, place=random.choice(places))
    return text[0].upper() + text[1:]
