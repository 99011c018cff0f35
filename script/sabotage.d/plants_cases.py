"""Questions, requests for one's rights, corrections."""
from planting import control, plant

# P-12.4


@plant("P-12.4", "corrections-are-decided-first", "an identity is corrected without a request")
def _(s):
    s.correct_identity(s.edit, s.astrid)


@plant("P-12.4", "corrections-are-decided-first", "an identity is corrected by a rejected request")
def _(s):
    correction = s.request_correction(s.frida)
    s.wait(hours=4)
    command = s.command()
    s.decide_correction(correction, s.frida, s.astrid, False, command=command)
    s.correct_identity(s.frida, s.astrid, command)


@plant("P-12.4", "corrections-are-decided-first", "an identity is corrected by another member's request")
def _(s):
    correction = s.request_correction(s.frida)
    s.wait(hours=4)
    command = s.command()
    s.decide_correction(correction, s.frida, s.astrid, command=command, corrected=False)
    s.correct_identity(s.gun, s.astrid, command)


@plant("P-12.4", "corrections-are-decided-first", "an identity is corrected by a second decision")
def _(s):
    correction = s.request_correction(s.frida)
    s.decide_correction(correction, s.frida, s.astrid, False)
    s.wait(days=1)
    s.decide_correction(correction, s.frida, s.berit)


@plant("P-12.4", "corrections-are-decided-in-time", "a request that nobody decides")
def _(s):
    s.request_correction(s.frida)
    s.wait(months=1, days=1)


@plant("P-12.4", "corrections-are-decided-in-time", "a request that is decided after five weeks")
def _(s):
    correction = s.request_correction(s.frida)
    s.wait(days=35)
    s.decide_correction(correction, s.frida, s.astrid)


@plant("P-12.4", "corrections-are-decided-in-time", "a request that is rejected a day late")
def _(s):
    correction = s.request_correction(s.frida, "sex")
    s.wait(months=1, days=1)
    s.decide_correction(correction, s.frida, s.astrid, False)


# P-12.5 and P-17.1


def right(s, kind):
    return s.open_case(s.frida, "rights", right=kind)


def extend(s, case):
    s.add("cases.extended", case, actor=f"member:{s.astrid}", subject=s.new("statement"), owner=case)


for clause, check, kinds in (
        ("P-12.5", "rectifications-are-decided-in-time", ("erasure", "rectification")),
        ("P-17.1", "rights-are-decided-in-time", ("access", "objection"))):

    @plant(clause, check, "a request that nobody decides")
    def _(s, kinds=kinds):
        right(s, kinds[0])
        s.wait(months=1, days=1)

    @plant(clause, check, "a request that is decided late")
    def _(s, kinds=kinds):
        case = right(s, kinds[1])
        s.wait(months=1, days=2)
        s.decide(case, s.astrid, erased_after=36)

    @plant(clause, check, "a request that is closed without a decision")
    def _(s, kinds=kinds):
        case = right(s, kinds[0])
        s.wait(days=3)
        s.reply(case, s.astrid)
        s.close_case(case, s.astrid, erased_after=36)

    @plant(clause, check, "a request with a longer time that is decided after that")
    def _(s, kinds=kinds):
        case = right(s, kinds[1])
        s.wait(days=20)
        extend(s, case)
        s.wait(months=2, days=15)
        s.decide(case, s.astrid, erased_after=36)

    @plant(clause, check, "a request whose time was made longer when it was out")
    def _(s, kinds=kinds):
        case = right(s, kinds[0])
        s.wait(months=1, days=3)
        extend(s, case)
        s.wait(days=3)
        s.decide(case, s.astrid, erased_after=36)


@control("a request with a longer time, decided in it")
def _(s):
    case = right(s, "portability")
    s.wait(days=20)
    extend(s, case)
    s.wait(months=2)
    s.decide(case, s.astrid, erased_after=36)


@control("a request of 31 January, decided on 28 February")
def _(s):
    from community import moment
    s.wait(moment("2025-01-31 10:00"))
    case = right(s, "access")
    s.wait(moment("2025-02-28 09:00"))
    s.decide(case, s.astrid, erased_after=36)


# P-17.2


def stranger(s, matter="rights", **clear):
    case = s.open_case(None, matter, **clear)
    s.add("cases.contact-given", case, actor="visitor", subject=s.new("email"), owner=case)
    return case


@plant("P-17.2", "requests-are-identified", "a stranger gets what she asks for")
def _(s):
    case = stranger(s, right="access")
    s.wait(days=2)
    s.decide(case, s.astrid, erased_after=36)


@plant("P-17.2", "requests-are-identified", "a stranger gets a part, by mail")
def _(s):
    case = stranger(s, right="erasure", channel="mail")
    s.wait(days=2)
    s.decide(case, s.astrid, "partly", erased_after=36)


