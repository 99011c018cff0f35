"""A member's first hour on the site, from registering to signing out, with and without JavaScript."""
import re

import pytest

# Official test numbers from the end of the list; the demo uses those at its start.
NUMBERS = {True: "200411242381", False: "200412122384"}


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request):
    return request.param


def register(visitor, name, number):
    page = visitor.page
    visitor.goto("/registrera")
    page.fill("[name=email]", f"{name}@example.org")
    page.fill("[name=name]", "Test Testsson")
    page.fill("[name=username]", name)
    page.fill("[name=personnummer]", number)
    page.select_option("[name=kommun]", label="Ystad")
    page.fill("[name=password]", visitor.site.password)
    page.click("main button:has-text('Bli medlem')")


def test_a_member_registers_writes_and_leaves(visit, site, script):
    visitor = visit(script=script)
    page = visitor.page
    name = "provaren" if script else "stillsamma"
    register(visitor, name, NUMBERS[script])
    assert "saker behöver rättas" in page.locator(".error-summary").inner_text()
    assert page.title().startswith("Fel: ")
    assert page.locator(".error-summary:focus").count() == 1

    # No consent is preselected: every box and answer starts empty.
    for box in ("policy", "terms", "register-lookup", "protected-identity"):
        assert not page.is_checked(f"[name={box}]")
    assert page.locator("[name=newsletter]:checked").count() == 0
    page.fill("[name=password]", site.password)
    for box in ("policy", "terms"):
        page.check(f"[name={box}]")
    page.check("[name=newsletter][value=no]")
    page.click("main button:has-text('Bli medlem')")
    assert visitor.heading == "Titta i din e-post", page.locator("main").inner_text()
    visitor.screenshot(f"story registered script-{script}")

    visitor.goto(site.mailed_link(f"{name}@example.org", "/bekrafta/"))
    page.click("main button:has-text('Bekräfta')")
    assert visitor.heading == "Välkommen som medlem"

    visitor.sign_in(name)
    visitor.goto("/forum")
    page.locator("main [class*='-list'] .title a").first.click()
    page.click("a:has-text('Ny tråd')")
    page.fill("[name=title]", f"En fråga från {name}")
    page.fill("[name=text]", "Första raden.\n\n**Andra** stycket med <script>alert(1)</script>.")
    page.click("button[value=preview]")
    assert "Så här kommer det att se ut" in page.locator("main").inner_text()
    page.click("button[value=send]")
    assert visitor.heading == f"En fråga från {name}"
    assert page.locator(".post").count() == 1
    assert page.locator(".post strong").first.inner_text() == "Andra"

    page.fill("[name=text]", "Jag svarar mig själv.")
    page.click("button[value=send]")
    assert page.locator(".post").count() == 2
    visitor.screenshot(f"story thread script-{script}")
    thread = page.url

    visitor.goto("/medlemmar")
    page.fill("[name=namn]", name[:6])
    page.click(".filters button")
    assert page.locator(".member-list .title a").all_inner_texts() == [name]
    assert "Ystad" in page.locator(".member-list").inner_text()

    visitor.sign_out()
    assert visitor.goto("/medlemmar").url.startswith(site.url + "/logga-in")
    visitor.goto(thread)
    shown = page.locator("main").inner_text()
    assert "Jag svarar mig själv." in shown and "Ystad" not in page.content()
    assert visitor.complaints == []


def test_a_wrong_password_is_refused_without_saying_what_was_wrong(visit, site, script):
    visitor = visit(script=script)
    answers = []
    for identifier in (site.usernames["member"], "finns-inte"):
        visitor.goto("/logga-in")
        visitor.page.fill("[name=identifier]", identifier)
        visitor.page.fill("[name=password]", "fel-fel-fel-fel")
        visitor.page.click("main button:has-text('Logga in')")
        answers.append(re.sub(r"\s+", " ", visitor.page.locator(".error-summary").inner_text()))
    assert answers[0] == answers[1] != ""


def test_what_a_member_wrote_is_never_run(visit, site):
    visitor = visit()
    visitor.sign_in(site.usernames["member"])
    visitor.goto("/forum")
    visitor.page.locator("main [class*='-list'] .title a").first.click()
    visitor.page.click("a:has-text('Ny tråd')")
    visitor.page.fill("[name=title]", '"><img src=x onerror=alert(1)>')
    visitor.page.fill("[name=text]", '<img src=x onerror=alert(1)> [x](javascript:alert(1)) <svg/onload=alert(1)>')
    dialogs = []
    visitor.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    visitor.page.click("button[value=send]")
    assert "onerror" in visitor.heading
    assert visitor.page.locator("main img, main svg, main a[href^='javascript']").count() == 0
    assert dialogs == []
