"""What a verb, and those it depends on, make of a meeting: held, planned, declined, called off, or nothing."""

from __future__ import annotations

from ..records import Clause, Status
from .scene import Scene, words_set

# How the modal phrases of a verb group move a meeting: "is expected to meet", "was to have met".
_PLANNED_MODALS = frozenset(
    ["will", "shall", "be to", "be going to", "be due to", "be expected to", "be scheduled to", "be set to",
     "be slated to", "be planned to", "be about to", "be supposed to", "be poised to", "plan to", "expect to"]
)  # fmt: skip
_HYPOTHETICAL_MARKERS = frozenset(
    ["if", "unless", "whether", "provided", "should", "were", "until", "lest", "once", "in case", "as if",
     "without", "instead of", "rather than", "short of"]
)  # fmt: skip
# What stands right before the "to" of an infinitive: "is due to meet", "is ready to meet".
_PLANNED_WORDS = words_set(
    "due set slated scheduled expected planned poised going plans agreement decision decided agreed"
)
_IDLE_WORDS = words_set(
    "ready willing able unable open prepared keen eager reluctant unwilling unlikely likely free happy hopes hope "
    "chance opportunity invitation offer proposal request intention need possibility desire wish readiness "
    "willingness attempt attempts effort efforts call calls time glad pleased proud delighted honored honoured "
    "important necessary possible impossible difficult hard easy good better"
)


def _own_status(scene: Scene, clause: Clause) -> Status | None:
    """What a verb group alone says of the event it tells; ``None`` if it tells none."""
    verb = clause.verb
    if verb.polarity == "negative" or scene.before(verb.span.start, 1) in (("no",), ("not",), ("never",)):
        return None
    if verb.progressive and not verb.modality and "been" in scene.words(verb.span.start, verb.head.start):
        return None  # "had been negotiating": a process, no occasion
    shared = _shares_auxiliary(scene, clause)
    if shared is not None:
        return _own_status(scene, shared)
    if clause.marker in _HYPOTHETICAL_MARKERS:
        return None
    modality = verb.modality
    if modality in _PLANNED_MODALS or (verb.tense == "future" and not modality):
        if modality == "be to" and verb.perfect:
            return "cancelled"  # "was to have met"
        return "planned"
    if modality is not None and modality.startswith("be "):
        # "is slated to meet" against "is ready to meet"; "would be expected to meet" is neither
        if "would" in scene.words(verb.span.start, verb.head.start) and not _is_reported(scene, clause):
            return None
        if modality == "be able to":
            return "held" if verb.tense == "past" else None
        return "planned" if set(modality.split()) & _PLANNED_WORDS else None
    if modality == "would":
        return "planned" if _is_reported(scene, clause) else None
    if modality in ("could", "might", "may", "should", "must", "can", "ought to", "need to", "have to"):
        return None
    if verb.progressive and verb.tense == "present" and not verb.perfect:
        return "ongoing"
    return "held"


def _shares_auxiliary(scene: Scene, clause: Clause) -> Clause | None:
    """The clause whose "will" or "is expected to" a coordinate bare verb shares: "will visit P and meet X"."""
    verb = clause.verb
    if clause.link != "coordinate" or verb.tense != "present" or verb.modality or verb.span != verb.head:
        return None
    if scene.document.words(verb.head).lower() != verb.lemma.partition(" ")[0]:
        return None
    first: Clause | None = clause
    for _ in range(4):
        first = scene.parent(first) if first is not None and first.link == "coordinate" else None
        if first is None:
            return None
        if first.verb.tense == "future" or first.verb.modality or first.link == "infinitive":
            return first
    return None


def _is_reported(scene: Scene, clause: Clause) -> bool:
    """Whether a clause stands in what somebody said, agreed or announced."""
    return any(
        c.link in ("complement", "quotation") and (above := scene.parent(c)) is not None
        and above.verb.polarity == "positive"
        for c in (clause, *scene.ancestors(clause))
    )  # fmt: skip


def status_of(scene: Scene, clause: Clause) -> Status | None:
    """
    The status that a clause and those it depends on give the meeting it tells.

    Returns:
        ``None`` for what did not take place and was not planned: negated, conditional, wished for.
    """
    status = _own_status(scene, clause)
    if status is None:
        return None
    below = clause
    for above in scene.ancestors(clause):
        if below.link in ("main", "coordinate", "relative", "quotation"):
            break
        if below.link == "nominal":
            # "turned down a request to meet", "has no plans to meet"
            own, settled = _own_status(scene, above), settled_by(scene, above)
            if own is None or _has_no(scene, above) or settled == "none":
                return None
            if settled in ("declined", "cancelled", "postponed") and own == "held":
                return settled  # type: ignore[return-value]
            below = above
            continue
        if below.link in ("complement", "adverbial"):
            if above.marker in _HYPOTHETICAL_MARKERS:
                return None
            settled = settled_by(scene, above) if below.link == "complement" else None
            if settled in ("denied", "none"):
                return None if settled == "none" else "denied"
            if above.verb.polarity == "negative" and below.link == "complement":
                return None
            break
        status = _raised(scene, below, above, status)
        if status is None:
            return None
        below = above
    return status


