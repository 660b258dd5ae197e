"""How good the suggester is: the figures that decide, by language, on texts whose author it had not learnt from."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from oncall.people.severity import Severity
from oncall.risk.suggest import Scan
from training.texts import Labelled


@dataclass(frozen=True, kw_only=True)
class Measures:
    """Shares of texts, 0 to 1; None where there was no such text."""

    texts: int
    emergencies_found: float | None
    emergencies_below_urgent: float | None
    urgent_found: float | None
    false_emergencies: float | None
    routine_ringing: float | None
    flags_f1: float | None
    severity_right: float | None


def measure(texts: Sequence[Labelled], scans: Sequence[Scan]) -> Measures:
    """The figures of a number of texts and what was suggested for them."""
    pairs = list(zip(texts, scans, strict=True))
    emergencies = [scan for text, scan in pairs if text.severity is Severity.EMERGENCY]
    urgent = [scan for text, scan in pairs if text.severity >= Severity.URGENT]
    below = [scan for text, scan in pairs if text.severity <= Severity.CONCERN]
    routine = [scan for text, scan in pairs if text.severity is Severity.ROUTINE]
    return Measures(
        texts=len(pairs),
        emergencies_found=_share(scan.severity is Severity.EMERGENCY for scan in emergencies),
        emergencies_below_urgent=_share(scan.severity < Severity.URGENT for scan in emergencies),
        urgent_found=_share(scan.severity >= Severity.URGENT for scan in urgent),
        false_emergencies=_share(scan.severity is Severity.EMERGENCY for scan in below),
        routine_ringing=_share(scan.severity > Severity.ROUTINE for scan in routine),
        flags_f1=_f1((text.flags, [one.flag for one in scan.flags]) for text, scan in pairs),
        severity_right=_share(text.severity is scan.severity for text, scan in pairs),
    )


def table(texts: Sequence[Labelled], found: Sequence[Scan]) -> dict[str, Measures]:
    """The measures of all, of each language, and of each author."""
    groups = {"all": [True] * len(texts)}
    for language in ("en", "cy", "mixed", "other"):
        groups[language] = [text.language == language for text in texts]
    for author in sorted({text.author for text in texts}):
        groups[author] = [text.author == author for text in texts]
    return {
        name: measure(
            [text for text, chosen in zip(texts, mask, strict=True) if chosen],
            [scan for scan, chosen in zip(found, mask, strict=True) if chosen],
        )
        for name, mask in groups.items()
        if any(mask)
    }


def _share(told: Iterable[bool]) -> float | None:
    found = list(told)
    return sum(found) / len(found) if found else None


def _f1(pairs: Iterable[tuple[Collection[str], Collection[str]]]) -> float | None:
    """Micro F1 of what is true and what was said, text by text."""
    both = [(set(true), set(told)) for true, told in pairs]
    right = sum(len(true & told) for true, told in both)
    said = sum(len(true) + len(told) for true, told in both)
    return 2 * right / said if said else None


FLAG_LIMITS = tuple(tenth / 10 for tenth in range(-10, 16))
"""The log-odds that are tried as the limit of a flag."""


def best_flag_limit(texts: Sequence[Labelled], told: Sequence[Mapping[str, float]]) -> float:
    """The log-odds from which a flag is suggested so that micro F1 is highest."""
    flags = [
        {name.removeprefix("flag:"): score for name, score in one.items() if name.startswith("flag:")} for one in told
    ]

    def reached(limit: float) -> float:
        return _f1((text.flags, _said(one, limit)) for text, one in zip(texts, flags, strict=True)) or 0.0

    return max(FLAG_LIMITS, key=reached)


def _said(flags: Mapping[str, float], limit: float) -> set[str]:
    return {flag for flag, score in flags.items() if score >= limit} or {max(flags, key=lambda flag: flags[flag])}
