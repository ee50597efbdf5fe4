"""
The steps of the clause layer, in the order the words meet them.

1. `chunks`: word classes to noun groups, verb groups and the words between
2. `phrases`: chunks to noun phrases and prepositional phrases
3. `stack`: the clauses under construction (`frames`), the innermost last; what each phrase does to them is
   told by `nouns`, `finite`, `nonfinite`, `bounds` and `quoted`, a rule a construction
4. `attributed`: afterwards, what was said joins the verb that says it
5. `verb_groups`: a finished clause's verb to its record

`verb_kinds` holds the word lists.
"""
