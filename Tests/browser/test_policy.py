"""An administrator tries a version of the policy on the page, and publishes it for a day to come."""
import contextlib
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import Visit
from site_process import Site


@pytest.fixture
def own_site(tmp_path):
    """A separate site, because a published version cannot be withdrawn."""
    site = Site(tmp_path)
    site.start()
    yield site
    assert site.stop() == 0, site.log.read_text()


@pytest.fixture
def visit(own_site, chromium):
    with contextlib.ExitStack() as stack:
        def begin(script):
            context = chromium.new_context(java_script_enabled=script, locale="sv-SE")
            stack.callback(context.close)
            visit = Visit(own_site, context)
            visit.runs_scripts = script
            return visit
        yield begin


@pytest.mark.parametrize(
    "script, day, words", [(True, "2031-02-01", "1 februari 2031"), (False, "2031-03-01", "1 mars 2031")],
    ids=["with script", "without script"])
def test_a_version_is_tried_and_published(visit, own_site, script, day, words):
    visitor = visit(script)
    page = visitor.page
    visitor.sign_in(own_site.usernames["administrator"])
    visitor.goto("/admin/policy")
    check(visitor, f"policy versions script-{script}")
    page.click("main a:has-text('Skriv en ny version') >> nth=0")
    check(visitor, f"policy writing script-{script}")

    rules = page.input_value("[name=regler]")
    page.fill("[name=regler]", rules.replace("closedAccount: P1Y", "closedAccount: P9Y"))
    page.click("button:has-text('Granska')")
    assert page.locator(".error-summary").count() == 1
    assert "closedAccount: P9Y" in page.input_value("[name=regler]"), "what was typed is kept"
    check(visitor, f"policy mistakes script-{script}")

    version = re.sub(r'version: "[^"]*"', f'version: "{day}"', rules)
    version = re.sub("change: (major|minor)", "change: minor", version).replace("visitLog: P90D", "visitLog: P30D")
    page.fill("[name=regler]", version.replace('privateMessageNotice: "on"', 'privateMessageNotice: "off"'))
    page.fill("[name=text]", page.input_value("[name=text]").replace("### P-16.3 ", "### P-16.3 Ny rubrik: ", 1))
    page.click("button:has-text('Granska')")
    # The page reloads by itself while the views are built.
    page.wait_for_selector("h1:has-text('Så här skulle det bli')", timeout=60_000)
    found = page.locator("main").inner_text()
    assert words in found and "Inget är publicerat än" in found
    assert re.search(r"\d+\smedlemmar som inte har valt slutar få mejl om nya privata meddelanden", found), found
    assert "Besökslogg" in found and "P-16.3" in found
    check(visitor, f"policy preview script-{script}")

    page.click("button:has-text('Ändra')")
    assert f'version: "{day}"' in page.input_value("[name=regler]")
    page.click("button:has-text('Granska')")
    page.wait_for_selector("h1:has-text('Så här skulle det bli')", timeout=60_000)
    page.click("button:has-text('Publicera')")
    assert "är publicerad" in page.locator("main").inner_text()
    assert f"Börjar gälla den {words}" in page.locator("main").inner_text()
    check(visitor, f"policy published script-{script}")

    visitor.goto("/integritetspolicy")
    assert f"En ny version börjar gälla den {words}" in page.locator("main").inner_text()
    page.click("main a:has-text('se vad som ändras') >> nth=-1")
    assert "Ny rubrik" in page.locator("main").inner_text()
    check(visitor, f"policy changes script-{script}")
    assert visitor.complaints == []


def check(visitor, name):
    """No finding of axe, which is a script itself, and nothing wider than a small phone."""
    for width in (1280, 320):
        visitor.page.set_viewport_size({"width": width, "height": 900})
        visitor.screenshot(f"{name} {width}")
        if visitor.runs_scripts:
            found = Axe().run(visitor.page).response["violations"]
            assert not found, name + "".join(f"\n{rule['id']}: {rule['help']}" for rule in found)
    overflow = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow == 0, f"{name} is {overflow} px wider than a window of 320 px"
