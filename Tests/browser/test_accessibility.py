"""Every page for every role: no finding of axe, wide and narrow, light and dark, and nothing wider than a small phone."""
import pytest
from axe_playwright_python.sync_playwright import Axe

from pages import walks

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 700}


@pytest.fixture(scope="module")
def visits(site, chromium):
    """One visit for each role, signed in once."""
    from conftest import Visit

    known = {}

    def of(role):
        if role not in known:
            known[role] = Visit(site, chromium.new_context(locale="sv-SE"))
            if role != "visitor":
                known[role].sign_in(site.usernames[role])
        return known[role]

    yield of
    for visit in known.values():
        visit.context.close()


@pytest.fixture(scope="module")
def places(visits):
    """What stands for the ids in the paths: a category, and one of its threads with many posts."""
    visitor, administrator = visits("visitor"), visits("administrator")
    visitor.goto("/forum")
    category = visitor.page.locator("main [class*='-list'] .title a").first.get_attribute("href")
    visitor.goto(category)
    thread = visitor.page.locator("main .thread-list .title a").last.get_attribute("href")
    administrator.goto("/medlemmar")
    administrator.goto("/admin/arenden?visa=oppna")
    case = administrator.page.locator("main tbody a").first.get_attribute("href")
    administrator.goto("/medlemmar")
    member = administrator.page.locator(".member-list .title a").first.get_attribute("href")
    member_of_it = visits("member")
    member_of_it.goto("/meddelanden")
    conversation = member_of_it.page.locator("main .thread-list .title a").last.get_attribute("href")
    member_of_it.goto(conversation)
    message = member_of_it.page.locator("main a:has-text('Anmäl')").first.get_attribute("href").removesuffix("/anmal")
    administrator.goto("/admin/anmalda-meddelanden")
    reported = administrator.page.locator("main .thread-list .title a").first.get_attribute("href")
    return {
        "conversation": conversation, "message": message, "reported": reported,
        "watch": "/".join(thread.split("/")[:3]) + "/bevaka",
        "category": category, "thread": thread, "member": member, "reply": "/".join(thread.split("/")[:3]) + "/svara",
        "staff_member": "/admin" + member, "trail": "/revision" + member, "staff_case": case}


@pytest.mark.parametrize("role, path", [pytest.param(*walk, id=f"{walk[0]} {walk[1]}") for walk in walks()])
def test_page(visits, places, role, path):
    visit = visits(role)
    visit.complaints.clear()
    path = path.format(**places)
    status = visit.goto(path).status
    assert status == (404 if path.endswith("finns-inte") else 200)

    for size, scheme in ((WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")):
        visit.page.set_viewport_size(size)
        visit.page.emulate_media(color_scheme=scheme)
        name = f"{role} {path} {size['width']} {scheme}"
        visit.screenshot(name)
        found = Axe().run(visit.page).response["violations"]
        assert not found, name + "".join(
            f"\n{rule['id']}: {rule['help']}: " + ", ".join(node["html"] for node in rule["nodes"][:3]) for rule in found)
    overflow = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow == 0, f"{path} is {overflow} px wider than a window of 320 px"
    assert visit.complaints == []
