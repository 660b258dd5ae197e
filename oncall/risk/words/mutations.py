"""The initial mutations of Welsh: every form in which a word may stand."""

_SOFT = (("ll", "l"), ("rh", "r"), ("c", "g"), ("p", "b"), ("t", "d"), ("g", ""), ("b", "f"), ("d", "dd"), ("m", "f"))
_NASAL = (("c", "ngh"), ("p", "mh"), ("t", "nh"), ("g", "ng"), ("b", "m"), ("d", "n"))
_ASPIRATE = (("c", "ch"), ("p", "ph"), ("t", "th"))
_WHOLE = ("ch", "ph", "th", "dd", "ff", "ng")  # letters of their own, which do not mutate as their first part does
_SHORTEST = 4


def mutated(word: str) -> set[str]:
    """The other forms of a word; none for one too short to be told apart from others."""
    if len(word) < _SHORTEST or word.startswith(_WHOLE):
        return set()
    forms = {f"h{word}"} if word[0] in "aeiouwy" else set()
    for table in (_SOFT, _NASAL, _ASPIRATE):
        for radical, form in table:
            if word.startswith(radical):
                forms.add(form + word[len(radical) :])
                break
    return forms - {word}
