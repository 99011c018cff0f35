"""Breaches in the files beside the log, planted by SQL."""
from community import DAY, HOUR
from forged_log import ROOT
from planting import file_control, file_plant
from site_files import number

# The tax agency's own test number.
TEST_NUMBER = (ROOT / "Fixtures/test-personal-identity-numbers.txt").read_text().split()[0]


def erase(site, member, **choices):
    site.close(member, **choices)
    site.wait(hours=1)
    site.purge(member, order="requested", **{name: value == "erase" for name, value in choices.items()})
    site.wait(hours=4)


# P-05: visits

@file_plant("P-05.1", "visits-go", "a row that is older than the rule")
def _(site):
    return lambda files: files.visit("old", None, files.community.now - 95 * DAY, "192.0.2.0/24")


@file_plant("P-05.1", "visitors-are-truncated", "a whole address of a visitor")
def _(site):
    return lambda files: files.visit("whole", None, files.community.now, "192.0.2.77")


@file_plant("P-05.1", "visitors-are-truncated", "an address whose end is kept behind a network's length")
def _(site):
    return lambda files: files.visit("long", None, files.community.now, "2001:db8:1:2::/64")


@file_plant("P-05.1", "visitors-are-truncated", "a column that the policy does not list")
def _(site):
    return lambda files: files.run("visits", "ALTER TABLE visits ADD COLUMN user_agent TEXT")


@file_plant("P-05.2", "visits-are-not-stitched", "a visit that goes on under the same number after signing in")
def _(site):
    site.sign_in(site.disa, erased=False)

    def change(files):
        files.visit("same", None, files.community.now, "192.0.2.0/24")
        files.visit("same", site.disa, files.community.now + 1000, "192.0.2.7")
    return change


@file_plant("P-05.2", "visits-are-not-stitched", "pages from before signing in, tied to the member")
def _(site):
    site.wait(hours=3)
    site.sign_in(site.disa, erased=False)
    return lambda files: files.visit("before", site.disa, files.community.now - 2 * HOUR, "192.0.2.7")


@file_plant("P-05.2", "visits-are-not-stitched", "pages tied to one who has not signed in for years")
def _(site):
    return lambda files: files.visit("never", site.gun, files.community.now, "192.0.2.7")


# P-06: names and reading

@file_plant("P-06.1", "names-have-one-holder", "a username that a lapsed sign-up holds")
def _(site):
    site.log.claims.add(("username", f"member:{site.lapsing}"))


@file_plant("P-06.1", "names-have-one-holder", "a member without an address")
def _(site):
    return lambda files: files.run("log", "DELETE FROM claims WHERE kind = 'email' AND holder = ?", f"member:{site.gun}")


@file_plant("P-06.1", "names-have-one-holder", "a username that is kept when its holder is erased")
def _(site):
    erase(site, site.gun)
    site.log.claims.add(("username", f"member:{site.gun}"))


@file_plant("P-06.4", "reading-belongs-to-members", "what one has read who is erased")
def _(site):
    erase(site, site.gun)
    return lambda files: files.marker(site.gun)


@file_plant("P-06.4", "reading-belongs-to-members", "a draft of one who was never there")
def _(site):
    return lambda files: files.draft("0000000000001", files.community.now)


@file_plant("P-06.4", "reading-belongs-to-members", "a draft that is older than the rule")
def _(site):
    return lambda files: files.draft(site.disa, files.community.now - 33 * DAY)


# P-08.7 and P-11: what is shown

@file_plant("P-08.7", "search-knows-what-is-shown", "a hidden name that the search knows")
def _(site):
    return lambda files: files.run("views", "UPDATE members SET name_key = 'gun' WHERE id = ?", number(site.gun))


@file_plant("P-08.7", "search-knows-what-is-shown", "a name that the search still knows when it was hidden again")
def _(site):
    site.add("accounts.consent-withdrawn", f"member:{site.frida}", {"purpose": "visible-name"}, actor=f"member:{site.frida}")
    return lambda files: files.run("views", "UPDATE members SET name_key = 'frida' WHERE id = ?", number(site.frida))


