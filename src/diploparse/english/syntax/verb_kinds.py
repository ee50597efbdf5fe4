"""Verbs by what may follow them, and the other closed word lists of the clause layer."""

from __future__ import annotations

from ..wordclasses import word_set

# Verbs that take a clause with or without "that"; a noun phrase before another verb after them opens one.
CLAUSE_VERBS = word_set(
    """
    say tell think believe know hope add note claim announce argue assert assume assure suggest
    state report stress emphasise emphasize underline underscore highlight point explain declare
    insist warn predict expect fear feel find hear imagine indicate mean mention observe prove
    realise realize notice recall remember remind reveal see show suppose suspect swear understand wish
    write confirm conclude concede admit acknowledge agree allege answer reply respond ask wonder
    deny decide determine demand discover doubt ensure estimate figure forget guess inform hold
    imply infer learn maintain persuade pledge pray proclaim promise propose recommend reiterate
    reaffirm repeat request require rule speculate stipulate teach testify threaten trust urge vow
    worry convince notify advise brief caution clarify comment complain consider contend counter bet
    dream hint judge lament love opine posit quip reason reckon regret remark retort shout specify
    submit surmise sense tweet post voice vote joke theorize theorise accept calculate contemplate
    contest hypothesize intend like mind presume prefer anticipate appreciate ascertain attest
    certify conjecture dictate divulge elaborate grumble mandate moan murmur mutter outline plead
    protest provide query recognise recognize recount reassure rejoin signal uphold verify warrant
    whisper
    """
)
# Of these, the ones that do without "that".  After the others a noun phrase is their object: "reiterated their
# commitment to the charter signed in Addis Ababa".
BARE_VERBS = word_set(
    """
    say tell think believe know hope add note claim announce argue assume suggest state report insist warn predict
    expect fear feel find hear imagine mean notice realise realize recall remember remind see show suppose suspect
    swear understand wish write confirm concede admit acknowledge agree allege reply conclude deny decide doubt ensure
    estimate figure forget guess learn pray promise propose request vow worry contend bet joke quip reckon explain
    inform assure convince indicate stress maintain
    """
)
# Verbs that stand before or after their subject beside a quotation or an inserted attribution.
SPEECH_VERBS = word_set(
    """
    say tell add note claim announce argue assert state report stress emphasise emphasize underline
    underscore highlight explain declare insist warn predict mention observe recall remind reveal
    write confirm conclude concede admit acknowledge agree allege answer reply respond ask wonder
    believe think recount comment continue estimate reiterate repeat remark retort joke quip tweet
    post inform clarify complain cry exclaim shout suggest testify urge vow promise propose pledge
    point lament maintain opine read declare suppose hope fear caution counter reason muse quote
    begin specify assure
    """
)
# Prepositions that open a clause as well.
OPENERS = frozenset(["as", "than", "before", "after", "since", "until", "till", "like", "because"])
# With an object that is spoken to: a clause after it is theirs, also after "the question".
ADDRESSEE_VERBS = word_set(
    "tell inform assure remind warn convince notify persuade advise brief caution reassure"
)
# What follows these is no object but a clause's subject.
NO_OBJECT_VERBS = word_set("say think believe hope insist add suppose assume claim argue")
# With an object and an infinitive that is told or wanted: "urged both to agree".
OBJECT_INFINITIVE_VERBS = word_set(
    """
    urge ask invite tell order allow want expect encourage help enable advise instruct request require beg persuade
    convince authorise authorize challenge command compel direct forbid force implore lead oblige permit press prompt
    push remind summon task warn wish call need like prefer intend mean inspire motivate induce entreat exhort beseech
    plead commit appoint choose select train teach use cause assist get send leave pledge promise
    """
)
# As above, with the one spoken to in a prepositional phrase: "called on X to stop", "appealed to X to stop".
PHRASE_INFINITIVE_VERBS = word_set(
    "call appeal agree plead arrange wait vote signal shout undertake pledge vow commit"
)
# Their "of" tells what, and does not belong to their object.
OF_VERBS = word_set(
    "accuse assure inform remind notify convince rid deprive suspect warn persuade advise apprise relieve strip acquit"
)
# Before a quoted name for their object: "called the deal “a turning point”".
CALLING = word_set("call describe dub label name brand term hail deem")
# After these "if" opens what is asked or known, not a condition.
IF_VERBS = word_set(
    "ask wonder know see check question doubt inquire enquire tell decide determine understand consider say query"
)
# A participle of these after its noun may have an object: "the group called X", "the man given shelter".
TWO_OBJECTS = word_set(
    "call name give award offer tell ask grant pay show teach appoint elect declare deny send leave"
)
# With an object and a bare infinitive: "let him go".
BARE_INFINITIVE_VERBS = frozenset(["make", "let", "help", "see", "hear", "watch", "have", "feel", "bid"])
# A noun phrase with these heads tells a time, not a subject or an object.
TIME_NOUNS = word_set(
    """
    day days week weeks month months year years decade decades morning afternoon evening night today
    tomorrow yesterday tonight monday tuesday wednesday thursday friday saturday sunday weekend
    moment january february march april may june july august september october november december
    century hour hours minute minutes time times
    """
)
TIME_WORDS = word_set(
    """
    last next this that same every each previous following earlier later early late one the
    """
)
BARE_TIMES = frozenset(
    [
        "today",
        "tomorrow",
        "yesterday",
        "tonight",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)
# "is to meet", "is expected to meet": the verbs and adjectives between.
FUTURE_WORDS = word_set(
    """
    expected scheduled due set likely supposed slated planned going about able ready poised bound
    unlikely unable
    """
)
NOMINATIVE = frozenset(["i", "he", "she", "we", "they"])
NEGATIVES = frozenset(["not", "n't", "never", "no", "neither", "nor", "hardly", "cannot"])
RELATIVES = frozenset(["who", "whom", "which", "that", "whose", "where", "when"])
GERUND_MARKERS = frozenset(["before", "after", "since", "until", "than", "like"])
# Participles that stand for prepositions have no subject: "Following the talks, the envoy left".
DANGLING = word_set("follow include regard concern accord give base depend consider exclude pend reference")
# As subjects these make their verb negative: "Neither side commented".
NEGATIVE_SUBJECTS = frozenset(["neither", "nobody", "none"])
