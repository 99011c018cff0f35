import contextlib
import os
import pathlib
import re

import pytest
from playwright.sync_api import sync_playwright

from site_process import Site

SCREENSHOTS = pathlib.Path(os.environ["SCREENSHOTS"])


def pytest_collection_modifyitems(items):
    """Each worker has a site and a browser. The tests of a file share them, in order; those of mail have a site each, and mostly wait."""
    for item in items:
        is_alone = item.path.name == "test_mail.py"
        item.add_marker(pytest.mark.xdist_group(item.nodeid if is_alone else item.path.name))


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("site"))
    site.start()
    yield site
    assert site.stop() == 0, site.log.read_text()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


class Visit:
    """One person's browser. Collects console errors, which no page should cause."""

    def __init__(self, site, context):
        self.site = site
        self.context = context
        context.set_default_timeout(15_000)
        self.page = context.new_page()
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._note)

    def _note(self, message):
        # The tests check statuses such as 404 and 422 themselves.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def goto(self, path):
        return self.page.goto(path if path.startswith("http") else self.site.url + path)

    def submit(self, button):
        """Presses a button and waits until the next page has loaded; navigating earlier would cancel it."""
        with self.page.expect_navigation():
            self.page.click(button)

    @property
    def heading(self):
        return self.page.locator("main h1").inner_text()

    def sign_in(self, username):
        self.goto("/logga-in")
        self.page.fill("[name=identifier]", username)
        self.page.fill("[name=password]", self.site.password)
        self.page.click("main button:has-text('Logga in')")
        assert self.page.locator(".menu summary .name").inner_text().strip() == username, self.heading

    def sign_out(self):
        self.page.click(".menu summary")
        self.page.click("button:has-text('Logga ut')")
        self.page.wait_for_selector("header >> text=Logga in")

    def screenshot(self, name):
        self.page.screenshot(path=SCREENSHOTS / f"{re.sub('[^a-z0-9-]+', '-', name.lower()).strip('-')}.png", full_page=True)


@pytest.fixture
def visit(site, chromium):
    """Creates visits: `visit(script=False)` is a browser without JavaScript."""
    with contextlib.ExitStack() as stack:
        def begin(script=True, **options):
            context = chromium.new_context(java_script_enabled=script, locale="sv-SE", **options)
            stack.callback(context.close)
            return Visit(site, context)
        yield begin
