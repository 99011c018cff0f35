"""Typed text reappears after a form could not be sent."""
import pytest


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request):
    return request.param


def test_a_reply_comes_back_after_signing_in_again(visit, site, script):
    anna = visit(script=script)
    anna.sign_in(site.usernames["member"])
    anna.goto("/forum")
    anna.page.locator("main [class*='-list'] .title a").first.click()
    anna.page.locator("main [class*='-list'] .title a").first.click()
    text = f"Ett långt svar <b>{script}</b>\n\nmed två stycken."
    anna.page.fill("main [name=text]", text)

    other = anna.context.new_page()
    other.goto(site.url + "/logga-ut")
    other.click("main button:has-text('Logga ut')")

    anna.submit("main button:has-text('Skicka')")
    assert anna.heading == "Logga in"
    assert "inte skickat än" in anna.page.locator("main .notice").inner_text()
    anna.screenshot(f"unsent sign-in script-{script}")
    anna.page.fill("[name=identifier]", site.usernames["member"])
    anna.page.fill("[name=password]", site.password)
    anna.submit("main button:has-text('Logga in')")
    assert anna.heading == "Svara"
    assert anna.page.input_value("main [name=text]") == text
    anna.screenshot(f"unsent form script-{script}")
    anna.submit("main button:has-text('Skicka')")
    assert f"<b>{script}</b>" in anna.page.locator("main article").last.inner_text()
    assert anna.complaints == []


def test_the_account_menu_closes_with_escape_and_a_click_elsewhere(visit, site):
    anna = visit(script=True)
    anna.sign_in(site.usernames["member"])
    anna.goto("/forum")
    menu = anna.page.locator("details.menu")
    anna.page.click("details.menu summary")
    assert menu.get_attribute("open") is not None
    anna.page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    anna.page.click("details.menu summary")
    anna.page.click("main h1")
    assert menu.get_attribute("open") is None


def test_deep_lists_and_towers_of_marks_stay_in_their_place(visit, site):
    anna = visit(script=True)
    anna.sign_in(site.usernames["member"])
    anna.goto("/forum")
    anna.page.locator("main [class*='-list'] .title a").first.click()
    anna.page.click("main a:has-text('Ny tråd')")
    lists = "\n".join("  " * depth + "- ord" for depth in range(12))
    quotes = ">" * 12 + " citat"
    anna.page.fill("[name=title]", "Z" + "\u0301" * 110 + " djupt")
    anna.page.fill("main [name=text]", f"{lists}\n\n{quotes}\n\nZ" + "\u0336\u0489" * 100)
    anna.submit("main button:has-text('Starta tråden')")
    anna.page.set_viewport_size({"width": 320, "height": 800})
    assert anna.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert len(anna.heading) < 20
    anna.screenshot("deep lists 320")
