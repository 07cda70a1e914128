"""Finnish forms of a name: whether a word of a text is the name in some case.

Aino: Ainon, Ainolle, Ainoa. Matti: Matin, Mattia. Markus: Markuksen, Markusta. Mikael: Mikaelin. The forms
are told by their endings, not listed, so that no name has to be known beforehand.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

# Letters of their own in Finnish and Swedish: marks on any others say nothing.
OWN_LETTERS = set("äöå")
VOWELS = "aeiouyäöå"

_CLITIC = r"(?:kin|k[aä]{2}n|k[oö](?:h[aä]n|s)?|h[aä]n|p[aä]s?|s)?"
_OWNER = r"(?:ni|si|ns[aä]|mme|nne|[aä]n|en)?"
# Cases that weaken a consonant, those that keep it, and how the owner's endings follow.
_WEAK = rf"(?:n|t|(?:ll[aä]|lt[aä]|lle|ss[aä]|st[aä]|ks[ie]|tt[aä]){_OWNER}){_CLITIC}"
_STRONG = rf"(?:(?:[aä]|n[aä]){_OWNER}|ni|si|ns[aä]|mme|nne|ja|jä|jen|ien|)"
_SWEDISH = r"(?:s|[’']s)?"

# Grades of consonants before the last vowel. A single k goes away in words (joki: joen), not in first names.
_GRADES = [
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("nt", "nn"),
    ("lt", "ll"),
    ("rt", "rr"),
    ("mp", "mm"),
    ("nk", "ng"),
    ("ht", "hd"),
    ("p", "v"),
    ("t", "d"),
]

# Names that are words and end in -i: Lumi, Lumen. Surnames of nature too: Järvinen is told by its -nen.
_E_STEMS = re.compile(
    r"(?:^(?:meri|tuuli|suvi|pilvi|lumi|tähti|helmi|onni|lempi|ahti|talvi|sormi|veli)"
    r"|(?:niemi|järvi|lahti|koski|lampi|saari|salmi|suomi|lehti|tammi|nummi|kivi))$"
)
# What no rule of grades tells.
_ODD_STEMS = {
    "säde": ["sätee"],
    "tuike": ["tuikkee"],
    "lumme": ["lumpee"],
    "jyrki": ["jyrje"],
    "kirsi": ["kirre"],
    "hirvi": ["hirve"],
}
_HEAD_OF_SURNAME = [("mäki", "mäe"), ("joki", "joe"), ("väki", "väe")]


def folded(text: str, *, own_letters: bool = False) -> str:
    """Small letters without marks: é is e. ä, ö and å stay, unless `own_letters` are folded too."""
    text = unicodedata.normalize("NFC", text).casefold()
    letters = []
    for letter in text:
        if letter in OWN_LETTERS and not own_letters:
            letters.append(letter)
        else:
            letters += [
                part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)
            ]
    return "".join(letters)


@dataclass(frozen=True)
class Forms:
    """A name in all its forms, as patterns: with its dots, and with the dots folded away."""

    exact: re.Pattern[str]
    bare: re.Pattern[str]

    @classmethod
    @lru_cache(maxsize=20_000)
    def of(cls, name: str) -> Self:
        small = folded(name)
        return cls(_pattern(small), _pattern(folded(small, own_letters=True)))

    def matches(self, word: str) -> bool:
        """Whether the word is the name: its dots in their places, or all left out (Paiville)."""
        small = folded(word)
        bare = folded(small, own_letters=True)
        return bool(self.exact.fullmatch(small) or (small == bare and self.bare.fullmatch(bare)))

    def resembles(self, word: str) -> bool:
        """Whether the word would be the name if no letter had dots: Ida and idän."""
        return bool(self.bare.fullmatch(folded(word, own_letters=True)))


def _pattern(name: str) -> re.Pattern[str]:
    ways = [re.escape(name) + _SWEDISH + _CLITIC]
    for stem in _vowel_stems(name):
        ways.append(re.escape(stem) + _long_vowel(stem) + _OWNER + _CLITIC)
        ways += [re.escape(grade) + _WEAK for grade in _both_grades(stem)]
        ways.append(re.escape(stem) + _STRONG + _CLITIC)
    if name[-1] not in VOWELS:
        ways.append(re.escape(_before_partitive(name)) + rf"t[aä]{_OWNER}{_CLITIC}")
    elif name[-2:-1] and name[-2] in VOWELS:
        ways.append(re.escape(name) + rf"(?:t[aä]|h{re.escape(name[-1])}n){_OWNER}{_CLITIC}")
    return re.compile("|".join(f"(?:{way})" for way in ways))


def _long_vowel(stem: str) -> str:
    """Into somebody: Ainoon; after a long vowel Tuomaaseen."""
    last = re.escape(stem[-1])
    return rf"(?:{last}n|seen)" if stem[-2:-1] == stem[-1] else rf"{last}n"


def _vowel_stems(name: str) -> list[str]:
    """The stems to which the endings are joined; each ends in a vowel."""
    if name in _ODD_STEMS:
        return [name, *_ODD_STEMS[name]]
    if name.endswith("nen"):
        return [name[:-3] + "se", name + "i"]
    if name.endswith(("tar", "tär")):
        return [name + "e", name + "i"]
    if name.endswith("s"):
        stems = [name[:-1] + "kse", name + "i"]
        return [name[:-1] + name[-2], *stems] if name.endswith(("as", "äs")) else stems
    if name[-1] not in VOWELS:
        return [name + "i"]
    stems = [name]
    if _E_STEMS.search(name):
        stems.append(name[:-1] + "e")
    if name.endswith("e"):
        stems.append(name + "e")
    stems += [name[: -len(whole)] + stem for whole, stem in _HEAD_OF_SURNAME if name.endswith(whole)]
    return stems


def _both_grades(stem: str) -> list[str]:
    """The stem as it is and weakened: names of people do both (Satu: Satun, Sadun)."""
    head, vowel = stem[:-1], stem[-1]
    for strong, weak in _GRADES:
        if head.endswith(strong) and len(head) > len(strong) and not head.endswith(("st", "sp", "tk")):
            return [stem, head[: -len(strong)] + weak + vowel]
    return [stem]


def _before_partitive(name: str) -> str:
    """Virtanen: Virtasta; Markus: Markusta; Kielotar: Kielotarta."""
    return name[:-3] + "s" if name.endswith("nen") else name
