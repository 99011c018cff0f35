"""Posts, messages, reading and removals."""
from planting import control, plant

# P-06.2


@plant("P-06.2", "staff-read-only-reported", "a message that nobody reported")
def _(s):
    s.open_message(s.astrid, s.conversation, s.message(s.edit, s.conversation))


@plant("P-06.2", "staff-read-only-reported", "a message that was reported afterwards")
def _(s):
    message = s.message(s.edit, s.conversation)
    s.open_message(s.astrid, s.conversation, message)
    s.report_message(s.disa, s.conversation, message)


@plant("P-06.2", "staff-read-only-reported", "a reported message, opened by a moderator")
def _(s):
    s.open_message(s.moa, s.conversation, s.message_sent)


@plant("P-06.2", "staff-read-only-reported", "a reported message, opened by one who was an administrator")
def _(s):
    s.add("accounts.role-revoked", "staff", {"member": s.berit, "role": "administrator"}, actor=f"member:{s.astrid}")
    s.open_message(s.berit, s.conversation, s.message_sent)


# P-06.3


@plant("P-06.3", "deleted-texts-go", "a deleted post that stays")
def _(s):
    s.delete_post(s.edit, s.second, erased=False)
    s.wait(days=8)


@plant("P-06.3", "deleted-texts-go", "a deleted message that stays")
def _(s):
    message = s.message(s.edit, s.conversation)
    s.add("messages.message-deleted", s.conversation, {"message": message[8:]}, actor=f"member:{s.edit}")
    s.wait(days=8)


@plant("P-06.3", "deleted-texts-go", "a deleted version that stays")
def _(s):
    s.revise(s.edit, s.second, 2)
    s.revise(s.edit, s.second, 3)
    s.add("forum.revision-deleted", s.second, {"revision": 2}, actor=f"member:{s.edit}")
    s.wait(days=8)


@plant("P-06.3", "deleted-texts-go", "a post that is erased on the second day")
def _(s):
    s.delete_post(s.edit, s.second, erased=False)
    s.wait(days=2)
    s.complete_deletion(s.second)


@plant("P-06.3", "deleted-texts-go", "a post that comes back after nine days of a report")
def _(s):
    s.open_case(s.frida, "report", post=s.second[5:], reason="abuse")
    case = list(s.parties)[-1]
    s.reply(case, s.astrid)
    s.delete_post(s.edit, s.second, erased=False)
    s.wait(days=9)
    s.add("forum.post-restored", s.second, actor=f"member:{s.edit}")


@plant("P-06.3", "deleted-texts-go", "a completion that erases nothing")
def _(s):
    s.delete_post(s.edit, s.second, erased=False)
    s.wait(days=7, minutes=5)
    s.complete_deletion(s.second, fence=s.new("fence")[6:])


@plant("P-06.3", "deleted-texts-go", "a completion that forgets the second version")
def _(s):
    s.revise(s.edit, s.second, 2)
    s.delete_post(s.edit, s.second)
    s.wait(days=8)


@plant("P-06.3", "deleted-texts-go", "a deleted post of one who is held, whose deletion is not completed")
def _(s):
    s.hold(s.edit, s.astrid, s.berit, "2024-09-01")
    s.delete_post(s.edit, s.second, erased=False)
    s.wait(days=8)


@control("a deleted post of one who is held, whose erasure is put off")
def _(s):
    s.hold(s.edit, s.astrid, s.berit, "2024-09-01")
    s.delete_post(s.edit, s.second, erased=False)
    s.wait(days=7, minutes=5)
    command, fence = s.command(), s.new("fence")[6:]
    s.add("forum.post-deletion-completed", s.second, {"fence": fence}, command=command)
    s.add("erasure.deferred", f"held-member:{s.edit}", {"fence": fence, "subjects": [s.second]}, command=command)
    s.wait(days=8)


