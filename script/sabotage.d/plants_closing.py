"""How accounts end, what is erased then, and what comes back."""
from community import ABOUT_THE_PERSON, moment, rules_of
from planting import control, plant

# P-16.3


@plant("P-16.3", "closed-accounts-are-erased", "a member who is not closed is erased")
def _(s):
    s.purge(s.edit, order="requested")


@plant("P-16.3", "closed-accounts-are-erased", "a closed account that stays")
def _(s):
    s.close(s.edit, purged=False)
    s.wait(months=12, days=1)


@plant("P-16.3", "closed-accounts-are-erased", "a suspended one is erased")
def _(s):
    s.deactivate(s.edit, s.astrid)
    s.wait(days=1)
    s.purge(s.edit, order="requested")


@plant("P-16.3", "closed-accounts-are-erased", "a closed account is erased a day too early")
def _(s):
    s.close(s.edit, purged=False)
    s.wait(months=12, days=-1)
    s.purge(s.edit)


@plant("P-16.3", "closed-accounts-are-erased", "a closed account that stays when a version has shortened the time")
def _(s):
    s.close(s.edit, purged=False)
    rules = rules_of("policies", "2019-08-18")
    rules["retention"]["closedAccount"] = "P6M"
    s.publish_policy("2024-07-01", "minor", rules=rules)
    s.at(moment("2024-08-30 12:00"), lambda site: site.announce(site.edit))
    s.wait(moment("2024-09-30 12:00"))


@plant("P-16.3", "closed-accounts-are-erased", "one who left on 29 February stays on 1 March")
def _(s):
    s.wait(moment("2028-02-29 10:00"))
    s.close(s.edit, purged=False)
    s.wait(moment("2029-02-28 13:00"))


@control("one who left on 29 February is erased on 28 February")
def _(s):
    s.wait(moment("2028-02-29 10:00"))
    s.close(s.edit)
    s.wait(moment("2029-02-28 13:00"))


@control("a site that was down: announced late, and erased a month after that")
def _(s):
    s.close(s.edit, purged=False, announced=False)
    closed = s.now
    s.at(closed + 352 * 86_400_000, lambda site: site.announce(site.edit, closed))
    s.at(closed + 383 * 86_400_000, lambda site: site.purge(site.edit))
    s.wait(days=351)
    # Overdue from the 335th day, so judged only after both have happened.
    s.wait(days=60)


@control("an erasure that was asked for, sooner")
def _(s):
    s.close(s.edit)
    s.wait(days=10)
    s.purge(s.edit, order="requested", actor=f"member:{s.astrid}")
    s.wait(days=3)


@plant("P-16.3", "erasures-are-announced", "an erasure that nobody announced")
def _(s):
    s.close(s.edit, announced=False, purged=False)
    s.wait(months=12, minutes=5)
    s.purge(s.edit)


@plant("P-16.3", "erasures-are-announced", "an announcement ten days before")
def _(s):
    s.close(s.edit, announced=False)
    closed = s.now
    s.at(closed + 355 * 86_400_000, lambda site: site.announce(site.edit, closed))
    s.wait(months=12, days=1)


@plant("P-16.3", "erasures-are-announced", "an announcement that does not come")
def _(s):
    s.close(s.edit, announced=False)
    s.wait(months=11, days=10)


@plant("P-16.3", "erasures-are-announced", "an announcement of the closing before the last")
def _(s):
    s.close(s.edit)
    s.wait(months=11, days=15)
    s.restore(s.edit)
    s.close(s.edit, announced=False, purged=False)
    s.wait(months=12, minutes=5)
    s.purge(s.edit)


@plant("P-16.3", "erasures-are-completed", "an erasure that does not end")
def _(s):
    s.fence(subjects=[s.second], completed=False)
    s.wait(days=2)


@plant("P-16.3", "erasures-are-completed", "the erasure of a member that does not end")
def _(s):
    s.close(s.edit, purged=False)
    s.wait(months=12, minutes=5)
    s.purge(s.edit, fenced=False)
    s.fence(owner=f"member:{s.edit}", kinds=ABOUT_THE_PERSON, completed=False)
    s.wait(days=2)


