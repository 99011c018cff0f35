"""Mail through the whole program: newsletter and notifications to a relay that works, is slow, down, refusing, silent or untrusted; and a killed site.

`MAIL_RECIPIENTS=10000` sends as many; a few hundred show the same faster.
"""
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from conftest import Visit
from site_process import PROGRAM, ROOT, Site, free_port
from smtp_relay import Relay

RECIPIENTS = int(os.environ.get("MAIL_RECIPIENTS", "300"))


class MailingSite(Site):
    """A demo community whose mail goes to a relay."""

    def __init__(self, directory, port, security="none"):
        super().__init__(directory)
        self.settings = {
            "MIKROFORETAG_MAIL_SMTP_HOST": "127.0.0.1", "MIKROFORETAG_MAIL_SMTP_PORT": str(port),
            "MIKROFORETAG_MAIL_SMTP_SECURITY": security,
            "MIKROFORETAG_MAIL_REPORTS_ADDRESS": "bounce@example.org",
            "MIKROFORETAG_MAIL_REPORTS_DIRECTORY": str(directory / "reports")}
        (directory / "reports" / "new").mkdir(parents=True)
        self.reports = directory / "reports" / "new"

    def start(self):
        before = dict(os.environ)
        os.environ.update(self.settings)
        try:
            return super().start()
        finally:
            os.environ.clear()
            os.environ.update(before)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=60)


@pytest.fixture
def mailing(tmp_path, chromium):
    """Creates a site and visits to it; both end with the test."""
    sites, contexts = [], []

    def make(port, security="none", members=0):
        site = MailingSite(tmp_path, port, security)
        if members:
            subprocess.run(
                [PROGRAM, "generate", "--data", site.data, "--members", str(members), "--threads", "0", "--posts", "0"],
                cwd=ROOT, check=True, capture_output=True)
        site.start()
        sites.append(site)
        return site

    def visit(site):
        context = chromium.new_context(java_script_enabled=False, locale="sv-SE")
        contexts.append(context)
        return Visit(site, context)

    yield make, visit
    for context in contexts:
        context.close()
    for site in sites:
        if site.process.poll() is None:
            site.kill()