_PARTICLES = frozenset(["off", "down", "back", "through", "out"])


def settled_by(scene: Scene, clause: Clause) -> str | None:
    """What a status verb makes of its object or infinitive: "planned", "declined", "none" ..."""
    lemma = clause.verb.lemma
    particle = scene.after(clause.verb.head.end, 1)
    # "was called off": the particle may have been left out of the lemma at the end of a sentence
    forms = (f"{lemma} {particle[0]}", lemma) if particle and particle[0] in _PARTICLES else (lemma,)
    entry = next((e for f in forms if (e := scene.entry(f, "meeting_status")) is not None), None)
    return entry.feature("status") if entry else None


def _raised(scene: Scene, below: Clause, above: Clause, status: Status) -> Status | None:
    """The status of an infinitive, gerund or participle under the verb that governs it."""
    own = _own_status(scene, above)
    if below.verb.form in ("participle", "gerund") or below.link == "participle":
        words = scene.before(below.verb.span.start, 3)
        if _IDLE_WORDS & set(words) or below.marker in _HYPOTHETICAL_MARKERS:
            return None  # "no intention of meeting", "the possibility of meeting"
        if words[-1:] == ("of",) and not _HONOURS & set(words):
            return None  # "the process of negotiating with", not "the honour of meeting"
        settled = settled_by(scene, above)
        if settled is not None and below.verb.span.start > above.verb.span.end and not below.marker:
            # "denied meeting", "proposed holding"
            return None if settled == "none" else settled  # type: ignore[return-value]
        # "Receiving X, the host said": the participle tells what the main verb's time tells.
        return own if own in ("planned", "held") else status
    if above.verb.lemma == "be" and below.link == "infinitive" and own is not None:
        # "was to have met", "is to meet", where the verb group was cut in two
        inner = below.verb
        words = scene.before(inner.span.start, 1)
        if not any(word in _IDLE_WORDS for word in words):
            had = inner.perfect or "have" in scene.words(inner.span.start, inner.head.start)
            return "cancelled" if had else "planned"
    if below.link == "infinitive" and "have" in scene.words(below.verb.span.start, below.verb.head.start):
        return status if own is not None else None  # "are said to have met"
    words = scene.before(below.verb.span.start, 2)
    if "no" in scene.before(below.verb.span.start, 3):
        return None
    if above.verb.lemma == "have" and _CHANCES & set(words) and own == "held":
        # "had the opportunity to meet", "have had the honour of"; not "have a chance to meet"
        return "held" if above.verb.tense == "past" or above.verb.perfect else None
    if any(word in _IDLE_WORDS for word in words):
        declined = settled_by(scene, above) == "declined" or bool(_UNWILLING & set(words))
        return "declined" if declined and own == "held" else None
    if _has_no(scene, above):
        return None
    settled = settled_by(scene, above)
    if settled == "none":
        return "declined" if own == "held" and was_refused(scene, above) else None
    if settled is not None:
        if own is None:
            return None
        if settled in ("planned", "declined") and own == "planned" and settled == "declined":
            return None
        return settled  # type: ignore[return-value]
    if own is None:
        return None
    if any(word in _PLANNED_WORDS for word in words):
        return "planned"
    if own == "planned" or (
        own in ("held", "ongoing") and above.verb.tense == "present" and status == "held"
    ):
        # "flies to Tokyo to meet", "will travel to meet"
        return "planned"
    return status


_HONOURS = words_set("honour honor pleasure privilege joy course")
_CHANCES = words_set("opportunity honour honor pleasure privilege chance time occasion")
_UNWILLING = frozenset(["unwilling", "unable"])
_REFUSALS = frozenset(["refuse", "decline", "reject", "rebuff", "turn", "deny", "spurn", "snub"])
_ASKS = frozenset(["request", "ask", "seek", "want", "try", "hope", "propose", "apply", "attempt", "push"])


def was_refused(scene: Scene, asking: Clause) -> bool:
    """Whether who asks for a meeting is refused in the same sentence: "requested to meet X but was turned down"."""
    if asking.verb.lemma not in _ASKS:
        return False
    return any(
        c.verb.lemma.partition(" ")[0] in _REFUSALS
        and c.verb.voice == "passive"
        and c.verb.polarity == "positive"
        and c.verb.head.start > asking.verb.head.end
        and c.verb.form != "gerund"
        for c in scene.clauses_of(asking.verb.head.start)
        if c.link != "nominal"
    )


def _has_no(scene: Scene, clause: Clause) -> bool:
    """Whether the object of a verb is denied: "has no plans to meet"."""
    return any(scene.words(o.start, o.end)[:1] in (("no",), ("any",), ("neither",)) for o in clause.objects)
