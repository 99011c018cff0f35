"""Closing, restoring and suspending an account: pages and mails, with and without JavaScript."""
import datetime

import pytest

MEMBERS = {True: "keramikkatten", False: "hamid"}


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request):
    return request.param


def test_a_member_leaves_and_comes_back(visit, site, script):
    visitor = visit(script=script, viewport={"width": 375, "height": 800})
    page = visitor.page
    name = MEMBERS[script]
    visitor.sign_in(name)
    visitor.goto("/avsluta-konto")
    assert page.is_checked("[name=inlagg][value=anonymise]")
    assert page.is_checked("[name=meddelanden][value=anonymise]")
    visitor.screenshot(f"leaving form script-{script}")
    page.fill("[name=password]", "fel-fel-fel-fel")
    page.click("button:has-text('Avsluta mitt konto')")
    assert "Lösenordet stämmer inte." in page.locator(".error-summary").inner_text()
    page.fill("[name=password]", site.password)
    page.click("button:has-text('Avsluta mitt konto')")
    assert visitor.heading == "Ditt konto är avslutat"
    assert page.locator("header >> text=Logga in").count() == 1
    visitor.screenshot(f"leaving goodbye script-{script}")

    visitor.goto(site.mailed_link(f"{name}@example.org", "/aterskapa/"))
    assert visitor.heading == f"Återskapa kontot {name}"
    visitor.screenshot(f"leaving restore script-{script}")
    page.check("[name=meddelanden][value=erase]")
    page.click("button:has-text('Spara valet')")
    assert "Ditt val är sparat." in page.locator("main").inner_text()
    assert page.is_checked("[name=inlagg][value=anonymise]")
    assert page.is_checked("[name=meddelanden][value=erase]")
    page.click("button:has-text('Återskapa kontot')")
    assert visitor.heading == "Välkommen tillbaka"
    visitor.screenshot(f"leaving restored script-{script}")
    visitor.sign_in(name)
    assert visitor.complaints == []


def test_an_administrator_deactivates_and_judges_again(visit, site):
    name = "keramikkatten"
    administrator = visit(script=False)
    page = administrator.page
    administrator.sign_in(site.usernames["administrator"])
    administrator.goto("/admin/medlemmar?namn=" + name)
    page.locator("table a").first.click()
    member = page.url
    administrator.screenshot("staff member")
    page.click("main a:has-text('Stäng av till ett datum')")
    page.fill("[name=till]", "2099-01-01")
    page.fill("[name=regel]", "Medlemsvillkoren T-04.2")
    page.fill("[name=handelse]", "Samma annons i flera trådar, trots en påminnelse. Vi såg det själva.")
    administrator.screenshot("staff deactivate")
    page.click("main button:has-text('Stäng av')")
    assert administrator.heading == "Avstängt konto"
    administrator.screenshot("staff deactivated")

    visitor = visit()
    visitor.goto(site.mailed_link(f"{name}@example.org", "/overklaga/"))
    visitor.screenshot("appeal form")
    visitor.page.fill("[name=text]", "Det var samma tråd. Jag skickade bara två gånger av misstag.")
    visitor.page.click("main button:has-text('Skicka')")
    assert visitor.heading == "Tack, vi har fått din begäran"

    # The administrator who decided does not judge the appeal: it is missing from her list, and a colleague handles it.
    administrator.goto("/admin/omprovningar")
    assert name not in page.locator("main").inner_text()
    site.command("members", "grant-role", site.usernames["auditor"], "administrator")
    colleague = visit(script=False)
    colleague.sign_in(site.usernames["auditor"])
    colleague.goto("/admin/omprovningar")
    colleague.screenshot("staff appeals")
    colleague.page.locator("table a").first.click()
    colleague.page.click("button:has-text('Läs begäran')")
    assert "två gånger av misstag" in colleague.page.locator("main").inner_text()
    colleague.screenshot("staff appeal")
    colleague.page.locator("[name=varfor]").fill("Det stämmer, det var ett misstag.")
    colleague.page.click("main button:has-text('Återskapa kontot')")
    assert colleague.heading == "Omprövningar"
    site.command("members", "revoke-role", site.usernames["auditor"], "administrator")

    administrator.goto(member + "/uppgifter")
    administrator.screenshot("staff reason")
    page.select_option("[name=skal]", label="Supportärende")
    page.click("main button:has-text('Öppna')")
    assert f"{name}@example.org" in page.locator("main").inner_text()
    administrator.screenshot("staff data")

    administrator.goto(member + "/bevara")
    page.fill("[name=referens]", "Polisen, 0105-K1234-26")
    page.check("[name=hemligt]")
    page.fill("[name=till]", (datetime.date.today() + datetime.timedelta(days=30)).isoformat())
    administrator.screenshot("staff hold")
    administrator.submit("main button:has-text('Föreslå')")
    administrator.screenshot("staff hold proposed")
    proposal = page.locator("[name=forslag]").first.input_value()
    assert f"holds confirm {proposal}" in page.locator("main").inner_text()
    site.command("holds", "confirm", proposal)
    administrator.goto(member + "/bevara")
    administrator.screenshot("staff hold in force")
    administrator.goto("/revision/bevaranden")
    administrator.screenshot("audit holds")
    assert name in page.locator("main").inner_text()
    administrator.goto(member + "/bevara")
    administrator.submit("main button:has-text('Häv bevarandet')")
    assert administrator.complaints == []