@plant("P-17.2", "requests-are-identified", "a stranger is identified when it is too late")
def _(s):
    case = stranger(s, right="access")
    s.wait(days=2)
    s.decide(case, s.astrid, erased_after=36)
    s.add("cases.identified", case, {"member": s.gun}, actor=f"member:{s.astrid}")


@control("a stranger is identified, and another rejected")
def _(s):
    case = stranger(s, right="access")
    s.wait(days=2)
    s.add("cases.identified", case, {"member": s.gun}, actor=f"member:{s.astrid}")
    s.decide(case, s.astrid, erased_after=36)
    s.decide(stranger(s, right="erasure"), s.astrid, "rejected", erased_after=36)


# P-18.2


@plant("P-18.2", "questions-are-answered", "a question that nobody answers")
def _(s):
    s.open_case(s.frida)
    s.wait(hours=27)


@plant("P-18.2", "questions-are-answered", "a question that is answered after two days")
def _(s):
    case = s.open_case(s.frida)
    s.wait(hours=48)
    s.reply(case, s.astrid)


@plant("P-18.2", "questions-are-answered", "a question that is closed without an answer")
def _(s):
    case = s.open_case(s.frida)
    s.wait(hours=4)
    s.close_case(case, s.astrid)


@plant("P-18.2", "questions-are-answered", "a second question that nobody answers")
def _(s):
    s.state(s.question, member=s.edit)
    s.wait(hours=27)


@plant("P-18.2", "questions-are-answered", "the other party is answered in place of the one who asks")
def _(s):
    case = s.open_case(s.frida, "dispute", other=s.edit)
    s.wait(hours=2)
    s.reply(case, s.astrid, "other")
    s.wait(hours=27)


@plant("P-18.2", "questions-are-answered", "a question in a mail that staff let in, unanswered")
def _(s):
    case = s.open_case(s.frida)
    s.reply(case, s.astrid)
    s.add("cases.mail-set-aside", case, {"cause": "other-sender", "number": 1}, actor="visitor", subject=s.new("statement"), owner=case)
    s.wait(hours=3)
    s.add("cases.mail-filed", case, {"asks": True, "number": 1}, actor=f"member:{s.astrid}")
    s.wait(hours=27)


@plant("P-18.2", "questions-are-answered", "an appeal that nobody answers")
def _(s):
    case = s.open_case(s.frida, "report", post=s.second[5:], reason="spam")
    s.decide(case, s.moa, affected=s.edit)
    s.wait(days=1)
    s.appeal(case, s.edit, "other")
    s.wait(hours=27)


@control("a question over a weekend when the clocks change, answered after 23 hours")
def _(s):
    from community import moment
    s.wait(moment("2024-03-30 12:00"))
    case = s.open_case(s.frida)
    s.wait(moment("2024-03-31 11:30"))
    s.reply(case, s.astrid)


@control("a question that a decision answers, and one measure that nobody asked for")
def _(s):
    case = s.open_case(s.frida, "report", post=s.second[5:], reason="spam")
    s.wait(hours=20)
    s.decide(case, s.moa, "rejected")
    command = s.command()
    unasked = s.open_case(None, "report", channel="staff", actor=f"member:{s.moa}", command=command, post=s.second[5:], reason="spam")
    s.decide(unasked, s.moa, command=command, affected=s.edit)
    s.wait(days=3)


@plant("P-18.2", "waiting-cases-end", "a case that waits for more than a year")
def _(s):
    case = s.open_case(s.frida)
    s.reply(case, s.astrid, awaits=True)
    s.wait(months=12, days=1)


@plant("P-18.2", "waiting-cases-end", "a case that waits when a version has shortened the time")
def _(s):
    from community import moment, rules_of
    s.erase_case(s.question)
    case = s.open_case(s.frida)
    s.reply(case, s.astrid, awaits=True)
    rules = rules_of("policies", "2019-08-18")
    rules["retention"]["supportCase"] = "P1M"
    s.publish_policy("2024-04-10", "minor", rules=rules)
    s.wait(moment("2024-05-10 12:00"))


@plant("P-18.2", "waiting-cases-end", "a case that waits again after a second question")
def _(s):
    case = s.open_case(s.frida)
    s.reply(case, s.astrid, awaits=True)
    s.wait(months=6)
    s.state(case, member=s.frida)
    s.wait(hours=2)
    s.reply(case, s.astrid, awaits=True)
    s.wait(months=12, days=1)


@control("a case that waits for eleven months")
def _(s):
    case = s.open_case(s.frida)
    s.reply(case, s.astrid, awaits=True)
    s.wait(months=11)
