"""Writes logs as docs/log-format.md describes them, without the site's code: rows, hashes and full tiles.

The leaf hash is that of `script/verify-log`, and the schema is read from a kept history, so that each is written down once.
"""
import hashlib
import importlib.machinery
import importlib.util
import pathlib
import sqlite3

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
KEPT = ROOT / "Fixtures/histories/2026-12-01/log.sqlite"
DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def load_script(name):
    """A script without the ending .py as a module."""
    loader = importlib.machinery.SourceFileLoader(name.replace("-", "_"), str(ROOT / "script" / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


verify_log = load_script("verify-log")
canonical = verify_log.canonical


def base32(number, digits):
    text = ""
    for _ in range(digits):
        text = DIGITS[number % 32] + text
        number //= 32
    return text


def identifier(name):
    """The same id for the same name, in every run."""
    return base32(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"), 13)


def command_identifier(name, time):
    return base32(time << 80 | int.from_bytes(hashlib.sha256(name.encode()).digest()[:10], "big"), 26)


def ciphertext(name, length):
    """Bytes that look like a sealed part: nonce, ciphertext and tag."""
    return hashlib.shake_128(name.encode()).digest(28 + length)


class ForgedLog:
    """A log in memory. It refuses what the format forbids, and nothing else."""

    def __init__(self, created):
        self.created = created
        self.id = f"{created:012x}" + hashlib.sha256(b"sabotage").hexdigest()[:20]
        self.events = []
        self.versions = {}
        self.subjects = {}
        # Who holds an e-mail address, a username or a number: (kind, holder). Their hashes are random here.
        self.claims = set()

    def append(self, type, stream, clear, *, time, actor, command, schema=1, subject=None, owner=None, causation=None):
        """Returns the event's position."""
        position = len(self.events) + 1
        if self.events and time < self.events[-1]["time"]:
            raise ValueError(f"{type} would be earlier than the event before it")
        key = sealed = None
        if subject is not None:
            known = self.subjects.setdefault(subject, (owner, len(self.subjects) + 1))
            if known[0] != owner:
                raise ValueError(f"{subject} belongs to {known[0]}")
            key, sealed = known[1], ciphertext(f"{position} {subject}", 40)
        version = self.versions[stream] = self.versions.get(stream, 0) + 1
        self.events.append(dict(
            position=position, stream=stream, version=version, type=type, schema=schema, time=time, actor=actor,
            causation=causation, command=command, subject=subject, owner=owner, key=key, sealed=sealed,
            clear=canonical(clear)))
        return position

    def write(self, directory):
        """Writes `log.sqlite` into a directory that has none."""
        directory.mkdir(parents=True, exist_ok=True)
        leaves = [hashlib.sha256(b"\0" + verify_log.leaf_input(event)).digest() for event in self.events]
        db = sqlite3.connect(directory / "log.sqlite", isolation_level=None)
        db.executescript(f"PRAGMA application_id={verify_log.APPLICATION_ID}; PRAGMA user_version={verify_log.FORMAT};")
        for (sql,) in schema():
            db.execute(sql)
        db.execute("BEGIN")
        db.execute("INSERT INTO log (id, created) VALUES (?, ?)", (self.id, self.created))
        names = [name for name in verify_log.COLUMNS if name != "hash"]
        marks = ", ".join("?" * (len(names) + 1))
        for event, leaf in zip(self.events, leaves):
            values = [event[name] for name in names]
            db.execute(f"INSERT INTO events ({', '.join(names)}, hash) VALUES ({marks})", (*values, leaf))
        for kind, holder in sorted(self.claims):
            digest = hashlib.sha256(f"{kind} {holder}".encode()).digest()
            db.execute("INSERT INTO claims (kind, hash, holder) VALUES (?, ?, ?)", (kind, digest, holder))
        level = 0
        while len(leaves) >> (8 * (level + 1)):
            hashes = verify_log.tile_hashes(level, leaves)
            for number in range(len(hashes) // 256):
                tile = b"".join(hashes[256 * number:256 * number + 256])
                db.execute("INSERT INTO tiles (level, number, hashes) VALUES (?, ?, ?)", (level, number, tile))
            level += 1
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode=WAL")
        db.close()


def schema():
    """The statements that make the tables, indexes and guards, in an order that works."""
    db = sqlite3.connect(f"{KEPT.as_uri()}?immutable=1", uri=True)
    rows = db.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
    db.close()
    return rows
