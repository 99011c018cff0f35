"""What a member writes without sending it is kept, and so is what she marks."""
import re

import pytest
from playwright.sync_api import expect


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request):
    return request.param


# Each test has a member of its own, who has kept nothing before.
def open_thread(visit):
    """Opens the first thread of the first category."""
    visit.goto("/forum")
    visit.page.locator("main [class*='-list'] .title a").first.click()
    visit.page.locator("main .thread-list .title a").first.click()


def wait_until_saved(visit):
    expect(visit.page.locator(".draft-status")).to_have_text(re.compile(r"^Sparat kl\. \d\d\.\d\d$"), timeout=15_000)


def test_a_reply_that_is_not_sent_is_found_again(visit, site, script):
    anna = visit(script=script)
    anna.sign_in("stenhuggar-bo")
    open_thread(anna)
    thread = anna.page.url.split("#")[0]
    text = f"Halva meningen {script}\n\n<b>utan</b> slut"
    anna.page.fill("main [name=text]", text)
    if script:
        wait_until_saved(anna)
        # The page asks nothing now, as nothing would be lost.
        anna.goto("/utkast")
    else:
        anna.submit("main button:has-text('Spara utkast')")
        assert re.fullmatch(r"Sparat kl\. \d\d\.\d\d", anna.page.locator(".draft-status").inner_text())
        assert anna.page.input_value("main [name=text]") == text
        assert "Halva" not in anna.page.url
        anna.goto("/utkast")
    anna.screenshot(f"drafts script-{script}")
    assert "Halva meningen" in anna.page.locator("main").inner_text()
    anna.page.click("main .draft-list .title a")
    assert anna.page.input_value("main [name=text]") == text

    # In another browser, after signing in there, at the end of the thread itself.
    other = visit(script=script)
    other.sign_in("stenhuggar-bo")
    other.goto(thread)
    assert other.page.input_value("main [name=text]") == text
    other.screenshot(f"draft in its thread script-{script}")
    other.submit("main button:has-text('Skicka svaret')")
    assert "<b>utan</b> slut" in other.page.locator("main article").last.inner_text()
    anna.goto("/utkast")
    assert "Inga utkast" in anna.page.locator("main").inner_text()
    assert anna.complaints == [] and other.complaints == []


def test_a_thread_and_a_message_are_kept_whole_and_thrown_away(visit, site, script):
    anna = visit(script=script)
    anna.sign_in("vinterbad")
    anna.goto("/forum")
    anna.page.locator("main [class*='-list'] .title a").first.click()
    anna.page.click("main a:has-text('Ny tråd')")
    thread = anna.page.url
    for page, field, value in ((thread, "title", "Halva rubriken"), (site.url + "/meddelanden/nytt", "till", "moa")):
        anna.goto(page)
        anna.page.fill(f"main [name={field}]", value)
        anna.page.fill("main [name=text]", "Halva texten")
        if script:
            wait_until_saved(anna)
        else:
            anna.submit("main button:has-text('Spara utkast')")
        anna.goto(page)
        assert anna.page.input_value(f"main [name={field}]") == value
        assert anna.page.input_value("main [name=text]") == "Halva texten"
    anna.screenshot(f"draft of a message script-{script}")
    anna.submit("main button:has-text('Ta bort utkastet')")
    assert anna.page.input_value("main [name=text]") == ""
    anna.goto("/utkast")
    anna.submit("main .draft-list button:has-text('Ta bort')")
    assert "Inga utkast" in anna.page.locator("main").inner_text()
    assert anna.complaints == []


def test_leaving_the_page_keeps_what_was_typed_last(visit, site):
    anna = visit(script=True)
    anna.sign_in("glasbruket")
    open_thread(anna)
    anna.page.fill("main [name=text]", "Skrivet i sista stund")
    with anna.page.expect_request("**/utkast"):
        anna.page.evaluate("Object.defineProperty(document, 'hidden', { value: true }); document.dispatchEvent(new Event('visibilitychange'))")
    wait_until_saved(anna)
    anna.goto("/utkast")
    anna.submit("main .draft-list button:has-text('Ta bort')")


def test_a_text_that_cannot_be_saved_says_so_and_stays(visit, site):
    anna = visit(script=True)
    anna.sign_in("glasbruket")
    open_thread(anna)
    other = anna.context.new_page()
    other.goto(site.url + "/logga-ut")
    other.click("main button:has-text('Logga ut')")
    anna.page.fill("main [name=text]", "Efter utloggningen")
    expect(anna.page.locator(".draft-status")).to_contain_text("Utkastet gick inte att spara", timeout=15_000)
    anna.submit("main button:has-text('Skicka svaret')")
    assert anna.heading == "Logga in"
    anna.page.fill("[name=identifier]", "glasbruket")
    anna.page.fill("[name=password]", site.password)
    anna.submit("main button:has-text('Logga in')")
    assert anna.page.input_value("main [name=text]") == "Efter utloggningen"


def test_a_post_is_marked_noted_and_let_go(visit, site, script):
    anna = visit(script=script)
    anna.sign_in("spelmannen")
    open_thread(anna)
    thread = anna.page.url.split("#")[0]
    anna.submit("main .post-foot button:has-text('Spara')")
    assert "#inlagg-" in anna.page.url
    anna.submit("main .post-foot a:has-text('Sparat')")
    anna.page.fill("main textarea", f"Läs igen {script}")
    anna.screenshot(f"bookmark script-{script}")
    anna.submit("main button:has-text('Spara')")
    assert anna.heading == "Sparat"
    assert f"Läs igen {script}" in anna.page.locator("main .bookmark-list").inner_text()
    anna.screenshot(f"bookmarks script-{script}")
    anna.submit("main .bookmark-list .title a")
    assert anna.page.url.split("#")[0] == thread
    anna.goto("/sparat")
    anna.submit("main .bookmark-list button:has-text('Ta bort')")
    assert "Inget sparat än" in anna.page.locator("main").inner_text()
    assert anna.complaints == []


def test_a_thread_is_light(visit, site):
    anna = visit(script=True)
    anna.sign_in(site.usernames["member"])
    sizes = {}

    def note(response):
        if "/aviseringar/strom" not in response.url:
            sizes[response.url] = (response.headers.get("content-type", ""), len(response.body()))

    open_thread(anna)
    anna.page.on("response", note)
    anna.page.reload(wait_until="load")
    scripts = sum(size for kind, size in sizes.values() if "javascript" in kind)
    assert scripts <= 15 * 1024, sizes
