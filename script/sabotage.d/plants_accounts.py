"""Versions, acceptances, registration, passwords and mail."""
from community import FORM, later, moment, rules_of, text_of
from planting import control, plant

# P-00.1


@plant("P-00.1", "versions-begin-on-their-day", "a version that nobody published")
def _(s):
    s.add("accounts.policy-in-force", "privacy-policy", {"version": "2024-03-20"})


@plant("P-00.1", "versions-begin-on-their-day", "a version of the terms on the day before")
def _(s):
    s.publish_terms("2024-05-01", "minor", in_force=False)
    s.wait(moment("2024-04-29 12:00"))
    s.add("accounts.terms-in-force", "member-terms", {"version": "2024-05-01"})


@plant("P-00.1", "versions-begin-on-their-day", "a version twice")
def _(s):
    s.add("accounts.policy-in-force", "privacy-policy", {"version": "2019-08-18"})


@plant("P-00.1", "versions-begin-on-their-day", "a published version that does not begin")
def _(s):
    s.publish_policy("2024-04-10", "minor", in_force=False)
    s.wait(moment("2024-04-10 06:00"))


@control("a version that begins on its day, an hour late")
def _(s):
    s.publish_policy("2024-04-10", "minor", in_force=False)
    s.wait(moment("2024-04-09 23:00"))
    s.add("accounts.policy-in-force", "privacy-policy", {"version": "2024-04-10"})


# P-01.1


def apply(s, name, *, policy=None, terms=None, both=True, consent=None):
    """A sign-up whose acceptances are not as they should be."""
    from forged_log import identifier
    member = identifier(f"member {name}")
    stream, command = f"member:{member}", s.command()
    s.addresses[member], s.credentials[member] = s.new("email"), s.new("credential")
    sealed = dict(actor="visitor", command=command, owner=stream)
    s.add("accounts.signed-up", stream, subject=s.new("identity"), **sealed)
    s.add("accounts.email-given", stream, subject=s.addresses[member], **sealed)
    s.add("accounts.password-set", stream, {"cause": "chosen"}, subject=s.credentials[member], **sealed)
    for text, (version, digest) in (("policy", policy or s.policy), ("terms", terms or s.terms)):
        if both or text == "policy":
            s.add(
                f"accounts.{text}-accepted", stream, {"form": FORM, "text": digest, "version": version}, actor="visitor",
                command=command)
    s.at(later(s.now, days=7), lambda site: site.lapse(member))
    return member


@plant("P-01.1", "accepted-versions-were-in-force", "a version that does not exist")
def _(s):
    s.confirm(apply(s, "ida", policy=("2018-01-01", s.policy[1])))


@plant("P-01.1", "accepted-versions-were-in-force", "the right version of the terms with another text")
def _(s):
    s.confirm(apply(s, "ida", terms=(s.terms[0], FORM)))


@plant("P-01.1", "accepted-versions-were-in-force", "the version before the one in force")
def _(s):
    old = s.policy
    s.publish_policy("2024-04-10", "minor", text=text_of("policies", "2019-08-18") + "\nMer.\n")
    s.wait(moment("2024-04-10 12:00"))
    s.confirm(apply(s, "ida", policy=old))


@plant("P-01.1", "accepted-versions-were-in-force", "a version that begins tomorrow")
def _(s):
    s.publish_terms("2024-04-10", "minor")
    s.wait(moment("2024-04-09 12:00"))
    import hashlib
    text = text_of("terms", "2019-08-18") + "\n2024-04-10\n"
    s.confirm(apply(s, "ida", terms=("2024-04-10", hashlib.sha256(text.encode()).hexdigest())))


@plant("P-01.1", "members-accepted-both-texts", "a member who accepted the policy only")
def _(s):
    s.confirm(apply(s, "ida", both=False))


@plant("P-01.1", "members-accepted-both-texts", "a member who accepted the policy twice")
def _(s):
    member = apply(s, "ida", both=False)
    s.add(
        "accounts.policy-accepted", f"member:{member}", {"form": FORM, "text": s.policy[1], "version": s.policy[0]}, actor="visitor")
    s.confirm(member)