@file_plant("P-08.7", "search-knows-what-is-shown", "every hidden name")
def _(site):
    return lambda files: files.run("views", "UPDATE members SET name_key = folded WHERE name IS NULL")


def municipality(site, member):
    subject = site.new("municipality")
    site.add(
        "accounts.municipality-declared", f"member:{member}", actor=f"member:{member}", subject=subject, owner=f"member:{member}")
    return subject


def show_municipality(site, member, subject):
    return lambda files: files.run(
        "views", "UPDATE members SET municipality = '0180', municipality_subject = ? WHERE id = ?", subject, number(member))


@file_plant("P-11.1", "municipality-stays-hidden", "a municipality that a protected identity has erased")
def _(site):
    subject = municipality(site, site.gun)
    site.add("accounts.handling-set", f"member:{site.gun}", actor=f"member:{site.gun}", subject=site.new("handling"), owner=f"member:{site.gun}")
    site.fence(subjects=[subject])
    site.wait(hours=1)
    return show_municipality(site, site.gun, subject)


@file_plant("P-11.1", "municipality-stays-hidden", "a municipality that was withdrawn")
def _(site):
    subject = municipality(site, site.gun)
    site.add("accounts.municipality-withdrawn", f"member:{site.gun}", actor=f"member:{site.gun}")
    site.fence(subjects=[subject])
    site.wait(hours=1)
    return show_municipality(site, site.gun, subject)


@file_plant("P-11.1", "municipality-stays-hidden", "a municipality that came from nowhere")
def _(site):
    return show_municipality(site, site.gun, None)


@file_control("a municipality that the member has given")
def _(site):
    return show_municipality(site, site.gun, municipality(site, site.gun))


@file_plant("P-11.2", "shown-only-with-consent", "a name without consent")
def _(site):
    return lambda files: files.run("views", "UPDATE members SET name = 'Gun', name_key = 'gun' WHERE id = ?", number(site.gun))


@file_plant("P-11.2", "shown-only-with-consent", "age and sex without consent")
def _(site):
    return lambda files: files.run("views", "UPDATE members SET shows_age_and_sex = 1 WHERE id = ?", number(site.gun))


@file_plant("P-11.2", "shown-only-with-consent", "a name that was hidden again")
def _(site):
    site.add("accounts.consent-withdrawn", f"member:{site.frida}", {"purpose": "visible-name"}, actor=f"member:{site.frida}")
    return lambda files: files.run("views", "UPDATE members SET name = 'Frida', name_key = 'frida' WHERE id = ?", number(site.frida))


# P-13.1 and P-14.1: places

@file_plant("P-13.1", "stores-are-listed", "a copy of the log that somebody made")
def _(site):
    return lambda files: (files.folder / "log.sqlite.bak").write_bytes(b"")


@file_plant("P-13.1", "backups-go", "a backup that is kept for half a year")
def _(site):
    site.add("operation.backup-begun", "backups", {"head": len(site.log.events), "id": "0000000000001"}, actor="operator")
    return lambda files: files.backup("old", days=180)


@file_control("a backup that is three weeks old")
def _(site):
    site.add("operation.backup-begun", "backups", {"head": len(site.log.events), "id": "0000000000001"}, actor="operator")
    return lambda files: files.backup("new", days=21)


@file_plant("P-16.3", "files-forget-the-erased", "a link of one who was never there")
def _(site):
    return lambda files: files.link("0000000000001")


@file_plant("P-14.1", "views-hold-no-number", "a number among the facts of a case")
def _(site):
    return lambda files: files.run(
        "views", "INSERT INTO cases (id, matter, detail, opened, changed, phase) VALUES (1, 'support', ?, 0, 0, 'open')", TEST_NUMBER)


@file_plant("P-14.1", "views-hold-no-number", "a number with its dash in the middle of a username")
def _(site):
    written = f"gun {TEST_NUMBER[2:8]}-{TEST_NUMBER[8:]}"
    return lambda files: files.run("views", "UPDATE members SET username = ? WHERE id = ?", written, number(site.gun))


