"""A sentence for each value of the code lists; a test parses them all and finds the value."""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLES: Mapping[tuple[str, str], str] = {
    ("anchor", "dateline"): "OSLO, May 14, 2024 – Foreign Minister Jane Roe met President John Doe on Monday.",
    ("anchor", "published"): "Foreign Minister Jane Roe met President John Doe on Monday.",
    ("anchor", "mention"): "Foreign Minister Jane Roe met President John Doe on May 13, 2024. The next day she met Prime Minister Ann Poe.",
    ("anchor", "explicit"): "Foreign Minister Jane Roe met President John Doe on May 13, 2024.",
    ("tenure", "current"): "Foreign Minister Jane Roe met President John Doe in Oslo.",
    ("tenure", "former"): "President John Doe met former Foreign Minister Jane Roe in Oslo.",
    ("tenure", "acting"): "President John Doe met acting Foreign Minister Jane Roe in Oslo.",
    ("tenure", "incoming"): "Foreign Minister-designate Jane Roe met President John Doe in Oslo.",
    ("part", "host"): "President John Doe received Foreign Minister Jane Roe in Oslo.",
    ("part", "guest"): "President John Doe received Foreign Minister Jane Roe in Oslo.",
    ("part", "caller"): "President John Doe telephoned Prime Minister Jane Roe.",
    ("part", "callee"): "President John Doe telephoned Prime Minister Jane Roe.",
    ("part", "attendee"): "Foreign Minister Jane Roe met President John Doe in Oslo.",
    ("part", "delegation_head"): "President John Doe met a delegation led by Foreign Minister Jane Roe in Oslo.",
    ("part", "mediator"): "President John Doe mediated talks between Foreign Minister Jane Roe and Prime Minister Ann Poe in Oslo.",
    ("part", "chair"): "Foreign Minister Jane Roe chaired a meeting with Defence Minister John Doe in Oslo.",
    ("channel", "in_person"): "Foreign Minister Jane Roe met President John Doe in Oslo.",
    ("channel", "phone"): "Foreign Minister Jane Roe spoke by phone with President John Doe on Monday.",
    ("channel", "video"): "Foreign Minister Jane Roe and President John Doe held talks by video conference on Monday.",
    ("channel", "unspecified"): "Foreign Minister Jane Roe spoke with President John Doe on Monday.",
    ("channel", "hybrid"): "Foreign Minister Jane Roe and President John Doe held a meeting in a hybrid format on Monday.",
    ("format", "bilateral"): "Norwegian Foreign Minister Jane Roe met Finnish President John Doe in Oslo.",
    ("format", "trilateral"): "Norwegian Foreign Minister Jane Roe, Finnish Foreign Minister John Doe and Swedish Foreign Minister Ann Poe met in Oslo.",
    ("format", "multilateral"): "Norwegian Foreign Minister Jane Roe, Finnish Foreign Minister John Doe, Danish Foreign Minister Paul Coe and Swedish Foreign Minister Ann Poe met in Oslo.",
    ("status", "held"): "Foreign Minister Jane Roe met President John Doe in Oslo.",
    ("status", "ongoing"): "Foreign Minister Jane Roe is meeting President John Doe in Oslo.",
    ("status", "planned"): "Foreign Minister Jane Roe will meet President John Doe in Oslo on Friday.",
    ("status", "postponed"): "The meeting between Foreign Minister Jane Roe and President John Doe was postponed.",
    ("status", "cancelled"): "Foreign Minister Jane Roe cancelled a meeting with President John Doe.",
    ("status", "declined"): "Foreign Minister Jane Roe refused to meet President John Doe.",
    ("status", "denied"): "Foreign Minister Jane Roe denied that she had met President John Doe.",
    ("relation", "sidelines"): "Foreign Minister Jane Roe and Foreign Minister John Doe held a summit in Oslo on Monday. On the sidelines of the summit, Roe met Prime Minister Ann Poe.",
    ("relation", "part_of"): "Foreign Minister Jane Roe and Foreign Minister John Doe held a summit in Oslo on Monday. Within the framework of the summit, Roe met Prime Minister Ann Poe.",
    ("act", "assert"): "Foreign Minister Jane Roe said the border was open.",
    ("act", "praise"): "Foreign Minister Jane Roe praised the work of the observers.",
    ("act", "thank"): "Foreign Minister Jane Roe thanked President John Doe for his hospitality.",
    ("act", "urge"): "Foreign Minister Jane Roe urged both sides to return to the table.",
    ("act", "condemn"): "Foreign Minister Jane Roe condemned the attack on the convoy.",
    ("act", "promise"): "Foreign Minister Jane Roe promised to open the archives.",
    ("act", "expect"): "Foreign Minister Jane Roe expressed hope that the talks would go on.",
    ("act", "deny"): "Foreign Minister Jane Roe denied that the border was closed.",
    ("act", "congratulate"): "Foreign Minister Jane Roe congratulated President John Doe on his election.",
    ("act", "condole"): "Foreign Minister Jane Roe expressed condolences over the loss of life in the floods.",
    ("act", "warn"): "Foreign Minister Jane Roe warned that the truce would not last.",
    ("act", "invite"): "Foreign Minister Jane Roe invited President John Doe to visit Oslo.",
    ("act", "question"): "Foreign Minister Jane Roe asked whether the border was open.",
    ("act", "accept"): "Foreign Minister Jane Roe accepted an invitation to visit Oslo.",
    ("act", "reject"): "Foreign Minister Jane Roe rejected the offer of a truce.",
    ("mode", "direct"): "“The border is open,” Foreign Minister Jane Roe said.",
    ("mode", "indirect"): "Foreign Minister Jane Roe said the border was open.",
    ("mode", "mixed"): "Foreign Minister Jane Roe said the border was “open to all”.",
}  # fmt: skip
"""By list and value; a value that no built-in rule gives has none.  Published days are told by `PUBLISHED`, persons and deeds are made up."""

PUBLISHED = "2024-05-14"
"""The day on which the sentences are taken to be published; without it "on Monday" stays unresolved."""