@plant("P-16.3", "erasures-are-completed", "a purge that erases nothing")
def _(s):
    s.close(s.edit, purged=False)
    s.wait(months=12, minutes=5)
    s.purge(s.edit, fenced=False)


@plant("P-16.3", "erasures-are-completed", "a purge that leaves the identity")
def _(s):
    s.close(s.frida, purged=False)
    s.wait(months=12, minutes=5)
    s.purge(s.frida, kinds=[kind for kind in ABOUT_THE_PERSON if kind != "identity"])


@control("an erasure under way since yesterday")
def _(s):
    s.fence(subjects=[s.second], completed=False)
    s.wait(hours=20)


@plant("P-16.3", "nothing-after-erasure", "an event sealed about an erased subject")
def _(s):
    s.fence(subjects=[s.second])
    s.wait(hours=1)
    s.add(
        "forum.post-revised", s.second, {"author": s.edit, "revision": 2}, actor=f"member:{s.edit}", subject=s.second,
        owner=f"member:{s.edit}")


@plant("P-16.3", "nothing-after-erasure", "a new subject of an erased owner")
def _(s):
    s.close(s.edit, purged=False)
    s.wait(months=12, minutes=5)
    s.purge(s.edit)
    s.wait(days=2)
    s.add(
        "accounts.security-noticed", f"security:{s.edit}", {"count": 1, "first": True, "incident": "failed-sign-in", "member": s.edit},
        subject=s.new("sign-in"), owner=f"member:{s.edit}")


@plant("P-16.3", "nothing-after-erasure", "a choice of one who is erased")
def _(s):
    s.close(s.edit, purged=False)
    s.wait(months=12, minutes=5)
    s.purge(s.edit)
    s.wait(days=2)
    s.answer_newsletter(s.edit, False)


# P-16.4


@plant("P-16.4", "decisions-have-reasons", "an account closed for breach, without reasons")
def _(s):
    s.close(s.edit, "breach", actor=f"member:{s.astrid}", reasons=False)


@plant("P-16.4", "decisions-have-reasons", "a suspension without reasons")
def _(s):
    s.deactivate(s.edit, s.astrid, reasons=False)


@plant("P-16.4", "decisions-have-reasons", "a closing for breach on the command line, without reasons")
def _(s):
    s.close(s.frida, "breach", actor="operator", reasons=False)


@plant("P-16.4", "nobody-returns-from-breach-alone", "one restores herself after a breach")
def _(s):
    s.close(s.edit, "breach", actor=f"member:{s.astrid}")
    s.wait(days=3)
    s.restore(s.edit, "visitor")


@plant("P-16.4", "nobody-returns-from-breach-alone", "a moderator restores one after a breach")
def _(s):
    s.close(s.edit, "breach", actor=f"member:{s.astrid}")
    s.wait(days=3)
    s.restore(s.edit, f"member:{s.moa}")


@plant("P-16.4", "nobody-returns-from-breach-alone", "one comes back before the suspension ends")
def _(s):
    s.deactivate(s.edit, s.astrid)
    s.wait(days=9)
    s.add("accounts.returned", f"member:{s.edit}", actor=f"member:{s.edit}")


@plant("P-16.4", "nobody-returns-from-breach-alone", "one restores herself before the suspension ends")
def _(s):
    s.deactivate(s.edit, s.astrid)
    s.wait(days=3)
    s.restore(s.edit, "visitor")


@plant("P-16.4", "nobody-returns-from-breach-alone", "an administrator restores herself after a breach")
def _(s):
    s.close(s.berit, "breach", actor=f"member:{s.astrid}")
    s.wait(days=3)
    s.restore(s.berit, f"member:{s.berit}")


@control("one is restored after a breach by an administrator, and another on the command line")
def _(s):
    s.close(s.edit, "breach", actor=f"member:{s.astrid}")
    s.close(s.frida, "breach", actor=f"member:{s.astrid}")
    s.wait(days=3)
    s.restore(s.edit, f"member:{s.berit}")
    s.restore(s.frida, "operator")