@plant("P-01.1", "members-accepted-both-texts", "a member who accepted the terms after she was confirmed")
def _(s):
    member = apply(s, "ida", both=False)
    s.confirm(member)
    s.add(
        "accounts.terms-accepted", f"member:{member}", {"form": FORM, "text": s.terms[1], "version": s.terms[0]},
        actor=f"member:{member}")


@plant("P-01.1", "consents-are-ones-own", "an administrator consents for a member")
def _(s):
    s.consent(s.edit, "visible-name", actor=f"member:{s.astrid}")


@plant("P-01.1", "consents-are-ones-own", "a visitor consents for a member")
def _(s):
    s.consent(s.edit, "register-lookup", actor="visitor")


@plant("P-01.1", "consents-are-ones-own", "one consents who has left")
def _(s):
    s.close(s.edit)
    s.wait(days=1)
    s.consent(s.edit, "visible-name")


@plant("P-01.1", "consents-are-ones-own", "what was never given is withdrawn")
def _(s):
    s.add("accounts.consent-withdrawn", f"member:{s.edit}", {"purpose": "visible-name"}, actor=f"member:{s.edit}")


@plant("P-01.1", "consents-are-ones-own", "what was given is withdrawn twice")
def _(s):
    for _ in range(2):
        s.add("accounts.consent-withdrawn", f"member:{s.frida}", {"purpose": "visible-name"}, actor=f"member:{s.frida}")


# P-01.3


def change(s, what="policy", kind="major", *, mailed=True, version="2024-05-01", skip=()):
    if what == "policy":
        position = s.publish_policy(version, kind, text=text_of("policies", "2019-08-18") + f"\n{version}\n")
    else:
        position = s.publish_terms(version, kind)
    if mailed:
        s.wait(minutes=5)
        for member in (s.astrid, s.berit, s.moa, s.disa, s.edit, s.frida, s.gun):
            if member not in skip:
                s.mail(f"{what}-changed", member, asked=position)
    return position


def accept(s, member, what="policy"):
    version, digest = getattr(s, what)
    s.add(f"accounts.{what}-accepted", f"member:{member}", {"form": FORM, "text": digest, "version": version}, actor=f"member:{member}")


@plant("P-01.3", "nobody-writes-before-accepting", "a post before the new policy is accepted")
def _(s):
    change(s)
    s.wait(moment("2024-05-02 12:00"))
    s.post(s.edit, s.talk)


@plant("P-01.3", "nobody-writes-before-accepting", "a thread before the new terms are accepted")
def _(s):
    change(s, "terms")
    s.wait(moment("2024-05-01 00:30"))
    s.thread(s.edit, s.forum)


@plant("P-01.3", "nobody-writes-before-accepting", "a post by one who accepted the first of two")
def _(s):
    change(s, version="2024-05-01")
    s.wait(moment("2024-05-02 12:00"))
    accept(s, s.edit)
    change(s, version="2024-06-01")
    s.wait(moment("2024-06-02 12:00"))
    s.post(s.edit, s.talk)


@plant("P-01.3", "nobody-writes-before-accepting", "a deletion after a minor version that came upon a major one")
def _(s):
    change(s, version="2024-05-01")
    change(s, version="2024-05-20", kind="minor", mailed=False)
    s.wait(moment("2024-05-21 12:00"))
    s.delete_post(s.disa, s.first)


@control("posts after accepting, and under a minor version")
def _(s):
    change(s)
    s.wait(moment("2024-05-02 12:00"))
    accept(s, s.edit)
    s.post(s.edit, s.talk)
    change(s, "terms", "minor", version="2024-06-01", mailed=False)
    s.wait(moment("2024-06-02 12:00"))
    s.post(s.edit, s.talk)


@plant("P-01.3", "major-changes-are-mailed", "a new policy that nobody is told")
def _(s):
    change(s, mailed=False)
    s.wait(days=8)


@plant("P-01.3", "major-changes-are-mailed", "new terms that one member is not told")
def _(s):
    change(s, "terms", skip=[s.frida])
    s.wait(days=8)


@plant("P-01.3", "major-changes-are-mailed", "mails about the terms in place of the policy")
def _(s):
    position = change(s, mailed=False)
    for member in (s.astrid, s.berit, s.moa, s.disa, s.edit, s.frida, s.gun):
        s.mail("terms-changed", member, asked=position)
    s.wait(days=8)


