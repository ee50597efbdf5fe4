"""The plugin of the README: a whole module."""

import diploparse


def find_visits(document, clauses, actors):
    for clause in clauses:
        if clause.verb.lemma == "visit" and clause.subject and clause.objects:
            guests, hosts = actors.at(clause.subject), actors.at(clause.objects[0])
            if guests and hosts and guests[0] is not hosts[0]:
                yield diploparse.Meeting(
                    participants=(
                        diploparse.Participation(actor=guests[0].id, part="guest", span=clause.subject),
                        diploparse.Participation(actor=hosts[0].id, part="host", span=clause.objects[0]),
                    ),
                    cue=diploparse.Cue(span=clause.verb.span, lemma="visit"),
                    evidence=(clause.span,),
                )


@diploparse.hookimpl
def diploparse_extractors():
    return [diploparse.Extractor(name="visits", stage="meetings", find=find_visits)]