def unused_rules(s, version="2024-04-10"):
    rules = rules_of("policies", "2019-08-18")
    rules["unusedAccount"] = {"closedAfter": "P1Y", "warnBefore": ["P60D", "P14D"]}
    s.publish_policy(version, "minor", rules=rules)
    s.wait(moment(f"{version} 12:00"))


@plant("P-16.4", "unused-accounts-are-warned", "closed as unused under a version that closes none")
def _(s):
    s.close(s.edit, "unused")


@plant("P-16.4", "unused-accounts-are-warned", "closed as unused with one warning of two")
def _(s):
    unused_rules(s)
    s.wait(months=5)
    s.add("accounts.unused-warned", f"member:{s.edit}")
    s.wait(days=60)
    s.close(s.edit, "unused")


@plant("P-16.4", "unused-accounts-are-warned", "closed as unused with warnings from before the last sign-in")
def _(s):
    unused_rules(s)
    s.add("accounts.unused-warned", f"member:{s.edit}")
    s.wait(days=20)
    s.add("accounts.unused-warned", f"member:{s.edit}")
    s.sign_in(s.edit)
    s.wait(days=20)
    s.close(s.edit, "unused")


def warned_member(s, *, warnings=2):
    """A member who joins under the rule and never comes back, and whom the warnings reach in time."""
    unused_rules(s)
    # The others sign in now and then.
    for month in range(1, 14):
        for member in (s.astrid, s.berit, s.moa, s.disa, s.edit, s.frida, s.gun):
            s.at(moment("2024-04-10 13:00") + month * 30 * 86_400_000, lambda site, member=member: site.sign_in(member))
    ida = s.join("ida")
    joined = s.now
    for days in (305, 352)[:warnings]:
        s.at(joined + days * 86_400_000, lambda site: site.add("accounts.unused-warned", f"member:{ida}"))
    return ida


@plant("P-16.4", "unused-accounts-are-closed", "an unused account that stays after both warnings")
def _(s):
    warned_member(s)
    s.wait(days=370)


@plant("P-16.4", "unused-accounts-are-closed", "an unused account that stays after a restoring")
def _(s):
    ida = warned_member(s, warnings=0)
    s.wait(days=2)
    s.close(ida)
    s.wait(days=2)
    s.restore(ida)
    restored = s.now
    for days in (305, 352):
        s.at(restored + days * 86_400_000, lambda site: site.add("accounts.unused-warned", f"member:{ida}"))
    s.wait(days=368)


@plant("P-16.4", "unused-accounts-are-closed", "an unused account that stays, once used")
def _(s):
    ida = warned_member(s, warnings=0)
    s.wait(days=2)
    s.sign_in(ida)
    used = s.now
    for days in (306, 353):
        s.at(used + days * 86_400_000, lambda site: site.add("accounts.unused-warned", f"member:{ida}"))
    s.wait(days=369)


@control("an unused account whose second warning came late")
def _(s):
    ida = warned_member(s, warnings=1)
    s.wait(days=364)
    s.add("accounts.unused-warned", f"member:{ida}")
    s.wait(days=10)


@control("an unused account that is closed after both warnings")
def _(s):
    ida = warned_member(s)
    s.wait(days=366)
    s.close(ida, "unused")


@plant("P-16.4", "unreturned-accounts-are-closed", "one who did not return stays suspended")
def _(s):
    s.deactivate(s.edit, s.astrid, closes=False)
    s.wait(months=6, days=11)


@plant("P-16.4", "unreturned-accounts-are-closed", "one who did not return stays suspended, and is held")
def _(s):
    s.deactivate(s.gun, s.astrid, closes=False)
    s.hold(s.gun, s.astrid, s.berit, "2025-03-01")
    s.wait(months=6, days=11)


@plant("P-16.4", "unreturned-accounts-are-closed", "one who was suspended twice stays suspended")
def _(s):
    s.deactivate(s.edit, s.astrid)
    s.wait(days=11)
    s.add("accounts.returned", f"member:{s.edit}", actor=f"member:{s.edit}")
    s.wait(days=3)
    s.deactivate(s.edit, s.astrid, closes=False)
    s.wait(months=6, days=11)