@control("a new policy, six days ago, that nobody is told yet")
def _(s):
    change(s, mailed=False)
    s.wait(days=6)


@control("a member who leaves before she is told")
def _(s):
    change(s, skip=[s.frida])
    s.close(s.frida)
    s.wait(days=9)


# P-06.1


@plant("P-06.1", "sign-ups-lapse", "a sign-up that stays")
def _(s):
    s.sign_up("ida", lapses=False)
    s.wait(days=8)


@plant("P-06.1", "sign-ups-lapse", "one that waits for review for too long")
def _(s):
    member = s.sign_up("ida", lapses=False)
    s.add("accounts.review-requested", f"member:{member}", {"reason": "number-taken"}, actor="visitor")
    s.wait(days=31)


@plant("P-06.1", "sign-ups-lapse", "a rejected one that stays")
def _(s):
    member = s.sign_up("ida", lapses=False)
    s.add("accounts.review-requested", f"member:{member}", {"reason": "number-taken"}, actor="visitor")
    s.wait(days=1)
    s.add("accounts.review-rejected", f"member:{member}", {"reason": "number-not-proved"}, actor=f"member:{s.astrid}")
    s.wait(days=8)


@plant("P-06.1", "sign-ups-lapse", "one is confirmed a second time")
def _(s):
    s.confirm(s.edit)


@plant("P-06.1", "sign-ups-lapse", "one is confirmed who was rejected")
def _(s):
    member = s.sign_up("ida", lapses=False)
    s.add("accounts.review-requested", f"member:{member}", {"reason": "number-taken"}, actor="visitor")
    s.add("accounts.review-rejected", f"member:{member}", {"reason": "withdrawn"}, actor=f"member:{s.astrid}")
    s.confirm(member)


@control("one that waits for review for ten days")
def _(s):
    member = s.sign_up("ida", lapses=False)
    s.add("accounts.review-requested", f"member:{member}", {"reason": "number-taken"}, actor="visitor")
    s.wait(days=10)


# P-08.1


@plant("P-08.1", "events-have-a-purpose", "a type that the register does not name")
def _(s):
    s.add("accounts.shoe-size-given", f"member:{s.edit}", actor=f"member:{s.edit}")


@plant("P-08.1", "events-have-a-purpose", "a schema that is too new")
def _(s):
    s.add("operation.backup-begun", "backups", {"head": 3, "id": s.new("backup")[7:]}, schema=2)


@plant("P-08.1", "events-have-a-purpose", "a type in a stream of nobody")
def _(s):
    s.add("marketing.profile-built", "marketing", {"count": 3})


# P-12.2


@plant("P-12.2", "compromised-need-new-password", "a sign-in right after the report")
def _(s):
    s.report_compromise(s.edit)
    s.wait(hours=1)
    s.sign_in(s.edit)


@plant("P-12.2", "compromised-need-new-password", "a sign-in after a second report")
def _(s):
    s.report_compromise(s.edit)
    s.wait(hours=1)
    s.set_password(s.edit, "reset")
    s.sign_in(s.edit)
    s.report_compromise(s.edit)
    s.wait(hours=1)
    s.sign_in(s.edit)


@plant("P-12.2", "compromised-need-new-password", "a sign-in after another member's new password")
def _(s):
    s.report_compromise(s.edit)
    s.set_password(s.frida)
    s.wait(hours=1)
    s.sign_in(s.edit)


@control("a sign-in after the report and a new password")
def _(s):
    s.report_compromise(s.edit)
    s.wait(hours=1)
    s.set_password(s.edit, "reset")
    s.sign_in(s.edit)


@plant("P-12.2", "replaced-addresses-go", "an address that stays after a week")
def _(s):
    s.change_address(s.edit, settled=False)
    s.wait(days=8)


@plant("P-12.2", "replaced-addresses-go", "another address is erased in its place")
def _(s):
    s.change_address(s.edit, settled=False)
    s.wait(days=3)
    s.fence(subjects=[s.addresses[s.edit]])
    s.wait(days=5)


@plant("P-12.2", "replaced-addresses-go", "the second change of two")
def _(s):
    s.change_address(s.edit)
    s.wait(days=20)
    s.change_address(s.edit, settled=False)
    s.wait(days=8)


