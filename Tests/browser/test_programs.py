"""What programs read of the public pages: feeds, descriptions, icons; and the pages on paper."""
import json
import urllib.error
import urllib.request

import pytest


def fetch(url, headers=None):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {})) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.fixture
def thread(visit):
    """A visitor on the first thread of the first public category."""
    visitor = visit()
    visitor.goto("/forum")
    visitor.page.locator(".category-list .title a").first.click()
    visitor.page.locator(".thread-list .title a").first.click()
    visitor.page.wait_for_selector("article.post")
    return visitor


def test_a_page_leads_to_its_feed_which_is_fetched_once(thread, site):
    feed = thread.page.get_attribute("link[rel=alternate][type='application/atom+xml']", "href")
    status, headers, body = fetch(site.url + feed)
    assert status == 200 and b"<summary>" in body
    assert fetch(site.url + feed, {"If-None-Match": headers["ETag"]})[0] == 304
    if headers["Last-Modified"]:
        assert fetch(site.url + feed, {"If-Modified-Since": headers["Last-Modified"]})[0] == 304


def test_a_thread_is_described_to_programs_as_visitors_see_it(thread, visit, site):
    page = thread.page
    assert page.get_attribute("link[rel=canonical]", "href") == page.url
    assert page.get_attribute("meta[property='og:url']", "content") == page.url
    assert page.get_attribute("meta[property='og:title']", "content") == thread.heading
    described = json.loads(page.locator("script[type='application/ld+json']").inner_text())
    assert described["@type"] == "DiscussionForumPosting" and described["headline"] == thread.heading
    assert described["author"]["name"] == page.locator("article.post .author").first.inner_text()
    # The content security policy lets the block of data be: no script runs, and nothing is reported.
    assert thread.complaints == []
    member = visit()
    member.sign_in(site.usernames["member"])
    member.goto(page.url)
    assert member.page.locator("script[type='application/ld+json'], link[rel=canonical], meta[property]").count() == 0


def test_the_site_has_an_icon_for_every_browser(thread, site):
    for icon in thread.page.locator("link[rel=icon], link[rel=apple-touch-icon]").all():
        status, headers, body = fetch(site.url + icon.get_attribute("href"))
        assert status == 200 and headers["Content-Type"].startswith("image/") and "max-age" in headers["Cache-Control"]
        assert len(body) > 100
    widths = thread.page.evaluate(
        """() => Promise.all([...document.querySelectorAll('link[rel=icon], link[rel=apple-touch-icon]')].map(link => {
             const image = new Image(); image.src = link.href; return image.decode().then(() => image.naturalWidth) }))""")
    assert all(widths) and 180 in widths


def test_on_paper_a_page_has_no_forms_menus_or_buttons(visit, thread, site):
    member = visit()
    member.sign_in(site.usernames["member"])
    member.goto(thread.page.url)
    member.page.emulate_media(media="print")
    for hidden in ["form", "nav", "button", ".button", ".account", ".post-foot", ".skip-link"]:
        for element in member.page.locator(f"body > header {hidden}, main {hidden}").all():
            assert not element.is_visible(), hidden
    assert member.page.locator("article.post .post-body").first.is_visible()
    assert member.page.locator(".site-name").is_visible() and member.page.locator("footer address").is_visible()
    member.screenshot("programs-print")


@pytest.mark.parametrize("width", [1200, 375])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_mails_are_chosen_in_a_table(visit, site, width, scheme):
    member = visit(script=False, viewport={"width": width, "height": 900}, color_scheme=scheme)
    member.sign_in(site.usernames["member"])
    member.goto("/sajtinstallningar")
    member.screenshot(f"mail-choices-{width}-{scheme}")
    assert member.page.evaluate("document.documentElement.scrollWidth") <= width
    member.page.get_by_label("Svar i dina trådar: En gång om dagen").check()
    member.submit("main button:has-text('Spara')")
    assert member.page.get_by_label("Svar i dina trådar: En gång om dagen").is_checked()
    member.page.get_by_label("Svar i dina trådar: Standard (nej)").check()
    member.submit("main button:has-text('Spara')")
    assert member.page.get_by_label("Svar i dina trådar: Standard (nej)").is_checked()