@control("a deleted post that is reported, and gone when the report is decided")
def _(s):
    case = s.open_case(s.frida, "report", post=s.second[5:], reason="abuse")
    s.delete_post(s.edit, s.second, erased=False)
    s.wait(hours=20)
    s.reply(case, s.astrid)
    s.wait(days=10)
    s.decide(case, s.moa, affected=s.edit)
    s.wait(minutes=50)
    s.complete_deletion(s.second)
    s.wait(days=1)


@control("a deleted post that came back in time")
def _(s):
    s.delete_post(s.edit, s.second)
    s.wait(days=6)
    s.add("forum.post-restored", s.second, actor=f"member:{s.edit}")
    s.wait(days=20)


# P-06.4


@plant("P-06.4", "reading-is-no-event", "what somebody has read in a conversation")
def _(s):
    s.add("messages.read", s.conversation, {"member": s.edit, "through": 1}, actor=f"member:{s.edit}")


@plant("P-06.4", "reading-is-no-event", "which notifications somebody has read")
def _(s):
    s.add("notices.read", f"notices:{s.edit}", {"through": 12}, actor=f"member:{s.edit}")


@plant("P-06.4", "reading-is-no-event", "which notification somebody has opened")
def _(s):
    s.add("notices.opened", f"notices:{s.edit}", {"notice": 12}, actor=f"member:{s.edit}")


# P-08.2


def report(s, opener, post, **more):
    return s.open_case(opener, "report", post=post[5:], reason="abuse", **more)


def decide_removal(s, staff, case, post, author, *, removed_by=None):
    command = s.command()
    s.decide(case, staff, command=command, affected=author)
    s.add("forum.post-removed", post, {"reason": "abuse"}, actor=f"member:{removed_by or staff}", command=command)


@plant("P-08.2", "nobody-judges-own-matter", "a moderator decides her own report")
def _(s):
    s.decide(report(s, s.moa, s.second), s.moa, affected=s.edit)


@plant("P-08.2", "nobody-judges-own-matter", "a moderator rejects a report of her own post")
def _(s):
    post = s.post(s.moa, s.talk)
    s.decide(report(s, s.edit, post), s.moa, "rejected", affected=s.moa)


@plant("P-08.2", "nobody-judges-own-matter", "an administrator decides a dispute with herself")
def _(s):
    case = s.open_case(s.edit, "dispute", other=s.astrid)
    s.reply(case, s.berit, "both")
    s.decide(case, s.astrid, "rejected", erased_after=36)


@plant("P-08.2", "nobody-judges-own-matter", "a moderator judges the appeal against her decision")
def _(s):
    case = report(s, s.frida, s.second)
    s.decide(case, s.moa, affected=s.edit)
    s.wait(days=1)
    s.appeal(case, s.edit, "other")
    s.wait(hours=2)
    s.decide(case, s.moa, "rejected")


def reject_appeal(s, member, staff):
    stream = f"member:{member}"
    s.add("accounts.appealed", stream, actor="visitor", subject=s.new("statement"), owner=stream)
    s.wait(hours=2)
    s.add("accounts.appeal-rejected", stream, actor=f"member:{staff}", subject=s.new("statement"), owner=stream)


@plant("P-08.2", "nobody-judges-own-matter", "an administrator rejects the appeal against her own suspension")
def _(s):
    s.deactivate(s.edit, s.astrid)
    s.wait(days=1)
    reject_appeal(s, s.edit, s.astrid)


@plant("P-08.2", "nobody-judges-own-matter", "an administrator closes her own account for breach")
def _(s):
    s.close(s.berit, "breach", actor=f"member:{s.berit}")


@control("an appeal that another judges")
def _(s):
    case = report(s, s.frida, s.second)
    s.decide(case, s.moa, affected=s.edit)
    s.wait(days=1)
    s.appeal(case, s.edit, "other")
    s.wait(hours=2)
    s.decide(case, s.astrid, "rejected")
    s.deactivate(s.edit, s.astrid)
    s.wait(days=1)
    reject_appeal(s, s.edit, s.berit)


@plant("P-08.2", "removals-are-cases", "a moderator removes a post without a case")
def _(s):
    s.add("forum.post-removed", s.second, {"reason": "abuse"}, actor=f"member:{s.moa}")


