"""Legal holds, viewings by staff, and keys."""
from community import rules_of
from planting import control, plant

# P-10.1


@plant("P-10.1", "held-is-not-erased", "a post of one who is held is erased")
def _(s):
    s.hold(s.edit, s.astrid, s.berit, "2024-09-01")
    s.wait(days=1)
    s.fence(subjects=[s.second])


@plant("P-10.1", "held-is-not-erased", "what one who is held has shown is erased by kind")
def _(s):
    s.hold(s.edit, s.astrid, s.berit, "2024-09-01")
    s.wait(days=1)
    s.fence(owner=f"member:{s.edit}", kinds=["address", "municipality"])


@plant("P-10.1", "held-is-not-erased", "the case of one who is held is erased")
def _(s):
    s.hold(s.edit, s.astrid, s.berit, "2024-09-01")
    s.wait(days=1)
    s.fence(owner=s.question)


@plant("P-10.1", "held-is-not-erased", "the statement of one who is held is erased")
def _(s):
    s.hold(s.edit, s.astrid, s.berit, "2024-09-01")
    s.wait(days=1)
    s.fence(subjects=s.parties[s.question])


@control("a password of one who is held is erased, and a post after the hold")
def _(s):
    s.hold(s.edit, s.astrid, s.berit, "2024-09-01")
    s.wait(days=1)
    s.set_password(s.edit)
    s.wait(days=1)
    s.lift_hold(s.edit, f"member:{s.astrid}")
    s.fence(subjects=[s.second])


@plant("P-10.1", "holds-take-two", "a moderator proposes a hold")
def _(s):
    s.propose_hold(s.edit, f"member:{s.moa}", "2024-09-01")


@plant("P-10.1", "holds-take-two", "an administrator confirms what she has proposed")
def _(s):
    s.hold(s.edit, s.astrid, s.astrid, "2024-09-01")


@plant("P-10.1", "holds-take-two", "a hold that nobody has proposed")
def _(s):
    s.confirm_hold(s.edit, s.new("hold-proposal")[14:], f"member:{s.astrid}")


@plant("P-10.1", "holds-take-two", "the operator confirms although another administrator could")
def _(s):
    s.confirm_hold(s.edit, s.propose_hold(s.edit, f"member:{s.astrid}", "2024-09-01"), "operator")


@plant("P-10.1", "holds-take-two", "a hold is confirmed after it was declined")
def _(s):
    proposal = s.propose_hold(s.edit, f"member:{s.astrid}", "2024-09-01")
    s.add("oversight.hold-declined", f"held-member:{s.edit}", {"proposal": proposal}, actor=f"member:{s.berit}")
    s.confirm_hold(s.edit, proposal, f"member:{s.berit}")


@plant("P-10.1", "holds-take-two", "a hold is confirmed that was proposed of another member")
def _(s):
    s.confirm_hold(s.edit, s.propose_hold(s.frida, f"member:{s.astrid}", "2024-09-01"), f"member:{s.berit}")


@plant("P-10.1", "holds-take-two", "an administrator proposes a hold on herself")
def _(s):
    s.propose_hold(s.berit, f"member:{s.berit}", "2024-09-01")


@control("the operator confirms a hold on one of two administrators")
def _(s):
    s.confirm_hold(s.berit, s.propose_hold(s.berit, f"member:{s.astrid}", "2024-09-01"), "operator")


@plant("P-10.1", "holds-end", "a hold after its last day")
def _(s):
    s.hold(s.edit, s.astrid, s.berit, "2024-04-10")
    s.wait(days=20)


@plant("P-10.1", "holds-end", "a renewed hold after its new last day")
def _(s):
    s.hold(s.edit, s.astrid, s.berit, "2024-04-10")
    s.wait(days=5)
    s.hold(s.edit, s.astrid, s.berit, "2024-04-20")
    s.wait(days=25)


@plant("P-10.1", "holds-end", "a second hold after its last day")
def _(s):
    s.hold(s.edit, s.astrid, s.berit, "2024-04-10")
    s.wait(days=3)
    s.lift_hold(s.edit, f"member:{s.astrid}")
    s.wait(days=3)
    s.hold(s.edit, s.berit, s.astrid, "2024-04-20")
    s.wait(days=25)


@control("a hold on its last day, and a closed account that waits for its end")
def _(s):
    from community import moment
    s.close(s.gun, purged=False)
    s.wait(days=200)
    s.hold(s.gun, s.astrid, s.berit, "2025-05-01")
    s.wait(moment("2025-05-01 20:00"))


# P-12.3