@file_control("a number that a member has written in a post of her own")
def _(site):
    return lambda files: files.run("views", "UPDATE posts SET body = ? WHERE body IS NOT NULL", f"<p>{TEST_NUMBER}</p>")


# P-16: those who have left

@file_plant("P-16.1", "sessions-are-of-members", "a session that outlives the account")
def _(site):
    site.close(site.gun)
    site.wait(hours=4)
    return lambda files: files.hold(site.gun)


@file_plant("P-16.1", "sessions-are-of-members", "a session of one who is suspended")
def _(site):
    site.deactivate(site.gun, site.astrid)
    site.wait(hours=4)
    return lambda files: files.hold(site.gun)


def show(site, member):
    return lambda files: files.run(
        "views", "INSERT INTO members VALUES (?, 'identity:0000000000001', 'gun', 'gun', 'gun', NULL, NULL, 0, NULL, NULL, 0)", number(member))


@file_plant("P-16.2", "former-members-are-hidden", "one who has left")
def _(site):
    site.close(site.gun)
    return show(site, site.gun)


@file_plant("P-16.2", "former-members-are-hidden", "one who is suspended")
def _(site):
    site.deactivate(site.gun, site.astrid)
    return show(site, site.gun)


@file_plant("P-16.2", "former-members-are-hidden", "one who has not confirmed the address")
def _(site):
    return show(site, site.sign_up("ida"))


@file_plant("P-16.3", "erased-keys-are-gone", "the key of an erased identity")
def _(site):
    erase(site, site.gun)
    key = next(key for subject, (owner, key) in site.log.subjects.items()
               if owner == f"member:{site.gun}" and subject.startswith("identity:"))
    return lambda files: files.run("vault", "UPDATE keys SET wrapped = zeroblob(60) WHERE id = ?", key)


@file_plant("P-16.3", "erased-keys-are-gone", "the key of a text that its author had deleted")
def _(site):
    return lambda files: files.run(
        "vault", "UPDATE keys SET wrapped = zeroblob(60) WHERE id = ?", site.log.subjects[site.deleted][1])


@file_plant("P-16.3", "files-forget-the-erased", "a link of one who is erased")
def _(site):
    erase(site, site.gun)
    return lambda files: files.link(site.gun)


@file_plant("P-16.3", "files-forget-the-erased", "a waiting mail of one who is erased")
def _(site):
    erase(site, site.gun)
    return lambda files: files.waiting_mail(site.gun)


@file_plant("P-16.3", "files-forget-the-erased", "a known device of one who is erased")
def _(site):
    erase(site, site.gun)
    return lambda files: files.device(site.gun)


@file_plant("P-16.3", "views-forget-the-erased", "the text of a post that is erased")
def _(site):
    return lambda files: files.run("views", "UPDATE posts SET body = '<p>Text</p>' WHERE id = ?", number(site.deleted))


@file_plant("P-16.3", "views-forget-the-erased", "a post that is shown though its author has deleted it")
def _(site):
    post = site.post(site.disa, site.talk)
    site.delete_post(site.disa, post)
    return lambda files: files.run("views", "UPDATE posts SET state = 'visible' WHERE id = ?", number(post))


@file_plant("P-16.3", "views-forget-the-erased", "the title of a thread that is erased")
def _(site):
    erase(site, site.disa, posts="erase")
    return lambda files: files.run(
        "views", "INSERT INTO threads (id, category, author, title, folded, opened, active) VALUES (?, 1, ?, 'Rubrik', 'rubrik', 0, 0)",
        number(site.talk), number(site.disa))


@file_plant("P-16.3", "views-forget-the-erased", "a quote of a post that is erased")
def _(site):
    return lambda files: files.run(
        "views", "INSERT INTO quotes (post, place, source, revision, body) VALUES (1, 0, ?, 1, '<p>Text</p>')", number(site.deleted))
