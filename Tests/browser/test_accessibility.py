"""Every page for every role: no finding of axe, wide and narrow, light and dark, and nothing wider than a small phone."""
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from pages import NOT_WALKED, UNFILLED, walks
from site_process import ROOT

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
    """Values for the ids in the paths: a category, and one of its threads with many posts."""
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
    member_of_it.goto("/arenden")
    own_case = member_of_it.page.locator("main a[href^='/arenden/']:not([href$=tvist])").first.get_attribute("href")
    member_of_it.goto("/medlemmar?namn=" + member_of_it.site.usernames["member"])
    member_of_it.goto(member_of_it.page.locator(".member-list .title a").first.get_attribute("href"))
    own_thread = member_of_it.page.locator(".thread-list .title a").first.get_attribute("href")
    member_of_it.goto(own_thread)
    own_post = member_of_it.page.locator(".post-foot a:has-text('Ändra')").first.get_attribute("href").removesuffix("/andra")
    member_of_it.goto(own_post + "/andra")
    member_of_it.page.locator("textarea").press("Control+End")
    member_of_it.page.locator("textarea").type(" Tack på förhand!")
    member_of_it.submit("button[value=send]")
    # Marked with a note, and a reply that is not sent.
    bookmark = "/sparat/" + own_post.split("/")[2]
    member_of_it.goto(bookmark)
    member_of_it.page.fill("main textarea", "Läs igen")
    member_of_it.submit("main button:has-text('Spara')")
    member_of_it.goto("/".join(thread.split("/")[:3]) + "/svara")
    member_of_it.page.fill("main textarea", "Halva meningen")
    member_of_it.submit("main button:has-text('Spara utkast')")
    administrator.goto("/admin/kategorier")
    staff_category = administrator.page.locator("main a[href^='/admin/kategori/']").first.get_attribute("href")
    administrator.goto("/admin/nyhetsbrev")
    staff_issue = administrator.page.locator("main a[href^='/admin/nyhetsbrev/']:not([href$=nytt])").first.get_attribute("href")
    visitor.goto("/nyhetsbrev")
    issue = visitor.page.locator("main a[href^='/nyhetsbrev/']").first.get_attribute("href")
    return {
        "own_case": own_case, "own_thread": "/".join(own_thread.split("/")[:3]), "own_post": own_post, "revised": own_post,
        "staff_category": staff_category, "staff_issue": staff_issue, "issue": issue,
        "bookmark": bookmark, "conversation": conversation, "message": message, "reported": reported,
        "watch": "/".join(thread.split("/")[:3]) + "/bevaka",
        "category": category, "thread": thread, "member": member, "reply": "/".join(thread.split("/")[:3]) + "/svara",
        "staff_member": "/admin" + member, "trail": "/revision" + member, "staff_case": case}


def inspect(visit, name):
    for size, scheme in ((WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")):
        visit.page.set_viewport_size(size)
        visit.page.emulate_media(color_scheme=scheme)
        variant = f"{name} {size['width']} {scheme}"
        visit.screenshot(variant)
        found = Axe().run(visit.page).response["violations"]
        assert not found, variant + "".join(
            f"\n{rule['id']}: {rule['help']}: " + ", ".join(node["html"] for node in rule["nodes"][:3]) for rule in found)
    overflow = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow == 0, f"{name} is {overflow} px wider than a window of 320 px"
    assert visit.complaints == []


@pytest.mark.parametrize("role, path", [pytest.param(*walk, id=f"{walk[0]} {walk[1]}") for walk in walks()])
def test_page(visits, places, role, path):
    visit = visits(role)
    visit.complaints.clear()
    path = path.format(**places)
    status = visit.goto(path).status
    assert status == (404 if path.endswith("finns-inte") else 200)
    inspect(visit, f"{role} {path}")


@pytest.mark.parametrize("role, path, button", UNFILLED)
def test_form_with_mistakes(visits, places, role, path, button):
    visit = visits(role)
    visit.complaints.clear()
    visit.goto(path.format(**places))
    visit.page.click(f"main form button:has-text('{button}')")
    assert visit.page.locator(".error-summary:focus").count() == 1, visit.heading
    inspect(visit, f"unfilled {role} {path}")


def test_page_of_somebody_elses(visits):
    visit = visits("member")
    visit.complaints.clear()
    assert visit.goto("/admin").status == 403
    inspect(visit, "forbidden")


def test_no_page_is_forgotten(places):
    """Every address of SiteMap is walked above, or listed as an exception."""
    declarations = "".join(file.read_text() for file in sorted((ROOT / "Sources/SiteMap").glob("*.swift")))
    routes = re.findall(r'= Address\(\s*"([^"]+)"', declarations)
    walked = {path.format(**places).split("?")[0] for _, path in walks()}
    pattern = {route: re.sub(r"\{\w+\}", "[^/]+", route.replace("**", ".+")) for route in routes}

    def is_walked(route):
        return any(re.fullmatch(pattern[route], path) and (path == route or path not in routes) for path in walked)

    assert len(routes) > 100
    assert {route for route in routes if not is_walked(route)} == NOT_WALKED
