"""The site as it was offers reading only."""
import datetime
import re
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe

from site_process import PROGRAM, ROOT, free_port


@pytest.fixture(scope="module")
def past(site, tmp_path_factory):
    """The address of the site as it was a month ago, served next to the running one."""
    file = tmp_path_factory.mktemp("past") / "then.sqlite"
    time = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
    subprocess.run(
        [PROGRAM, "views", "rebuild", "--data", site.data, "--as-of", time, "--out", file], cwd=ROOT, check=True,
        capture_output=True)
    port = free_port()
    shown = subprocess.Popen(
        [PROGRAM, "serve", "--data", site.data, "--views", file, "--port", str(port)], cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert "as it was at" in shown.stdout.readline()
    yield f"http://127.0.0.1:{port}"
    shown.terminate()
    shown.wait(timeout=30)


@pytest.mark.parametrize("role", ["administrator", "auditor"])
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_nothing_but_reading_is_offered(visit, site, past, role, script):
    visitor = visit(script=script)
    page = visitor.page
    page.goto(past + "/forum")
    assert visitor.heading == "Logga in"
    page.fill("[name=identifier]", site.usernames[role])
    page.fill("[name=password]", site.password)
    page.click("main button:has-text('Logga in')")
    assert visitor.heading == "Forum"

    page.click("main .category-list .title a >> nth=0")
    category = page.url
    page.click("main .thread-list .title a >> nth=0")
    thread = page.url
    page.goto(past + "/medlemmar")
    page.click("main .member-list .title a >> nth=0")
    assert visitor.heading.startswith("Öppna ")
    member = page.url
    places = [
        past + "/forum", category, thread, past + "/medlemmar", member, past + "/sok?q=moms", past + "/integritetspolicy",
        past + "/medlemsvillkor", past + "/installningar", past + "/finns-inte"]
    for place in places:
        page.goto(place)
        assert page.locator(".past").inner_text().startswith("Så här såg webbplatsen ut "), place
        forms = [form.get_attribute("action") for form in page.locator("form[method=post]").all()]
        assert set(forms) <= {"/logga-ut", re.sub("^http://[^/]*", "", member)}, place
        assert page.locator("main textarea").count() == 0, place
        if script:
            check(visitor, f"past {role} {re.sub('^http://[^/]*', '', place)}")

    page.goto(member)
    page.select_option("[name=skal]", "audit")
    page.click("main button:has-text('Öppna')")
    assert "Medlem sedan" in page.locator("main").inner_text()
    assert page.locator("main form").count() == 0
    if script:
        check(visitor, f"past {role} profile")
    assert visitor.complaints == []


def test_it_is_not_shown_to_members(visit, site, past):
    visitor = visit()
    visitor.sign_in(site.usernames["member"])
    assert visitor.page.goto(past + "/forum").status == 403
    check(visitor, "past member")


def check(visitor, name):
    """No finding of axe, and nothing wider than a small phone."""
    for size in ({"width": 1280, "height": 900}, {"width": 320, "height": 700}):
        for scheme in ("light", "dark"):
            visitor.page.set_viewport_size(size)
            visitor.page.emulate_media(color_scheme=scheme)
            visitor.screenshot(f"{name} {size['width']} {scheme}")
            found = Axe().run(visitor.page).response["violations"]
            assert not found, name + "".join(f"\n{rule['id']}: {rule['help']}" for rule in found)
    overflow = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow == 0, f"{name} is {overflow} px wider than a window of 320 px"
