"""How alike texts are, in English, Chinese or both: the cosine of their weighted pieces.

A text is cut into short pieces, so that no word list of any language is needed: Latin words into runs of three and
four letters with their edges, Chinese into characters and pairs of them. A piece counts the more the fewer texts
have it (inverse document frequency, smoothed; Manning, Raghavan and Schütze, Introduction to Information Retrieval,
2008, chapter 6). A pair of texts has that weight once and not twice, as its root in the vector of each: else among few
texts what only one of them has would outweigh what all share. Capitals, widths and the values of numbers make no
difference.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from typing import Final

Vector = Mapping[str, float]

LENGTHS: Final = (3, 4)
"""Letters of a piece of a Latin word."""
CHINESE_LENGTHS: Final = (1, 2)

_RUN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[^\W_\u3400-\u4dbf\u4e00-\u9fff]+")
_NUMBER: Final = re.compile(r"[0-9]+")
_LONGEST_TERM: Final = 8


def runs(text: str) -> list[str]:
    """The words of a text, and its unbroken stretches of Chinese, in one way of writing; every number is 0."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [_NUMBER.sub("0", run) for run in _RUN.findall(plain)]


def pieces(text: str) -> Counter[str]:
    """The pieces of a text, and how often it has each."""
    found: Counter[str] = Counter()
    for run in runs(text):
        whole, lengths = (run, CHINESE_LENGTHS) if _chinese(run) else (f" {run} ", LENGTHS)
        found.update(part for length in lengths for part in _parts(whole, length))
    return found


def rarity(texts: Iterable[Iterable[str]]) -> dict[str, float]:
    """For each piece of these texts ln((1 + texts) / (1 + those that have it)) + 1: the fewer have it, the more."""
    among: Counter[str] = Counter()
    count = 0
    for text in texts:
        count += 1
        among.update(set(text))
    return {piece: log((1 + count) / (1 + having)) + 1 for piece, having in among.items()}


def vector(found: Mapping[str, int], weights: Mapping[str, float]) -> dict[str, float]:
    """The pieces of a text, each by the root of its weight, of length 1; nothing of a text without pieces."""
    weighted = {piece: times * sqrt(weights[piece]) for piece, times in sorted(found.items())}
    length = sqrt(sum(weight * weight for weight in weighted.values()))
    return {piece: weight / length for piece, weight in weighted.items()}


def cosines(vectors: Sequence[Vector]) -> dict[tuple[int, int], float]:
    """How alike each two texts are, by their numbers, the smaller first: above 0, and 1 for the same pieces.

    Pairs that share nothing are left out.
    """
    having: dict[str, list[tuple[int, float]]] = defaultdict(list)
    found: dict[tuple[int, int], float] = defaultdict(float)
    for number, weighted in enumerate(vectors):
        for piece, weight in weighted.items():
            for other, weight_there in having[piece]:
                found[other, number] += weight * weight_there
            having[piece].append((number, weight))
    return found


def shared_terms(texts: Sequence[str], weights: Mapping[str, float], most: int = 5) -> list[str]:
    """Words, and stretches of Chinese, that at least two thirds of some texts have: the rarest ones first.

    `weights` are the weights of pieces among all texts; a stretch that only occurs within a longer one is left out.
    """
    among: Counter[str] = Counter()
    for text in texts:
        among.update({term for run in runs(text) for term in _terms(run)})
    common = {term: having for term, having in among.items() if 3 * having >= 2 * len(texts)}
    whole = [
        term
        for term, having in common.items()
        if not any(term != other and term in other and having == common[other] for other in common if _chinese(other))
    ]
    return sorted(whole, key=lambda term: (-_weight(term, weights), term))[:most]


def _terms(run: str) -> list[str]:
    if _chinese(run):
        return [part for length in range(2, _LONGEST_TERM + 1) for part in _parts(run, length)]
    return [run] if len(run) > 2 else []


def _weight(term: str, weights: Mapping[str, float]) -> float:
    """The mean weight of a term's pieces: how rare it is."""
    parts = pieces(term)
    return sum(weights[part] for part in parts) / len(parts)


def _chinese(run: str) -> bool:
    return "\u3400" <= run[0] <= "\u9fff"


def _parts(run: str, length: int) -> list[str]:
    """Its stretches of so many characters; the whole where it is shorter."""
    return [run[start : start + length] for start in range(max(1, len(run) - length + 1))]