@plant("P-12.2", "replaced-addresses-go", "the first address of two that were replaced in one week")
def _(s):
    s.change_address(s.edit, settled=False)
    s.wait(days=2)
    s.change_address(s.edit)
    s.wait(days=9)


@control("an address that was replaced six days ago")
def _(s):
    s.change_address(s.edit)
    s.wait(days=6)


@control("a change of address that was undone")
def _(s):
    s.change_address(s.edit, settled=False)
    s.wait(days=1)
    command, new = s.command(), s.addresses[s.edit]
    s.add("accounts.email-change-undone", f"member:{s.edit}", actor="visitor", command=command)
    s.fence(subjects=[new], command=command, actor="visitor")
    s.wait(days=20)


# P-14.1


@plant("P-14.1", "replaced-passwords-are-erased", "a replaced password that stays")
def _(s):
    s.set_password(s.edit, erased=False)


@plant("P-14.1", "replaced-passwords-are-erased", "a reported password that stays")
def _(s):
    s.report_compromise(s.edit, erased=False)


def enable(s, member):
    factor, codes = s.new("credential"), s.new("credential")
    stream = f"member:{member}"
    s.add("accounts.two-factor-enabled", stream, {"step": 59104680}, actor=stream, subject=factor, owner=stream)
    s.add("accounts.recovery-codes-made", stream, actor=stream, subject=codes, owner=stream)
    return factor, codes


@plant("P-14.1", "replaced-passwords-are-erased", "a second factor is switched off, and its codes stay")
def _(s):
    factor, _ = enable(s, s.edit)
    s.wait(hours=1)
    command = s.command()
    s.add("accounts.two-factor-disabled", f"member:{s.edit}", actor=f"member:{s.edit}", command=command)
    s.fence(subjects=[factor], command=command)


@plant("P-14.1", "replaced-passwords-are-erased", "new recovery codes, and the old ones stay")
def _(s):
    enable(s, s.edit)
    s.wait(hours=1)
    s.add(
        "accounts.recovery-codes-made", f"member:{s.edit}", actor=f"member:{s.edit}", subject=s.new("credential"), owner=f"member:{s.edit}")


@control("a second factor is switched off, and both are erased")
def _(s):
    subjects = enable(s, s.edit)
    s.wait(hours=1)
    command = s.command()
    s.add("accounts.two-factor-disabled", f"member:{s.edit}", actor=f"member:{s.edit}", command=command)
    s.fence(subjects=list(subjects), command=command)


@plant("P-14.1", "numbers-are-sealed", "a number of twelve digits")
def _(s):
    s.add("operation.keys-backed-up", "keys", {"epoch": 1, "note": test_number(0)})


@plant("P-14.1", "numbers-are-sealed", "a number with a sign before the last four")
def _(s):
    number = test_number(1)
    s.add("operation.keys-backed-up", "keys", {"epoch": 1, "note": number[2:8] + "-" + number[8:]})


@plant("P-14.1", "numbers-are-sealed", "a number of ten digits in a list")
def _(s):
    s.add("operation.key-epoch-destroyed", "keys", {"epoch": 0, "list": ["1", test_number(2)[2:]]})


@control("digits that are no number, since check digit or date are wrong")
def _(s):
    number = test_number(3)
    wrong = number[:11] + str((int(number[11]) + 1) % 10)
    s.add("operation.keys-backed-up", "keys", {"epoch": 1, "note": wrong, "other": number[:4] + "13" + number[6:]})


def test_number(index):
    """One of the numbers that the tax agency publishes for tests."""
    from forged_log import ROOT
    lines = [line.strip() for line in (ROOT / "Fixtures/test-personal-identity-numbers.txt").read_text().splitlines()]
    numbers = [line for line in lines if line.isdigit() and len(line) == 12]
    return numbers[index * 7]


# P-08.4, P-09.2, P-15


@plant("P-08.4", "case-mails-are-never-switched-off", "an answer in a case is held back")
def _(s):
    s.mail("case-replied", s.edit, event="suppressed", reason="switched-off")


@plant("P-08.4", "case-mails-are-never-switched-off", "a decision in a case is held back")
def _(s):
    s.mail("case-decided", s.edit, event="suppressed", reason="switched-off")