@plant("P-08.2", "removals-are-cases", "a moderator removes a post before she decides")
def _(s):
    case = report(s, s.frida, s.second)
    s.add("forum.post-removed", s.second, {"reason": "abuse"}, actor=f"member:{s.moa}")
    s.wait(hours=1)
    s.decide(case, s.moa, affected=s.edit)


@plant("P-08.2", "removals-are-cases", "another member removes a post")
def _(s):
    s.add("forum.post-removed", s.second, {"reason": "abuse"}, actor=f"member:{s.disa}")


@control("a post that is removed with the decision")
def _(s):
    decide_removal(s, s.moa, report(s, s.frida, s.second), s.second, s.edit)


# P-16.1


@plant("P-16.1", "only-members-sign-in", "one signs in who has left")
def _(s):
    s.close(s.edit)
    s.wait(days=1)
    s.sign_in(s.edit)


@plant("P-16.1", "only-members-sign-in", "one signs in who is suspended")
def _(s):
    s.deactivate(s.edit, s.astrid)
    s.wait(days=9)
    s.sign_in(s.edit)


@plant("P-16.1", "only-members-sign-in", "one signs in who has not confirmed")
def _(s):
    s.sign_in(s.sign_up("ida"))


@control("one signs in after the suspension")
def _(s):
    s.deactivate(s.edit, s.astrid)
    s.wait(days=11)
    s.sign_in(s.edit)
    s.add("accounts.returned", f"member:{s.edit}", actor=f"member:{s.edit}")
    s.post(s.edit, s.talk)


@plant("P-16.1", "only-members-write", "one writes a post who has left")
def _(s):
    s.close(s.edit)
    s.wait(minutes=1)
    s.post(s.edit, s.talk)


@plant("P-16.1", "only-members-write", "one writes a message who is suspended")
def _(s):
    s.deactivate(s.edit, s.astrid)
    s.wait(days=11)
    s.message(s.edit, s.conversation)


@plant("P-16.1", "only-members-write", "one opens a thread who has not confirmed")
def _(s):
    s.thread(s.sign_up("ida"), s.forum)


# P-16.3: texts that go with the account


def leave(s, member, **choices):
    """She has left, and everything is erased by a purge that the plant makes."""
    s.close(member, purged=False, **choices)
    s.wait(months=12, minutes=10)


@plant("P-16.3", "chosen-texts-go", "posts that were to be erased stay")
def _(s):
    leave(s, s.edit, posts="erase")
    s.purge(s.edit)
    s.wait(days=2)


@plant("P-16.3", "chosen-texts-go", "messages that were to be erased stay")
def _(s):
    s.message(s.edit, s.conversation)
    leave(s, s.edit, messages="erase")
    s.purge(s.edit, posts=True)
    s.wait(days=2)


@plant("P-16.3", "chosen-texts-go", "a marked post stays")
def _(s):
    leave(s, s.edit, marked=[s.second])
    s.purge(s.edit)
    s.wait(days=2)


@plant("P-16.3", "chosen-texts-go", "posts stay by the choice that she had changed")
def _(s):
    s.close(s.edit, purged=False)
    s.wait(days=20)
    s.add(
        "accounts.texts-chosen", f"member:{s.edit}", {"erasing": [], "messages": "anonymise", "posts": "erase"}, schema=2,
        actor="visitor")
    s.wait(months=12)
    s.purge(s.edit)
    s.wait(days=2)


@plant("P-16.3", "chosen-texts-go", "a removed post stays")
def _(s):
    decide_removal(s, s.moa, report(s, s.frida, s.second), s.second, s.edit)
    leave(s, s.edit)
    s.purge(s.edit)
    s.wait(days=2)


@control("posts that were to be erased, a removed one and a marked thread, all gone")
def _(s):
    decide_removal(s, s.moa, report(s, s.frida, s.second), s.second, s.edit)
    leave(s, s.edit)
    s.purge(s.edit, subjects=[s.second])
    leave(s, s.disa, posts="erase", messages="erase")
    s.purge(s.disa, posts=True, messages=True)
    s.wait(days=2)