@plant("P-12.3", "numbers-are-shown-with-care", "a number is shown to a moderator")
def _(s):
    s.show_number(s.edit, f"member:{s.moa}")


@plant("P-12.3", "numbers-are-shown-with-care", "a number is shown in the role of a moderator")
def _(s):
    s.show_number(s.edit, f"member:{s.moa}", "moderator")


@plant("P-12.3", "numbers-are-shown-with-care", "the numbers in a text are shown to a member")
def _(s):
    s.show_text_number(s.question, f"member:{s.disa}")


@plant("P-12.3", "numbers-are-shown-with-care", "the numbers in a text are shown to an auditor")
def _(s):
    s.grant("auditor", s.gun)
    s.show_text_number(s.question, f"member:{s.gun}", "auditor")


@control("numbers are shown in roles that may see them")
def _(s):
    s.show_number(s.edit, f"member:{s.astrid}")
    s.show_text_number(s.question, f"member:{s.moa}")


# P-13.1


@plant("P-13.1", "replaced-keys-are-destroyed", "the keys that were replaced stay")
def _(s):
    s.rotate_keys(destroyed=False, again=False)
    s.wait(days=31)


@plant("P-13.1", "replaced-keys-are-destroyed", "another epoch is destroyed")
def _(s):
    s.rotate_keys(destroyed=False, again=False)
    s.wait(days=29)
    s.destroy_epoch(2)
    s.wait(days=2)


@plant("P-13.1", "replaced-keys-are-destroyed", "the second epoch stays")
def _(s):
    s.rotate_keys(again=False)
    s.wait(days=10)
    s.rotate_keys(destroyed=False, again=False)
    s.wait(days=31)


@control("keys that were replaced four weeks ago")
def _(s):
    s.rotate_keys(destroyed=False, again=False)
    s.wait(days=28)


def stop_rotating(s):
    from community import Community
    s.due = [task for task in s.due if task[2] is not Community.rotate_keys]


@plant("P-13.1", "keys-are-replaced", "keys that are never replaced")
def _(s):
    stop_rotating(s)
    s.wait(days=100)


@plant("P-13.1", "keys-are-replaced", "keys that are replaced once")
def _(s):
    stop_rotating(s)
    s.wait(days=40)
    s.rotate_keys(again=False)
    s.wait(days=100)


@plant("P-13.1", "keys-are-replaced", "keys in use when a version has shortened the time")
def _(s):
    stop_rotating(s)
    rules = rules_of("policies", "2019-08-18")
    rules["retention"]["keyRotation"] = "P30D"
    s.publish_policy("2024-04-10", "minor", rules=rules)
    s.wait(days=40)


@control("keys that are replaced four days late")
def _(s):
    stop_rotating(s)
    s.wait(days=68)


# P-16.7


@plant("P-16.7", "viewings-are-justified", "a moderator views a member as an administrator")
def _(s):
    s.view(s.gun, f"member:{s.moa}")


@plant("P-16.7", "viewings-are-justified", "an auditor views one who has left")
def _(s):
    s.grant("auditor", s.gun)
    s.close(s.edit)
    s.wait(days=2)
    s.view(s.edit, f"member:{s.gun}", "auditor", "audit")


@plant("P-16.7", "viewings-are-justified", "an auditor views one who is suspended")
def _(s):
    s.grant("auditor", s.gun)
    s.deactivate(s.edit, s.astrid)
    s.view(s.edit, f"member:{s.gun}", "auditor", "audit")


@plant("P-16.7", "viewings-are-justified", "an administrator views one whose time is out")
def _(s):
    s.close(s.edit)
    # The hour before the job comes.
    s.due = [task for task in s.due if task[0] < s.now + 366 * 86_400_000]
    s.wait(months=12, minutes=-5)
    s.due.clear()
    s.wait(minutes=70)
    s.view(s.edit, f"member:{s.astrid}")


@plant("P-16.7", "viewings-are-justified", "an administrator views one who is erased")
def _(s):
    s.close(s.edit)
    s.wait(months=12, days=2)
    s.view(s.edit, f"member:{s.astrid}")


@plant("P-16.7", "viewings-are-justified", "one who was an administrator views a member")
def _(s):
    s.add("accounts.role-revoked", "staff", {"member": s.berit, "role": "administrator"}, actor=f"member:{s.astrid}")
    s.view(s.gun, f"member:{s.berit}")


@control("viewings in the role that one has")
def _(s):
    s.grant("auditor", s.gun)
    s.view(s.edit, f"member:{s.gun}", "auditor", "audit")
    s.close(s.edit)
    s.wait(days=2)
    s.view(s.edit, f"member:{s.berit}", reason="restoring")
    s.view(s.edit, "operator")