@plant("P-16.4", "unreturned-accounts-are-closed", "one stays suspended when a version has shortened the time")
def _(s):
    s.deactivate(s.edit, s.astrid, closes=False)
    rules = rules_of("policies", "2019-08-18")
    rules["deactivation"]["unreturnedCountsAsClosedAfter"] = "P1M"
    s.publish_policy("2024-04-20", "minor", rules=rules)
    s.wait(moment("2024-05-20 12:00"))


# P-16.5


@plant("P-16.5", "sign-in-details-go", "the details of a sign-in stay")
def _(s):
    s.sign_in(s.edit, erased=False)
    s.wait(months=6, days=1)


@plant("P-16.5", "sign-in-details-go", "the origin of an attempt stays")
def _(s):
    s.add(
        "accounts.security-noticed", f"security:{s.edit}", {"count": 12, "first": True, "incident": "failed-sign-in", "member": s.edit},
        subject=s.new("sign-in"), owner=f"member:{s.edit}")
    s.wait(months=6, days=1)


@plant("P-16.5", "sign-in-details-go", "the details of a sign-in stay when a version has shortened the time")
def _(s):
    s.sign_in(s.edit, erased=False)
    rules = rules_of("policies", "2019-08-18")
    rules["retention"]["signInDetails"] = "P1M"
    s.publish_policy("2024-04-10", "minor", rules=rules)
    # What the base has to erase sooner by it.
    s.at(moment("2024-04-10 12:00"), lambda site: site.fence(subjects=[
        e["subject"] for e in site.log.events if e["type"] == "accounts.signed-in"][:1]))
    s.wait(moment("2024-05-10 12:00"))


@control("details of a sign-in that a version has not lengthened")
def _(s):
    rules = rules_of("policies", "2019-08-18")
    rules["retention"]["signInDetails"] = "P1Y"
    s.sign_in(s.edit)
    s.publish_policy("2024-04-10", "minor", rules=rules)
    s.wait(months=8)


@plant("P-16.5", "closed-cases-go", "a closed question that stays")
def _(s):
    case = s.open_case(s.frida)
    s.reply(case, s.astrid)
    s.close_case(case, s.astrid, erased_after=None)
    s.wait(months=12, days=1)


@plant("P-16.5", "closed-cases-go", "a decided report that stays")
def _(s):
    case = s.open_case(s.frida, "report", post=s.second[5:], reason="spam")
    s.decide(case, s.moa, "rejected", erased_after=None)
    s.wait(months=24, days=1)


@plant("P-16.5", "closed-cases-go", "a decided correction that stays")
def _(s):
    correction = s.request_correction(s.frida)
    s.wait(days=2)
    s.decide_correction(correction, s.frida, s.astrid, False, erased=False)
    s.wait(months=12, days=1)


@plant("P-16.5", "closed-cases-go", "a case about a number that stays as long as a report")
def _(s):
    case = s.open_case(s.frida, "number")
    s.reply(case, s.astrid)
    s.close_case(case, s.astrid, erased_after=24)
    s.wait(months=13)


@plant("P-16.5", "closed-cases-go", "a decided correction of which the request stays")
def _(s):
    correction = s.request_correction(s.frida)
    s.wait(days=2)
    s.decide_correction(correction, s.frida, s.astrid, False, erased=False)
    decision = s.parties[correction][1:]
    s.at(s.now + 365 * 86_400_000, lambda site: site.fence(subjects=decision))
    s.wait(months=12, days=1)


@control("a case that was opened again, counted from its last closing")
def _(s):
    case = s.open_case(s.frida)
    s.reply(case, s.astrid)
    s.close_case(case, s.astrid)
    s.wait(months=6)
    s.state(case, member=s.frida)
    s.wait(hours=3)
    s.reply(case, s.astrid)
    s.close_case(case, s.astrid)
    s.wait(months=11)


# P-16.6


@plant("P-16.6", "restored-in-time", "one is restored when her time was out")
def _(s):
    s.close(s.edit, purged=False)
    s.wait(months=12, minutes=70)
    s.restore(s.edit)


@plant("P-16.6", "restored-in-time", "one is restored who was never away")
def _(s):
    s.restore(s.edit, f"member:{s.astrid}")