@plant("P-08.4", "case-mails-are-never-switched-off", "a longer time in a case is held back")
def _(s):
    s.mail("case-extended", s.frida, event="suppressed", reason="switched-off")


@control("an answer in a case that is moot")
def _(s):
    s.mail("case-replied", s.edit, event="suppressed", reason="moot")


@plant("P-09.2", "newsletters-follow-a-yes", "a newsletter to one who said no")
def _(s):
    s.mail("newsletter", s.edit)


@plant("P-09.2", "newsletters-follow-a-yes", "a newsletter to one who has changed her mind")
def _(s):
    s.answer_newsletter(s.gun, False)
    s.mail("newsletter", s.gun)


@plant("P-09.2", "newsletters-follow-a-yes", "a newsletter whose yes came after it was checked")
def _(s):
    checked = len(s.log.events)
    s.answer_newsletter(s.edit, True)
    s.mail("newsletter", s.edit, checked=checked)


@control("a newsletter that was checked before the no")
def _(s):
    checked = len(s.log.events)
    s.answer_newsletter(s.gun, False)
    s.mail("newsletter", s.gun, checked=checked)


@plant("P-15.1", "mails-follow-choices", "a mail about a message to one who chose none")
def _(s):
    s.choose_mail(s.edit, "private-message", "no")
    s.mail("new-message", s.edit)


@plant("P-15.1", "mails-follow-choices", "a mail about a reply that nobody chose")
def _(s):
    s.mail("new-reply", s.edit)


@plant("P-15.1", "mails-follow-choices", "a mail about a mention after the choice was taken back")
def _(s):
    s.choose_mail(s.edit, "mention", "yes")
    s.mail("new-mention", s.edit)
    s.choose_mail(s.edit, "mention", "unset")
    s.mail("new-mention", s.edit)


@plant("P-15.1", "mails-follow-choices", "the daily mail to one who chose none")
def _(s):
    s.mail("digest", s.edit)


@plant("P-15.1", "mails-follow-choices", "a mail about a message under a version that sends none without a choice")
def _(s):
    rules = rules_of("policies", "2019-08-18")
    rules["mail"]["privateMessageNotice"] = "off"
    s.publish_policy("2024-04-10", "minor", rules=rules)
    s.wait(moment("2024-04-11 12:00"))
    s.mail("new-message", s.edit)


@control("mails as chosen")
def _(s):
    s.choose_mail(s.edit, "quote", "yes")
    s.mail("new-quote", s.edit)
    checked = len(s.log.events)
    s.choose_mail(s.edit, "quote", "no")
    s.mail("new-quote", s.edit, checked=checked)
    s.choose_mail(s.edit, "watched", "daily")
    s.mail("digest", s.edit)


@plant("P-15.2", "mails-reach-members-only", "a mail to one who has left")
def _(s):
    s.close(s.edit)
    s.wait(hours=1)
    s.mail("new-message", s.edit)


@plant("P-15.2", "mails-reach-members-only", "a mail to one who is suspended")
def _(s):
    s.deactivate(s.edit, s.astrid)
    s.wait(hours=1)
    s.mail("new-message", s.edit)


def bounce(s, member, severity="hard"):
    s.add("mail.bounced", f"mailbox:{member}", {
        "address": s.addresses[member], "asked": 1, "detail": 1, "grade": 5 if severity == "hard" else 4, "kind": "new-message",
        "member": member, "severity": severity, "subject": 1})


@plant("P-15.2", "mails-reach-members-only", "a mail to an address that does not exist")
def _(s):
    bounce(s, s.edit)
    s.wait(hours=1)
    s.mail("new-message", s.edit)


@plant("P-15.2", "mails-reach-members-only", "a newsletter to one who has not confirmed the address")
def _(s):
    member = s.sign_up("ida")
    s.answer_newsletter(member, True)
    s.mail("newsletter", member)


@control("a mail to an address that is tried again, and one that was full")
def _(s):
    bounce(s, s.edit)
    s.wait(hours=1)
    s.add("mail.address-retried", f"mailbox:{s.edit}", {"address": s.addresses[s.edit], "member": s.edit}, actor=f"member:{s.edit}")
    s.mail("new-message", s.edit)
    bounce(s, s.frida, "soft")
    s.mail("new-message", s.frida)