def until(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def write_issue(visit, subject="Nytt i vår", text="Hej!\n\nLäs **detta**.\n\n:::annons\nKöp pennor.\n:::\n"):
    visit.sign_in(visit.site.usernames["administrator"])
    visit.goto("/admin/nyhetsbrev")
    visit.page.click("text=Skriv ett nytt")
    visit.page.fill("[name=amne]", subject)
    visit.page.fill("[name=text]", text)
    visit.submit("button:has-text('Spara utkastet')")


def forgotten(site, address):
    """Requests a new password with a plain HTTP client."""
    import http.cookiejar
    import urllib.parse

    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = opener.open(site.url + "/glomt-losenord", timeout=30).read().decode()
    fields = {name: re.search(f'name="{name}" value="([^"]*)"', page).group(1) for name in ("csrf", "command")}
    opener.open(
        site.url + "/glomt-losenord", urllib.parse.urlencode({**fields, "email": address}).encode(), timeout=30).read()


def test_a_newsletter_from_draft_to_mailbox_and_out_again(mailing):
    make, visit = mailing
    relay = Relay(free_port()).start()
    site = make(relay.port)
    admin = visit(site)
    write_issue(admin)
    page = admin.page
    assert page.locator("aside >> text=Annons").count() == 1
    admin.screenshot("newsletter draft")
    admin.submit("button:has-text('Skicka ett prov till mig')")
    own = site.usernames["administrator"] + "@example.org"
    until(lambda: relay.messages(own, "Prov: Nytt i vår"))
    admin.submit("button:has-text('Skicka nu')")
    until(lambda: len(relay.counts("Nytt i vår")) > 3)

    def finished():
        page.reload()
        return "Skickat den" in page.locator("main").inner_text()

    until(finished)
    admin.screenshot("newsletter sent")
    address = min(set(relay.counts("Nytt i vår")) - {own})
    message = relay.messages(address, "Nytt i vår")[0]
    plain = message.get_body(("plain",)).get_content()
    assert "--- Annons ---" in plain and "för att du har tackat ja" in plain
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Message-ID"] and message["Auto-Submitted"] == "auto-generated"
    sender = next(s for s, recipient, _ in relay.taken if recipient == address)
    assert re.fullmatch(r"bounce\+[0-9a-z]{26}@example\.org", sender)
    # One click by a plain client: no cookie, no sign-in.
    link = message["List-Unsubscribe"].strip("<>")
    assert urllib.request.urlopen(link, timeout=30).status == 200
    answer = urllib.request.urlopen(
        urllib.request.Request(link, data=b"List-Unsubscribe=One-Click", method="POST"), timeout=30)
    assert answer.status == 200 and "Du får inte längre vårt nyhetsbrev" in answer.read().decode()
    # The archive is public.
    assert "Nytt i vår" in site.get("/nyhetsbrev")
    # It bounces: a report to the envelope sender; the member's settings show it.
    (site.reports / "1").write_text(
        f"From: MAILER-DAEMON@example.net\nTo: {sender}\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
        f"Final-Recipient: rfc822; {address}\nAction: failed\nStatus: 5.1.1\n--b--\n")
    until(lambda: not list(site.reports.iterdir()), 60)
    member = visit(site)
    member.sign_in(address.split("@")[0])
    member.goto("/sajtinstallningar")
    assert "adressen tar inte emot mejl (5.1.1)" in member.page.locator("main").inner_text()
    member.screenshot("address refuses mail")
    write_issue(visit(site), "Nytt i höst")
    admin.goto("/admin/nyhetsbrev")
    page.click("text=Nytt i höst")
    before = relay.counts()
    admin.submit("button:has-text('Skicka nu')")
    until(finished)
    assert relay.counts()[address] == before[address]
    assert sum(relay.counts().values()) > sum(before.values())
    relay.stop()


def test_a_killed_site_sends_to_everybody_once_or_in_doubt_twice(mailing):
    make, visit = mailing
    relay = Relay(free_port()).start()
    site = make(relay.port, members=2 * RECIPIENTS)
    admin = visit(site)
    write_issue(admin)
    metric = lambda: int(re.search(r"^process_resident_memory_bytes (\d+)", site.get("/metrics"), re.M).group(1))
    before = metric()
    admin.submit("button:has-text('Skicka nu')")
    kills, most = 0, 0
    for share in (0.2, 0.5, 0.8):
        until(lambda: len(relay.counts("Nytt i vår")) > share * RECIPIENTS, 600)
        most = max(most, metric())
        site.kill()
        kills += 1
        site.start()
    admin.page.goto(site.url + "/admin/nyhetsbrev")
    until(lambda: site.process.poll() is None and len(relay.counts("Nytt i vår")) >= RECIPIENTS, 900)
    url = admin.page.locator("table a").first.get_attribute("href")

    def finished():
        admin.goto(url)
        return "Skickat den" in admin.page.locator("main").inner_text()

    until(finished, 900)
    counts = relay.counts("Nytt i vår")
    bulk = {address: count for address, count in counts.items() if address.startswith("medlem1-")}
    assert len(bulk) == RECIPIENTS
    assert max(counts.values()) <= 2
    # Only mails in transmission when the site was killed can arrive twice: at most four.
    assert sum(count - 1 for count in counts.values()) <= 4 * kills
    for address, count in counts.items():
        assert len({message["Message-ID"] for message in relay.messages(address, "Nytt i vår")}) == 1 or count == 1
    print(f"{len(counts)} recipients, {sum(counts.values()) - len(counts)} twice, memory {before >> 20} to {most >> 20} MB")
    assert most - before < 200 << 20
    relay.stop()


def test_a_relay_that_refuses_falls_silent_or_is_away(mailing):
    make, visit = mailing
    port = free_port()
    site = make(port)
    admin = visit(site)
    admin.sign_in(site.usernames["administrator"])
    # No recipients that get mail for other reasons, as moderators do about waiting reports.
    refused, silent, fine = [f"{name}@example.org" for name in ("ann-mari", "bokhandeln", "taxi-lasse")]
    # The relay is not running yet.
    forgotten(site, fine)

    def page():
        admin.goto("/admin/mejl")
        return admin.page.locator("main").inner_text()

    until(lambda: "Mejlservern svarar inte – kod 7" in page())
    admin.screenshot("mail waiting")
    assert "@example" not in page()
    relay = Relay(port)
    relay.refuses.add(refused)
    relay.drops.add(silent)
    relay.start()
    forgotten(site, refused)
    forgotten(site, silent)
    until(lambda: relay.tried[refused] == 1 and relay.tried[silent] == 1)
    until(lambda: "Mejlservern ville inte ha det" in page() and "Svar 550" in page())
    # A minute later the delayed mail arrives, and the uncertain one is sent once more, never a third time.
    until(lambda: relay.counts()[fine] == 1 and relay.counts()[silent] == 2, 200)
    until(lambda: "Ingen vet om det kom fram" in page())
    assert relay.tried[refused] == 1
    assert len({message["Message-ID"] for message in relay.messages(silent)}) == 1
    admin.screenshot("mail given up")
    relay.stop()


def test_a_relay_with_an_untrusted_certificate_gets_no_mail(mailing, tmp_path):
    make, visit = mailing
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=other.example", "-keyout", key, "-out", certificate], check=True, capture_output=True)
    relay = Relay(free_port(), certificate, key).start()
    site = make(relay.port, security="starttls")
    admin = visit(site)
    admin.sign_in(site.usernames["administrator"])
    forgotten(site, site.usernames["member"] + "@example.org")

    def page():
        admin.goto("/admin/mejl")
        return admin.page.locator("main").inner_text()

    until(lambda: "certifikat går inte att lita på – kod 60" in page())
    assert not relay.taken and not relay.tried
    relay.stop()


def test_a_relay_that_is_slow_with_one_mail_holds_up_neither_the_others_nor_the_stop_of_the_site(mailing):
    make, _ = mailing
    relay = Relay(free_port()).start()
    site = make(relay.port)
    slow, *others = [f"{name}@example.org" for name in ("ann-mari", "bokhandeln", "taxi-lasse", "elsa_b")]
    relay.slow[slow] = 50
    began = time.monotonic()
    forgotten(site, slow)
    until(lambda: relay.tried[slow] == 1)
    for address in others:
        forgotten(site, address)
    until(lambda: all(relay.counts()[address] == 1 for address in others), 30)
    assert relay.counts()[slow] == 0
    site.process.send_signal(signal.SIGTERM)
    site.process.wait(timeout=30)
    assert time.monotonic() - began < 45, "the site waited for the relay"
    # The outcome of the slow mail is unknown: it is sent exactly once more, with the same id.
    relay.slow.clear()
    site.start()
    until(lambda: relay.counts()[slow] >= 1, 150)
    assert relay.tried[slow] == 2 and relay.counts()[slow] <= 2
    assert len({message["Message-ID"] for message in relay.messages(slow)}) == 1
    assert all(relay.counts()[address] == 1 for address in others)
    relay.stop()
