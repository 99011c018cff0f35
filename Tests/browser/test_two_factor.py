"""Two-factor sign-in: set-up, use, recovery, and the enforced set-up for administrators of a site that is no demo."""
import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from axe_playwright_python.sync_playwright import Axe

from site_process import Site
from test_settings import join

NUMBER = "200412152399"


class App:
    """An authenticator app (RFC 6238). Each code is returned once, since the site accepts none twice."""

    def __init__(self, key):
        self.key = base64.b32decode(key.replace(" ", ""))
        self.last = 0

    def code(self):
        # The site accepts a code one step ahead, so the test need not wait for the next one.
        while int(time.time()) // 30 + 1 <= self.last:
            time.sleep(0.5)
        self.last = max(self.last + 1, int(time.time()) // 30)
        digest = hmac.new(self.key, struct.pack(">Q", self.last), hashlib.sha1).digest()
        offset = digest[-1] & 15
        return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def look(visitor, name):
    """Takes screenshots; no finding of axe, and nothing wider than a small phone."""
    for size in ({"width": 1280, "height": 900}, {"width": 375, "height": 700}):
        for scheme in ("light", "dark"):
            visitor.page.set_viewport_size(size)
            visitor.page.emulate_media(color_scheme=scheme)
            visitor.screenshot(f"two-factor {name} {size['width']} {scheme}")
            found = Axe().run(visitor.page).response["violations"]
            assert not found, name + "".join(f"\n{rule['id']}: {rule['help']}" for rule in found)
    visitor.page.set_viewport_size({"width": 320, "height": 700})
    overflow = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow == 0, f"{name} is {overflow} px wider than a window of 320 px"


def set_up(visitor, password, looking=False):
    """From the page that asks for the password to the recovery codes."""
    page = visitor.page
    if looking:
        look(visitor, "begin")
    page.fill("[name=password]", password)
    visitor.submit("main button:has-text('Fortsätt')")
    assert visitor.heading == "Lägg till kontot i din app"
    page.click("summary:has-text('Kan du inte läsa in bilden?')")
    app = App(page.locator("main details code").inner_text())
    if looking:
        look(visitor, "key")
    page.fill("[name=kod]", "000 000")
    visitor.submit("main button:has-text('Slå på')")
    assert "Koden stämmer inte" in page.locator(".error-summary").inner_text()
    code = app.code()
    page.fill("[name=kod]", f"{code[:3]} {code[3:]}")
    visitor.submit("main button:has-text('Slå på')")
    assert visitor.heading == "Tvåstegsinloggning är påslagen"
    codes = page.locator("main pre code").all_inner_texts()
    assert len(set(codes)) == 10 and all(re.fullmatch("[0-9]{4}(-[0-9]{4}){4}", code) for code in codes)
    if looking:
        look(visitor, "recovery codes")
        page.emulate_media(media="print", color_scheme="light")
        visitor.screenshot("two-factor recovery codes print")
        page.emulate_media(media="screen")
    return app, codes


def begin_signing_in(visitor, name, password):
    visitor.goto("/logga-in")
    visitor.page.fill("[name=identifier]", name)
    visitor.page.fill("[name=password]", password)
    visitor.submit("main button:has-text('Logga in')")
    assert visitor.heading == "Skriv koden ur din app"


def enter(visitor, code):
    visitor.page.fill("[name=kod]", code)
    visitor.submit("main button:has-text('Logga in')")


def signed_in_as(visitor):
    return visitor.page.locator(".menu summary .name").inner_text().strip()


def test_a_member_signs_in_with_a_code(visit, site):
    visitor = visit()
    page = visitor.page
    join(visitor, "kodknackaren", NUMBER)
    visitor.goto("/installningar/inloggning")
    look(visitor, "settings off")
    visitor.submit("main a:has-text('Slå på tvåstegsinloggning')")
    app, codes = set_up(visitor, site.password, looking=True)
    visitor.goto("/installningar/inloggning")
    assert "10 av 10 kvar" in page.locator("main").inner_text()
    look(visitor, "settings on")
    visitor.context.clear_cookies()

    # Without JavaScript as well.
    other = visit(script=False)
    begin_signing_in(other, "kodknackaren", site.password)
    other.goto("/installningar")
    assert other.heading == "Logga in"
    begin_signing_in(other, "kodknackaren", site.password)
    enter(other, "")
    assert "Skriv koden" in other.page.locator(".error-summary").inner_text()
    enter(other, app.code())
    assert signed_in_as(other) == "kodknackaren"

    begin_signing_in(visitor, "kodknackaren", site.password)
    look(visitor, "code")
    enter(visitor, codes[0].replace("-", " "))
    assert signed_in_as(visitor) == "kodknackaren"
    visitor.goto("/installningar/inloggning")
    assert "9 av 10 kvar" in page.locator("main").inner_text()

    visitor.submit("main a:has-text('Stäng av tvåstegsinloggning')")
    look(visitor, "switch off")
    page.fill("[name=password]", site.password)
    page.fill("[name=kod]", codes[1])
    visitor.submit("main button:has-text('Stäng av')")
    assert visitor.heading == "Inloggning"
    visitor.context.clear_cookies()
    visitor.sign_in("kodknackaren")
    assert visitor.complaints == [] and other.complaints == []


@pytest.fixture(scope="module")
def earnest_site(tmp_path_factory):
    """The demo's data without the `demo` file: an ordinary site."""
    site = Site(tmp_path_factory.mktemp("earnest"))
    (site.data / "demo").unlink()
    site.start()
    yield site
    assert site.stop() == 0, site.log.read_text()


def test_an_administrator_sets_it_up_first(visit, earnest_site):
    visitor = visit()
    visitor.site = earnest_site
    page = visitor.page
    name = earnest_site.usernames["administrator"]
    visitor.goto("/logga-in")
    page.fill("[name=identifier]", name)
    page.fill("[name=password]", earnest_site.password)
    visitor.submit("main button:has-text('Logga in')")
    assert visitor.heading == "Slå på tvåstegsinloggning"
    look(visitor, "required")
    visitor.goto("/admin")
    assert visitor.heading == "Slå på tvåstegsinloggning"
    app, _ = set_up(visitor, earnest_site.password)
    visitor.goto("/admin")
    assert visitor.heading == "Administration"

    visitor.goto("/admin/medlemmar?namn=" + earnest_site.usernames["member"])
    page.locator("main table a").first.click()
    page.click("button:has-text('Ge rollen moderator')")
    look(visitor, "role")
    if page.locator("[name=password]").count():
        page.fill("[name=password]", earnest_site.password)
    page.fill("[name=kod]", app.code())
    visitor.submit("main button:has-text('Ge rollen')")
    assert "Ta ifrån rollen moderator" in page.locator("main").inner_text()
    assert visitor.complaints == []
