"""
The questions that come with diploparse, as SQL over the tables of ``sqlite``.

Datasette shows them as canned queries, and ``diploparse ask`` answers them.  Actors are those of
one document each: across documents they are told apart by name alone.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

PARAMETERS: Mapping[str, str] = {
    "year": "Four digits; empty for all years.",
    "person": "Part of a name, in any case.",
    "topic": "A word or phrase.",
    "country": "Two letters (ISO 3166-1); empty for all.",
}
"""What a question may ask for in turn, and what to write there."""


@attrs.frozen(kw_only=True)
class Question:
    """A question and the SQL that answers it."""

    name: str
    """As ``diploparse ask`` takes it. Example: "who-met-whom"."""

    title: str
    """The question in words."""

    sql: str
    """One SELECT; parameters are ``:name``, all of them strings, the empty one for "any"."""

    parameters: tuple[str, ...]
    """Keys of ``PARAMETERS``, as in the SQL."""

    required: tuple[str, ...] = ()
    """Those without which there is no answer."""


_IN_YEAR = "(:year = '' OR substr(coalesce({0}.date, {0}.published), 1, 4) = :year)"
_OF_COUNTRY = "(:country = '' OR upper(:country) IN ({}))"

QUESTIONS: tuple[Question, ...] = (
    Question(
        name="who-met-whom",
        title="Who met whom most?",
        sql=f"""
SELECT min(w.who, w.whom) AS one, max(w.who, w.whom) AS other,
       count(DISTINCT w.document || char(31) || w.meeting) AS meetings, count(DISTINCT w.document) AS documents,
       min(w.date) AS first, max(w.date) AS last
FROM who_met_whom AS w
WHERE w.status IN ('held', 'ongoing')
  AND {_IN_YEAR.format("w")}
  AND {_OF_COUNTRY.format("w.who_country, w.whom_country")}
GROUP BY 1, 2
ORDER BY meetings DESC, documents DESC, one, other
""".strip(),
        parameters=("year", "country"),
    ),
    Question(
        name="on-topic",
        title="Who spoke on a topic, and how?",
        sql=f"""
SELECT s.speaker, s.speaker_country AS country, s.act, s.mode, s.content,
       coalesce(s.date, s.published) AS date, s.document, s.statement
FROM who_said_what AS s
WHERE (
    (s.document, s.statement) IN (
      SELECT document, id FROM statements WHERE rowid IN (
        SELECT rowid FROM statements_fts WHERE statements_fts MATCH '"' || replace(:topic, '"', '""') || '"'))
    OR (s.document, s.occasion) IN (
      SELECT document, meeting FROM meeting_topics WHERE rowid IN (
        SELECT rowid FROM meeting_topics_fts WHERE meeting_topics_fts MATCH '"' || replace(:topic, '"', '""') || '"'))
  )
  AND {_IN_YEAR.format("s")}
  AND {_OF_COUNTRY.format("s.speaker_country")}
ORDER BY date, s.document, s.statement_start, s.speaker
""".strip(),
        parameters=("topic", "year", "country"),
        required=("topic",),
    ),
    Question(
        name="meetings-of",
        title="Whom did somebody meet, when and where?",
        sql=f"""
SELECT w.date, w.person, w.others, w.status, w.channel, w.place, w.topics, w.document, w.meeting
FROM meetings_of AS w
WHERE instr(lower(w.person), lower(:person)) > 0
  AND {_IN_YEAR.format("w")}
ORDER BY coalesce(w.date, w.published), w.document, w.meeting_start
""".strip(),
        parameters=("person", "year"),
        required=("person",),
    ),
    Question(
        name="by-country",
        title="Which countries' people met most?",
        sql=f"""
SELECT min(w.who_country, w.whom_country) AS one, max(w.who_country, w.whom_country) AS other,
       count(DISTINCT w.document || char(31) || w.meeting) AS meetings,
       min(w.date) AS first, max(w.date) AS last
FROM who_met_whom AS w
WHERE w.status IN ('held', 'ongoing')
  AND w.who_country <> w.whom_country
  AND {_IN_YEAR.format("w")}
  AND {_OF_COUNTRY.format("w.who_country, w.whom_country")}
GROUP BY 1, 2
ORDER BY meetings DESC, one, other
""".strip(),
        parameters=("year", "country"),
    ),
    Question(
        name="how-they-speak",
        title="How does somebody speak: praise, warn, urge, condemn?",
        sql=f"""
SELECT s.speaker, s.act, count(*) AS statements, min(coalesce(s.date, s.published)) AS first,
       max(coalesce(s.date, s.published)) AS last
FROM who_said_what AS s
WHERE instr(lower(coalesce(s.speaker, '')), lower(:person)) > 0
  AND {_IN_YEAR.format("s")}
GROUP BY 1, 2
ORDER BY s.speaker, statements DESC, s.act
""".strip(),
        parameters=("person", "year"),
    ),
)
"""In the order they are listed."""


def question(name: str) -> Question | None:
    """The question of a name, or ``None``."""
    return next((q for q in QUESTIONS if q.name == name), None)
