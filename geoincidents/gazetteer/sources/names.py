"""What is kept of the names a source gives, and in which language they are.

Sources list aliases of every script without saying the language. Latin and
Cyrillic forms are kept; transliterations of other scripts, which GeoNames writes
in lower case ("berugorodo"), and codes are not names that a report uses.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LETTER = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"^[A-Z0-9]{2,4}$")
_UKRAINIAN = set("іїєґ")
_RUSSIAN = set("ыэёъ")
_OTHER_CYRILLIC = set("ўјљњћђџѓќѕәғқңөұүһӣҷӯҳӑӗҫӳөүҥҕҙҡҫҺөӘѣӏӀ")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_BREAK = re.compile(r"[\s\-–—.,]+")
_MARKS = re.compile(r"[̀-ͯ'’ʼʹʻ`\"“”«»]")


def name_key(name: str) -> str:
    """Key under which spellings that differ in case, marks and apostrophes agree.

    >>> name_key("Kup’yans’k") == name_key("Kupyansk")
    True
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return " ".join(part for part in _BREAK.split(_MARKS.sub("", folded)) if part)


def script_of(name: str) -> str:
    """Return "latin", "cyrillic" or "other" (mixed scripts are "other")."""
    scripts = {
        "latin" if ch < "ɐ" or "Ḁ" <= ch <= "ỿ" else "cyrillic" if _CYRILLIC.match(ch) else "other"
        for ch in _LETTER.findall(name)
    }
    return scripts.pop() if len(scripts) == 1 else "other"


def cyrillic_language(name: str, country: str | None = None) -> str | None:
    """Language of a Cyrillic name by its letters, else by where it is; None when open.

    >>> cyrillic_language("Харків"), cyrillic_language("Грозный")
    ('uk', 'ru')
    >>> cyrillic_language("Ленинград", "RU")
    'ru'
    """
    letters = set(name.casefold())
    if letters & _OTHER_CYRILLIC or (letters & _UKRAINIAN and letters & _RUSSIAN):
        return None
    if letters & _UKRAINIAN:
        return "uk"
    if letters & _RUSSIAN or country == "RU":
        return "ru"
    return None


def is_usable(alias: str) -> bool:
    """Whether an alias is a name that a report may use, not a code or transliteration."""
    if not 2 <= len(alias) <= 60 or _CODE.match(alias) or any(ch in alias for ch in "<>{}|\t\n;/"):
        return False
    first = _LETTER.search(alias)
    if first is None or script_of(alias) == "other":
        return False
    return first[0].isupper() or alias[:2] in {"'s", "'t", "’s", "’t"}


def usable_aliases(aliases: Iterable[str], main: str) -> Iterator[str]:
    """Aliases worth keeping beside the name `main`, each spelling once."""
    seen = {main}
    for given in aliases:
        alias = unicodedata.normalize("NFC", given.strip())
        if alias not in seen and is_usable(alias):
            seen.add(alias)
            yield alias


_TYPE_WORDS = (
    r"oblast['’]?|voblas[tc][’'ʼ]?|region|province|governorate|state|district|department|kray|krai|"
    r"republic|prefecture|county|parish|canton|division|emirate|voivodeship|raion|rayon|wilaya|"
    r"municipality|city|capital|federal district|autonomous okrug|okrug|urban okrug|zone|muhafazah"
)
_TYPE_AFTER = re.compile(rf"(?:\s+(?:{_TYPE_WORDS}))+$", re.IGNORECASE)
_TYPE_BEFORE = re.compile(
    r"^(?:the\s+)?(?:province|region|state|department|district|governorate|republic|county|canton|"
    r"city|parish|municipality|autonomous republic|departamento|provincia|estado|región|province|"
    r"région|departement|département|wilaya|gouvernorat|muhafazat|provincie|judeţul|judetul|"
    r"tỉnh|tinh|raionul)\s+(?:of\s+|de\s+la\s+|de\s+|del\s+|du\s+|d['’]|da\s+|do\s+|dos\s+)?",
    re.IGNORECASE,
)


def without_type(name: str) -> str:
    """Name of a unit without its type word; the name itself where nothing would be left.

    >>> without_type("Belgorod Oblast"), without_type("Province of Bologna")
    ('Belgorod', 'Bologna')
    """
    bare = _TYPE_BEFORE.sub("", _TYPE_AFTER.sub("", name).strip()).strip()
    return bare or name
