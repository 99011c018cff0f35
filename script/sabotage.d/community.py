"""A small community that keeps its policy, written event by event: what becomes due happens in time, unless a plant says otherwise.

Each method appends what the site would append, and puts what follows later into `due`. `wait` lets time pass and does what has become due.
Times are milliseconds since 1970 UTC. Periods are added in UTC, which differs from Stockholm by at most the hour of a clock change.
"""
import calendar
import copy
import datetime
import hashlib

import rules_yaml
from forged_log import ROOT, ForgedLog, canonical, command_identifier, identifier

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
FORM = hashlib.sha256(b"form").hexdigest()
ABOUT_THE_PERSON = [
    "address", "credential", "email", "handling", "identity", "municipality", "register", "sign-in", "staff-name", "statement"]

MEMBERS = {
    "accounts.confirmed", "accounts.review-approved", "accounts.restored", "accounts.returned", "accounts.deactivated", "accounts.closed"}


def moment(text):
    """`2024-03-04 09:00`, in UTC."""
    return calendar.timegm(datetime.datetime.fromisoformat(text).timetuple()) * 1000


def later(time, months=0, days=0):
    """A month that lacks the day ends on its last."""
    date = datetime.datetime.fromtimestamp(time // 1000, datetime.timezone.utc)
    month = date.year * 12 + date.month - 1 + months
    year, month = month // 12, month % 12 + 1
    day = min(date.day, calendar.monthrange(year, month)[1])
    return calendar.timegm(date.replace(year=year, month=month, day=day).timetuple()) * 1000 + time % 1000 + days * DAY


def text_of(kind, version):
    name = {"policies": "policy.md", "terms": "terms.md"}[kind]
    return (ROOT / "Fixtures" / kind / version / name).read_text()


def rules_of(kind, version):
    return rules_yaml.read((ROOT / "Fixtures" / kind / version / "rules.yaml").read_text())


class Community:
    def __init__(self, start):
        self.log = ForgedLog(start)
        self.now = start
        self.due = []
        self.steps = self.tasks = 0
        self.policy = self.terms = None
        self.credentials, self.addresses, self.factors, self.codes = {}, {}, {}, {}
        self.parties = {}
        self.epoch = 1

    def copy(self):
        return copy.deepcopy(self)

    # Time

    def at(self, time, step):
        """`step` is called with the community when its time has come."""
        self.tasks += 1
        self.due.append((time, self.tasks, step))

    def wait(self, until=None, *, minutes=0, hours=0, days=0, months=0):
        until = later(self.now if until is None else until, months, days) + hours * HOUR + minutes * MINUTE
        while self.due and min(self.due)[0] <= until:
            task = min(self.due)
            self.due.remove(task)
            self.now = max(self.now, task[0])
            task[2](self)
        self.now = max(self.now, until)

    # Appending

    def command(self):
        self.steps += 1
        return command_identifier(f"command {self.steps}", self.now)

    def add(self, type, stream, clear=None, *, actor="system", command=None, schema=1, subject=None, owner=None):
        return self.log.append(
            type, stream, clear or {}, time=self.now, actor=actor, command=command or self.command(), schema=schema,
            subject=subject, owner=owner)

    def new(self, kind):
        self.steps += 1
        return f"{kind}:{identifier(f'{kind} {self.steps}')}"

    def fence(self, *, owner=None, kinds=None, subjects=None, command=None, actor="system", completed=True):
        """Returns the fence's id."""
        fence = self.new("fence")
        clear = {name: value for name, value in (("owner", owner), ("kinds", kinds), ("subjects", subjects)) if value}
        self.add("erasure.fenced", fence, clear, actor=actor, command=command)
        if completed:
            self.at(self.now + 2 * MINUTE, lambda site: site.complete(fence))
        return fence[6:]

    def complete(self, fence):
        self.add("erasure.completed", fence, {
            "files": ["log", "runtime", "vault", "views", "visits"], "fingerprint": FORM, "generations": 1, "keys": 1,
            "parts": ["claims", "ledger", "mail", "sessions", "tokens", "views", "visits"]})

    # Versions

    def publish_policy(self, version, change="major", *, text=None, rules=None, in_force=True):
        rules = copy.deepcopy(rules or rules_of("policies", "2019-08-18"))
        rules["version"], rules["change"] = version, change
        text = text or text_of("policies", "2019-08-18")
        digest = hashlib.sha256(text.encode()).hexdigest()
        position = self.add("accounts.policy-published", "privacy-policy", {
            "change": change, "hash": digest, "rules": canonical(rules), "text": text, "version": version}, actor="operator")
        if in_force:
            self.begin("policy", version, digest)
        return position

    def publish_terms(self, version, change="major", *, in_force=True):
        text = text_of("terms", "2019-08-18") + f"\n{version}\n"
        digest = hashlib.sha256(text.encode()).hexdigest()
        position = self.add("accounts.terms-published", "member-terms", {
            "change": change, "hash": digest, "text": text, "version": version}, actor="operator")
        if in_force:
            self.begin("terms", version, digest)
        return position

    def begin(self, what, version, digest):
        def step(site):
            setattr(site, what, (version, digest))
            stream = "privacy-policy" if what == "policy" else "member-terms"
            actor = "operator" if site.now < site.log.created + HOUR else "system"
            site.add(f"accounts.{what}-in-force", stream, {"version": version}, actor=actor)
        # The day begins at 22:00 or 23:00 UTC of the day before.
        self.at(max(self.now, moment(version + " 00:00")), step)
        self.wait()

    # Members

    def sign_up(self, name, *, lapses=True):
        member = identifier(f"member {name}")
        stream, command = f"member:{member}", self.command()
        visitor = dict(actor="visitor", command=command)
        self.addresses[member], self.credentials[member] = self.new("email"), self.new("credential")
        self.add("accounts.signed-up", stream, subject=self.new("identity"), owner=stream, **visitor)
        self.add("accounts.email-given", stream, subject=self.addresses[member], owner=stream, **visitor)
        self.add("accounts.password-set", stream, {"cause": "chosen"}, subject=self.credentials[member], owner=stream, **visitor)
        for text, (version, digest) in (("policy", self.policy), ("terms", self.terms)):
            self.add(f"accounts.{text}-accepted", stream, {"form": FORM, "text": digest, "version": version}, **visitor)
        self.add("accounts.newsletter-answered", stream, {"answer": False, "form": FORM}, schema=2, **visitor)
        if lapses:
            self.at(later(self.now, days=7), lambda site: site.lapse(member))
        return member

    def lapse(self, member):
        if self.phase(member) in ("accounts.signed-up", "accounts.review-requested", "accounts.review-rejected"):
            command = self.command()
            self.add("accounts.sign-up-lapsed", f"member:{member}", command=command)
            self.fence(owner=f"member:{member}", command=command)

    def phase(self, member):
        """The type of the last event that changed the member's phase."""
        changing = {
            "accounts.signed-up", "accounts.review-requested", "accounts.review-rejected", "accounts.review-approved",
            "accounts.confirmed", "accounts.closed", "accounts.deactivated", "accounts.returned", "accounts.restored",
            "accounts.sign-up-lapsed", "accounts.purged"}
        types = [e["type"] for e in self.log.events if e["stream"] == f"member:{member}" and e["type"] in changing]
        return types[-1] if types else None

    def confirm(self, member, number="held"):
        self.add("accounts.confirmed", f"member:{member}", {"number": number}, schema=2, actor="visitor")

    def join(self, name):
        member = self.sign_up(name)
        self.wait(hours=1)
        self.confirm(member)
        return member

    def grant(self, role, member):
        self.add("accounts.role-granted", "staff", {"member": member, "role": role}, actor="operator")

    def sign_in(self, member, *, erased=True):
        session = self.new("sign-in")
        position = self.add(
            "accounts.signed-in", session, {"member": member}, actor=f"member:{member}", subject=session,
            owner=f"member:{member}")
        if erased:
            self.at(later(self.now, months=6), lambda site: site.fence(subjects=[session]))
        return position

    def set_password(self, member, cause="changed", *, erased=True):
        old, self.credentials[member] = self.credentials.get(member), self.new("credential")
        command = self.command()
        actor = f"member:{member}" if cause == "changed" else "visitor"
        self.add(
            "accounts.password-set", f"member:{member}", {"cause": cause}, actor=actor, command=command,
            subject=self.credentials[member], owner=f"member:{member}")
        if old and erased:
            self.fence(subjects=[old], command=command, actor=actor)

    def report_compromise(self, member, *, erased=True):
        command, old = self.command(), self.credentials.pop(member)
        self.add("accounts.compromise-reported", f"member:{member}", actor=f"member:{member}", command=command)
        if erased:
            self.fence(subjects=[old], command=command, actor=f"member:{member}")

    def change_address(self, member, *, settled=True):
        old, new = self.addresses[member], self.new("email")
        stream = f"member:{member}"
        self.add("accounts.email-change-requested", stream, actor=stream, subject=new, owner=stream)
        self.wait(minutes=10)
        self.add("accounts.email-changed", stream, actor="visitor")
        self.addresses[member] = new
        if settled:
            self.at(later(self.now, days=7), lambda site: site.settle(member, old))
        return old

    def settle(self, member, old):
        command = self.command()
        self.add("accounts.email-change-settled", f"member:{member}", command=command)
        self.fence(subjects=[old], command=command)

    def consent(self, member, purpose, *, actor=None):
        self.add(
            "accounts.consent-given", f"member:{member}", {"form": FORM, "purpose": purpose}, actor=actor or f"member:{member}")

    def close(self, member, cause="own", *, posts="anonymise", messages="anonymise", marked=(), actor=None, purged=True,
              announced=True, reasons=True):
        stream = f"member:{member}"
        clear = {"cause": cause, "messages": messages, "posts": posts, "receipt": FORM}
        if marked:
            clear["marked"] = list(marked)
        actor = actor or {"own": stream, "unused": "system", "unreturned": "system", "duplicate": "system"}.get(cause)
        sealed = dict(subject=self.new("statement"), owner=stream) if cause == "breach" and reasons else {}
        position = self.add("accounts.closed", stream, clear, schema=2, actor=actor, **sealed)
        since = self.now
        if announced and cause != "duplicate":
            self.at(later(later(since, months=12), days=-30), lambda site: site.announce(member, since))
        if purged:
            self.at(later(since, months=6 if cause == "duplicate" else 12) + 5 * MINUTE, lambda site: site.purge(member, since=since))
        return position

    def closed_since(self, member):
        times = [e["time"] for e in self.log.events if e["stream"] == f"member:{member}" and e["type"] == "accounts.closed"]
        return times[-1] if times and self.phase(member) == "accounts.closed" else None

    def announce(self, member, since=None):
        if since in (None, self.closed_since(member)):
            self.add("accounts.purge-announced", f"member:{member}")

    def purge(self, member, *, since=None, order=None, posts=False, messages=False, subjects=(), fenced=True, kinds=None,
              actor="system"):
        if since not in (None, self.closed_since(member)):
            return
        command, owner = self.command(), f"member:{member}"
        self.add(
            "accounts.purged", owner, {"order": order} if order else {}, schema=2, command=command, actor=actor)
        kinds = kinds or ABOUT_THE_PERSON + (["post", "revision", "thread"] if posts else []) + (["message"] if messages else [])
        if fenced:
            self.fence(owner=owner, kinds=sorted(kinds), command=command, actor=actor)
        if subjects:
            self.fence(subjects=list(subjects), command=command, actor=actor)

    def restore(self, member, actor="visitor"):
        self.add("accounts.restored", f"member:{member}", actor=actor)

    def deactivate(self, member, administrator, *, days=10, reasons=True, closes=True):
        stream = f"member:{member}"
        sealed = dict(subject=self.new("statement"), owner=stream) if reasons else {}
        until = later(self.now, days=days)
        self.add("accounts.deactivated", stream, {"until": until}, actor=f"member:{administrator}", **sealed)
        if closes:
            self.at(later(until, months=6), lambda site: site.close_unreturned(member, until))
        return until

    def close_unreturned(self, member, until):
        suspended = [e for e in self.log.events if e["stream"] == f"member:{member}" and e["type"] == "accounts.deactivated"]
        if self.phase(member) == "accounts.deactivated" and f'"until":{until}' in suspended[-1]["clear"]:
            self.close(member, "unreturned")

    # Forum and messages

    def category(self, member):
        category = self.new("category")
        command = self.command()
        self.add(
            "forum.category-created", category, {"audience": "public"}, actor=f"member:{member}", command=command,
            subject=category, owner=category)
        self.add(
            "forum.categories-ordered", "forum-categories", {"categories": [category[9:]]}, actor=f"member:{member}", command=command)
        return category

    def thread(self, author, category):
        thread, post, command = self.new("thread"), self.new("post"), self.command()
        self.add(
            "forum.thread-opened", thread, {"author": author, "category": category[9:], "first": post[5:]},
            actor=f"member:{author}", command=command, subject=thread, owner=f"member:{author}")
        self.publish(author, thread, post, command)
        return thread, post

    def post(self, author, thread):
        post = self.new("post")
        self.publish(author, thread, post, self.command())
        return post

    def publish(self, author, thread, post, command):
        return self.add(
            "forum.post-published", post, {"author": author, "thread": thread[7:]}, schema=2, actor=f"member:{author}",
            command=command, subject=post, owner=f"member:{author}")

    def revise(self, author, post, number):
        revision = self.new("revision")
        self.add(
            "forum.post-revised", post, {"author": author, "revision": number}, schema=2, actor=f"member:{author}",
            subject=revision, owner=f"member:{author}")
        return revision

    def delete_post(self, author, post, *, erased=True):
        self.add("forum.post-deleted", post, actor=f"member:{author}")
        if erased:
            self.at(later(self.now, days=7), lambda site: site.complete_deletion(post))

    def complete_deletion(self, post, *, subjects=None, fence=None):
        last = [e["type"] for e in self.log.events if e["stream"] == post and e["type"] in ("forum.post-deleted", "forum.post-restored")]
        if last[-1:] == ["forum.post-restored"]:
            return
        command = self.command()
        fence = fence or self.fence(subjects=subjects or [post], command=command)
        self.add("forum.post-deletion-completed", post, {"fence": fence}, command=command)

    def converse(self, author, other):
        conversation = self.new("conversation")
        command = self.command()
        self.add(
            "messages.conversation-begun", conversation, {"by": author, "with": [other]}, actor=f"member:{author}", command=command)
        return conversation, self.message(author, conversation, command)

    def message(self, author, conversation, command=None):
        message = self.new("message")
        self.add(
            "messages.sent", conversation, {"author": author, "message": message[8:]}, actor=f"member:{author}", command=command,
            subject=message, owner=f"member:{author}")
        return message

    def report_message(self, reporter, conversation, message):
        self.add(
            "messages.reported", conversation, {"message": message[8:], "reason": "abuse", "reporter": reporter},
            actor=f"member:{reporter}")

    def open_message(self, staff, conversation, message):
        return self.add(
            "messages.opened-by-staff", conversation, {"message": message[8:], "reason": "report"}, actor=f"member:{staff}")

    # Cases

    def open_case(self, opener, matter="support", *, channel="page", actor=None, command=None, **clear):
        case = self.new("case")
        fields = {"channel": channel, "matter": matter, **clear}
        if opener:
            fields["opener"] = opener
        statement = self.new("statement")
        owner = f"party:{opener}" if opener else case
        actor = actor or (f"member:{opener}" if opener else "visitor")
        self.add("cases.opened", case, fields, actor=actor, command=command, subject=statement, owner=owner)
        self.parties[case] = [statement]
        return case

    def state(self, case, party="opener", member=None, *, asks=True):
        statement = self.new("statement")
        self.add(
            "cases.stated", case, {"asks": asks, "channel": "page", "party": party},
            actor=f"member:{member}" if member else "visitor", subject=statement, owner=f"party:{member}" if member else case)
        self.parties[case].append(statement)

    def reply(self, case, staff, to="opener", *, awaits=False):
        self.add(
            "cases.replied", case, {"awaits": awaits, "to": to}, actor=f"member:{staff}", subject=self.new("statement"), owner=case)

    def close_case(self, case, staff, *, erased_after=12):
        self.add("cases.closed", case, actor=f"member:{staff}" if staff else "system")
        self.forget(case, erased_after)

    def decide(self, case, staff, outcome="upheld", *, command=None, affected=None, erased_after=24):
        clear = {"outcome": outcome}
        if affected:
            clear["affected"] = affected
        self.add(
            "cases.decided", case, clear, actor=f"member:{staff}", command=command, subject=self.new("statement"), owner=case)
        self.forget(case, erased_after)

    def appeal(self, case, member, party="opener"):
        statement = self.new("statement")
        self.add(
            "cases.appealed", case, {"party": party}, actor=f"member:{member}", subject=statement, owner=f"party:{member}")
        self.parties[case].append(statement)

    def forget(self, case, months):
        if months is None:
            return
        since = self.now

        def step(site):
            ending = [
                e["time"] for e in site.log.events if e["stream"] == case and e["type"] in ("cases.closed", "cases.decided")]
            if ending[-1] == since:
                site.erase_case(case)
        self.at(later(since, months=months), step)

    def erase_case(self, case):
        command = self.command()
        self.fence(owner=case, command=command)
        self.fence(subjects=self.parties[case], command=command)

    def request_correction(self, member, field="name"):
        correction, statement = self.new("correction"), self.new("statement")
        self.parties[correction] = [statement]
        self.add(
            "corrections.requested", correction, {"field": field, "member": member}, actor=f"member:{member}",
            subject=statement, owner=f"member:{member}")
        return correction

    def decide_correction(self, correction, member, staff, approved=True, *, command=None, corrected=True, erased=True):
        command = command or self.command()
        statement = self.new("statement")
        self.add(
            "corrections.decided", correction, {"approved": approved}, actor=f"member:{staff}", command=command,
            subject=statement, owner=f"member:{member}")
        self.parties[correction].append(statement)
        if approved and corrected:
            self.correct_identity(member, staff, command)
        if erased:
            subjects = self.parties[correction]
            self.at(later(self.now, months=12), lambda site: site.fence(subjects=subjects))

    def correct_identity(self, member, staff, command=None):
        old = [e["subject"] for e in self.log.events if (e["subject"] or "").startswith("identity:") and e["owner"] == f"member:{member}"]
        command = command or self.command()
        self.add(
            "accounts.identity-corrected", f"member:{member}", actor=f"member:{staff}", command=command,
            subject=self.new("identity"), owner=f"member:{member}")
        self.fence(subjects=old[-1:], command=command, actor=f"member:{staff}")

    # Mail

    def mail(self, kind, member, asked=1, *, checked=None, event="handed-over", address=None, **more):
        clear = {
            "address": address or self.addresses[member], "asked": asked, "attempts": 1, "checked": checked or len(self.log.events),
            "kind": kind, "member": member, **more}
        return self.add(f"mail.{event}", "outbox", clear)

    def choose_mail(self, member, kind, choice):
        return self.add("accounts.mail-choice-set", f"member:{member}", {"choice": choice, "kind": kind}, actor=f"member:{member}")

    def answer_newsletter(self, member, answer):
        return self.add(
            "accounts.newsletter-answered", f"member:{member}", {"answer": answer, "form": FORM}, schema=2, actor=f"member:{member}")

    # Holds and oversight

    def propose_hold(self, member, actor, last_day, secret=False):
        stream, proposal = f"held-member:{member}", self.new("hold-proposal")[14:]
        self.add(
            "oversight.hold-proposed", stream, {"lastDay": last_day, "proposal": proposal, "secret": secret}, actor=actor,
            subject=self.new("statement"), owner=stream)
        return proposal

    def confirm_hold(self, member, proposal, actor):
        self.add("oversight.hold-confirmed", f"held-member:{member}", {"proposal": proposal}, actor=actor)

    def lift_hold(self, member, actor="system"):
        self.add("oversight.hold-lifted", f"held-member:{member}", actor=actor)

    def hold(self, member, proposer, confirmer, last_day):
        self.confirm_hold(member, self.propose_hold(member, f"member:{proposer}", last_day), f"member:{confirmer}")

    def view(self, member, staff, role="administrator", reason="support"):
        clear = {"reason": reason, "role": role} if reason else {"role": role}
        return self.add("oversight.data-viewed", f"viewed-member:{member}", clear, actor=staff)

    def show_number(self, member, actor, role="administrator"):
        return self.add(
            "oversight.number-shown", f"viewed-member:{member}", {"place": "account", "reason": "identification", "role": role},
            actor=actor)

    def show_text_number(self, case, actor, role="moderator"):
        return self.add(
            "oversight.text-number-shown", f"viewed-text:{case[5:]}", {"case": case[5:], "reason": "moderation", "role": role},
            actor=actor)

    # Keys

    def rotate_keys(self, *, destroyed=True, again=True):
        old = self.epoch
        self.epoch += 1
        self.add("operation.keys-rotated", "keys", {"epoch": self.epoch})
        if destroyed:
            self.at(later(self.now, days=30), lambda site: site.destroy_epoch(old))
        if again:
            self.at(later(self.now, days=88), Community.rotate_keys)

    def destroy_epoch(self, epoch):
        self.add("operation.key-epoch-destroyed", "keys", {"epoch": epoch})

    # The finished log

    def write(self, directory):
        """With the claims that go with the events: names belong to members, and a number to the account that holds it."""
        numbers = {}
        for event in self.log.events:
            if event["type"] in ("accounts.confirmed", "accounts.review-approved", "accounts.number-set"):
                numbers[event["stream"]] = '"anothers"' not in event["clear"]
        for stream, held in numbers.items():
            # An account that ends because its number is another's holds nothing any more.
            ended = [e["clear"] for e in self.log.events if e["stream"] == stream and e["type"] == "accounts.closed"][-1:]
            has_ended = self.phase(stream[7:]) == "accounts.closed" and '"duplicate"' in ended[0]
            if self.phase(stream[7:]) in MEMBERS and not has_ended:
                kinds = ["email", "username"] + (["personal-identity-number"] if held else [])
                self.log.claims.update((kind, stream) for kind in kinds)
        self.log.write(directory)
