"""The files beside the log: what a site that keeps its policy has in them, written by SQL into files that the program made empty."""
import datetime
import hashlib
import json
import shutil
import sqlite3
import subprocess

from community import DAY, HOUR, MINUTE
from forged_log import DIGITS

FILES = ("views", "visits", "runtime", "reading")


def number(identifier):
    """An id as the views have it: 64 bits, as SQLite's signed integer."""
    value = 0
    for digit in identifier.split(":")[-1]:
        value = value * 32 + DIGITS.index(digit)
    return value - (1 << 64) if value >> 63 else value


def make_templates(program, folder):
    """Lets the program make a new site in `folder`, and serve it until all its files are there."""
    subprocess.run([program, "init", "--data", folder / "site"], check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        [program, "serve", "--data", folder / "site", "--port", "0", "--mail", folder / "mail"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    while " is at " not in (line := server.stdout.readline()):
        if not line:
            raise SystemExit("sabotage: the program could not serve a new site")
    server.terminate()
    server.communicate()


def backups(folder):
    """Where the backups of a data directory lie."""
    return folder.parent / f"{folder.name}-backups"


class SiteFiles:
    """Written into the directory of a community's log, and then changed by the plant's statements."""

    def __init__(self, community, templates, folder):
        self.community, self.folder = community, folder
        self.events = community.log.events
        self.members = sorted({e["stream"][7:] for e in self.events if e["stream"].startswith("member:")})
        self.fences = self.read_fences()
        for name in FILES:
            shutil.copy(templates / "site" / self.file(name), folder / self.file(name))
        self.write_views()
        self.write_visits()
        self.write_runtime()
        self.write_reading()
        self.write_vault(templates)

    @staticmethod
    def file(name):
        return "views-1.sqlite" if name == "views" else f"{name}.sqlite"

    def run(self, name, sql, *values):
        db = sqlite3.connect(self.folder / self.file(name))
        with db:
            changed = db.execute(sql, values).rowcount
        db.close()
        if changed == 0 and not sql.lstrip().upper().startswith(("ALTER", "CREATE")):
            raise ValueError(f"nothing was changed by: {sql}")

    def read_fences(self):
        return [json.loads(e["clear"]) for e in self.events if e["type"] == "erasure.fenced"]

    def is_erased(self, subject, owner):
        return any(
            subject in fence.get("subjects", ())
            or fence.get("owner") == owner and ("kinds" not in fence or subject.split(":")[0] in fence["kinds"])
            for fence in self.fences)

    def active(self):
        return [member for member in self.members if self.community.phase(member) in (
            "accounts.confirmed", "accounts.review-approved", "accounts.restored", "accounts.returned")]

    def write_views(self):
        consents = self.consents()
        self.run("views", "UPDATE generation SET position = ?", len(self.events))
        for member in self.active():
            identity = next(e["subject"] for e in self.events if e["type"] == "accounts.signed-up" and e["stream"] == f"member:{member}")
            name = "Namn" if "visible-name" in consents[member] else None
            self.run(
                "views", "INSERT INTO members VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, 0)", number(member), identity, member, member,
                member, name, name, "visible-age-and-sex" in consents[member])
        for event in self.events:
            if event["type"] == "forum.thread-opened" and not self.is_erased(event["subject"], event["owner"]):
                self.run(
                    "views", "INSERT INTO threads (id, category, author, title, folded, opened, active) VALUES (?, 1, ?, 'Rubrik', 'rubrik', 0, 0)",
                    number(event["stream"]), number(event["owner"]))
            if event["type"] == "forum.post-published":
                erased, hidden = self.is_erased(event["subject"], event["owner"]), self.is_hidden(event["stream"])
                self.run(
                    "views", "INSERT INTO posts (position, id, thread, number, author, published, state, body) VALUES (?, ?, 1, ?, ?, 0, ?, ?)",
                    event["position"], number(event["stream"]), event["position"], number(event["owner"]),
                    "erased" if erased else "deleted" if hidden else "visible", None if erased else "<p>Text</p>")

    def consents(self):
        given = {member: set() for member in self.members}
        for event in self.events:
            if event["type"] == "accounts.consent-given":
                given[event["stream"][7:]].add(json.loads(event["clear"])["purpose"])
            if event["type"] == "accounts.consent-withdrawn":
                given[event["stream"][7:]].discard(json.loads(event["clear"])["purpose"])
        return given

    def is_hidden(self, post):
        types = [e["type"] for e in self.events if e["stream"] == post and e["type"] in (
            "forum.post-deleted", "forum.post-restored", "forum.post-removed", "forum.post-reinstated")]
        return types[-1:] in (["forum.post-deleted"], ["forum.post-removed"])

    def write_visits(self):
        now = self.community.now
        self.visit("visitor", None, now - HOUR, "192.0.2.0/24")
        self.visit("visitor-6", None, now - HOUR, "2001:db8:1::/48")
        for event in self.events:
            if event["type"] == "accounts.signed-in" and event["time"] > now - 30 * DAY:
                self.visit(event["stream"], event["owner"][7:], event["time"] + MINUTE, "198.51.100.7")

    def visit(self, visit, member, time, address):
        self.run(
            "visits", "INSERT INTO visits (time, visit, member, page, status, ip_address) VALUES (?, ?, ?, 'start', 200, ?)",
            time, visit, member, address)

    def write_runtime(self):
        for member in self.active():
            self.hold(member)

    def hold(self, member):
        """A session, a link, a known device and a waiting mail."""
        now, digest = self.community.now, hashlib.sha256(member.encode()).digest()
        self.run("runtime", "INSERT INTO sessions (hash, member, created, seen, device) VALUES (?, ?, ?, ?, 'Firefox')", digest, member, now, now)
        self.link(member)
        self.device(member)
        self.waiting_mail(member)

    def link(self, member):
        self.run(
            "runtime", "INSERT INTO tokens (hash, purpose, member, expires) VALUES (?, 'new-password', ?, ?)",
            hashlib.sha256(f"link {member}".encode()).digest(), member, self.community.now + HOUR)

    def device(self, member):
        now = self.community.now
        self.run(
            "runtime", "INSERT INTO devices (hash, member, name, created, seen) VALUES (?, ?, 'Firefox', ?, ?)",
            hashlib.sha256(f"device {member}".encode()).digest(), member, now, now)

    def waiting_mail(self, member):
        self.run(
            "runtime", "INSERT INTO mails (position, kind, member, attempts, due) VALUES (1, 'new-password', ?, 0, ?)", member,
            self.community.now)

    def write_reading(self):
        for member in self.active():
            self.marker(member)

    def marker(self, member):
        self.run("reading", "INSERT INTO markers VALUES (?, 'notices', '', 1)", member)

    def draft(self, member, saved):
        self.run("reading", "INSERT INTO drafts VALUES (?, 'reply', 'place', ?, x'00')", member, saved)

    def backup(self, name, *, days):
        """The manifest of a backup, which the program looks at and nothing else."""
        part = backups(self.folder) / name / "log"
        part.mkdir(parents=True)
        begun = datetime.datetime.fromtimestamp(self.community.now / 1000 - days * 86_400, datetime.timezone.utc)
        (part / "manifest.json").write_text(json.dumps({
            "format": 1, "part": "log", "backup": "0000000000001", "log": self.community.log.id, "head": 1, "root": "", "epochs": [1],
            "begun": begun.strftime("%Y-%m-%dT%H:%M:%S.000Z"), "files": {"log.sqlite": "0" * 64}}))

    def write_vault(self, templates):
        shutil.copy(templates / "site/vault.sqlite", self.folder / "vault.sqlite")
        db = sqlite3.connect(self.folder / "vault.sqlite")
        with db:
            db.execute("DELETE FROM keys")
            for subject, (owner, key) in self.community.log.subjects.items():
                gone = self.is_erased(subject, owner)
                db.execute(
                    "INSERT INTO keys VALUES (?, 1, ?, ?, ?)",
                    (key, None if gone else bytes(60), None if gone else subject, None if gone else owner))
        db.close()