@plant("P-16.6", "restored-in-time", "one is restored when a version has shortened the time")
def _(s):
    s.close(s.edit, purged=False, announced=False)
    rules = rules_of("policies", "2019-08-18")
    rules["retention"]["closedAccount"] = "P1M"
    del rules["closing"]["purgeAnnouncedBefore"]
    s.publish_policy("2024-04-10", "minor", rules=rules)
    s.wait(moment("2024-05-10 12:00"))
    s.restore(s.edit)


@control("one is restored on the last day")
def _(s):
    s.close(s.edit)
    s.wait(months=12, minutes=-70)
    s.restore(s.edit)


def duplicate(s, name="ida"):
    member = s.sign_up(name)
    s.wait(hours=1)
    s.confirm(member, "anothers")
    return member


@plant("P-16.6", "duplicates-end", "an account without its number that stays")
def _(s):
    duplicate(s)
    s.wait(days=8)


@plant("P-16.6", "duplicates-end", "a suspended account without its number that stays")
def _(s):
    ida = duplicate(s)
    s.wait(days=2)
    s.deactivate(ida, s.astrid)
    s.wait(days=6)


@plant("P-16.6", "duplicates-end", "an account that ended is restored without its number")
def _(s):
    ida = duplicate(s)
    s.wait(days=7)
    s.close(ida, "duplicate")
    s.wait(days=1)
    s.restore(ida, f"member:{s.astrid}")
    s.wait(minutes=5)
    # So that nothing but the restoring is found.
    s.close(ida, "duplicate", actor=f"member:{s.berit}")


@plant("P-16.6", "duplicates-end", "an account that lost its number to another, and stays")
def _(s):
    ida = duplicate(s)
    case = identified(s, ida)
    command = s.command()
    move(s, ida, "held", case, command)
    move(s, s.edit, "anothers", case, command)
    s.wait(days=8)


@plant("P-16.6", "duplicates-end", "an account that holds its number is closed as a duplicate")
def _(s):
    s.close(s.edit, "duplicate")


@control("an account without its number that ends, and is erased when it can appeal no more")
def _(s):
    ida = duplicate(s)
    s.wait(days=7)
    s.close(ida, "duplicate")
    s.wait(months=7)


def move(s, member, number, case=None, command=None):
    clear = {"number": number}
    if case:
        clear["case"] = case[5:]
    s.add("accounts.number-set", f"member:{member}", clear, actor=f"member:{s.astrid}", command=command)


def identified(s, member):
    case = s.open_case(None, "number")
    s.reply(case, s.astrid)
    s.wait(hours=3)
    s.add("cases.identified", case, {"member": member}, actor=f"member:{s.astrid}")
    return case


@plant("P-16.6", "numbers-move-by-proof", "a number moves in a case without identification")
def _(s):
    ida = duplicate(s)
    case = s.open_case(ida, "number")
    s.reply(case, s.astrid)
    command = s.command()
    move(s, ida, "held", case, command)
    move(s, s.edit, "anothers", case, command)


@plant("P-16.6", "numbers-move-by-proof", "a number moves without a case")
def _(s):
    move(s, duplicate(s), "held")


@plant("P-16.6", "numbers-move-by-proof", "a number is taken that goes to nobody")
def _(s):
    move(s, s.edit, "anothers", identified(s, s.edit))
    # So that the account does not count as one without its number for too long.


@plant("P-16.6", "numbers-move-by-proof", "a number moves to another than was identified")
def _(s):
    ida = duplicate(s)
    case = identified(s, s.frida)
    command = s.command()
    move(s, ida, "held", case, command)
    move(s, s.edit, "anothers", case, command)


@control("a number that moves after identification, and one by a correction")
def _(s):
    ida = duplicate(s)
    case = identified(s, ida)
    command = s.command()
    move(s, ida, "held", case, command)
    move(s, s.edit, "anothers", case, command)
    eva = duplicate(s, "eva")
    correction = s.request_correction(eva, "personal-identity-number")
    s.wait(hours=5)
    command = s.command()
    s.decide_correction(correction, eva, s.astrid, command=command)
    move(s, eva, "held", command=command)
