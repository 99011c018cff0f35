"""A member controls her own data: the settings, with and without JavaScript."""
import zipfile

import pytest

from test_story import register

# Official test numbers that no other test here uses.
NUMBERS = {True: "200406162396", False: "200409082393"}
OTHER_PASSWORD = "tre gula paraplyer vid ån"


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request):
    return request.param


def join(visitor, name, number):
    page = visitor.page
    register(visitor, name, number)
    page.fill("[name=password]", visitor.site.password)
    for box in ("policy", "terms"):
        page.check(f"[name={box}]")
    page.check("[name=newsletter][value=no]")
    visitor.submit("main button:has-text('Bli medlem')")
    visitor.goto(visitor.site.mailed_link(f"{name}@example.org", "/bekrafta/"))
    visitor.submit("main button:has-text('Bekräfta')")
    visitor.sign_in(name)


def said(visitor):
    return visitor.page.locator("main").inner_text()


def test_a_member_sees_and_changes_her_own_data(visit, site, script):
    name = "paraplymakaren" if script else "hattmakaren"
    number = NUMBERS[script]
    visitor = visit(script=script, viewport={"width": 375, "height": 800})
    page = visitor.page
    join(visitor, name, number)
    visitor.goto("/installningar")
    visitor.screenshot(f"settings folded script-{script}")
    assert page.evaluate("document.documentElement.scrollHeight") < 2400
    page.click("h2:has-text('Dina uppgifter')")
    assert visitor.heading == "Inställningar"
    assert number not in page.content() and number[-4:] not in said(visitor)
    visitor.screenshot(f"settings script-{script}")

    page.click("a:has-text('Visa: personnummer')")
    page.fill("[name=password]", "fel-fel-fel-fel")
    page.click("main button:has-text('Visa')")
    assert "Lösenordet stämmer inte." in page.locator(".error-summary").inner_text()
    page.fill("[name=password]", site.password)
    page.click("main button:has-text('Visa')")
    assert f"{number[:8]}-{number[8:]}" in said(visitor)

    visitor.goto("/medlemmar?namn=" + name)
    page.locator(".member-list .title a").first.click()
    profile = page.url
    other = visit(script=script)
    other.sign_in(site.usernames["moderator"])
    other.goto(profile)
    assert "Test Testsson" not in other.page.content()
    visitor.goto("/installningar?visa=synlighet#synlighet")
    page.click("button:has-text('Visa mitt namn')")
    assert "Påslaget." in said(visitor)
    other.goto(profile)
    assert "Test Testsson" in said(other)
    page.click("button:has-text('Sluta visa mitt namn')")
    assert "Avstängt." in said(visitor)
    other.goto(profile)
    assert "Test Testsson" not in other.page.content()

    visitor.goto("/installningar/kommun")
    page.select_option("[name=kommun]", label="Lund")
    page.click("main button:has-text('Spara')")
    assert "Kommunen är ändrad." in said(visitor) and "Lund" in said(visitor)
    visitor.goto("/installningar/skyddad-identitet")
    page.click("main button:has-text('Skydda min identitet')")
    assert "Din identitet är skyddad." in said(visitor) and "Lund" not in said(visitor)
    visitor.screenshot(f"settings protected script-{script}")

    visitor.goto("/installningar/utdrag")
    page.fill("[name=password]", site.password)
    with page.expect_download() as download:
        page.click("main button:has-text('Ladda ner')")
    names = zipfile.ZipFile(download.value.path()).namelist()
    assert {"utdrag.html", "utdrag.json"} <= {path.rsplit("/")[-1] for path in names}

    elsewhere = visit(script=script)
    elsewhere.sign_in(name)
    visitor.goto("/installningar?visa=inloggningar#inloggningar")
    page.click("button:has-text('Logga ut alla andra enheter')")
    page.fill("[name=password]", site.password)
    page.click("main button:has-text('Logga ut')")
    assert "Du är utloggad på alla andra enheter." in said(visitor)
    assert elsewhere.goto("/installningar").url.startswith(site.url + "/logga-in")
    assert visitor.complaints == other.complaints == []


def test_an_account_that_somebody_else_took_comes_back_to_its_owner(visit, site, script):
    name = "skomakaren" if script else "sadelmakaren"
    number = {True: "200409122397", False: "200409142395"}[script]
    old, new = f"{name}@example.org", f"{name}.ny@example.org"
    visitor = visit(script=script)
    page = visitor.page
    join(visitor, name, number)
    visitor.goto("/installningar/epost")
    page.fill("[name=email]", new)
    page.fill("[name=password]", site.password)
    page.click("main button:has-text('Skicka länken')")
    assert "Vi har skickat en länk till den nya adressen." in said(visitor)
    visitor.goto(site.mailed_link(new, "/bekrafta-epost/"))
    page.click("main button:has-text('Byt till den här adressen')")
    assert visitor.heading == "Adressen är bytt"
    visitor.goto("/installningar?visa=uppgifter")
    assert "Tidigare e-postadress" in said(visitor)

    owner = visit(script=script)
    owner.goto(site.mailed_link(old, "/angra-epostbyte/"))
    owner.screenshot(f"settings undo script-{script}")
    owner.page.click("main button:has-text('Ångra bytet')")
    assert owner.heading == "Bytet är ångrat"
    assert visitor.goto("/installningar").url.startswith(site.url + "/logga-in")
    owner.goto(site.mailed_link(old, "/nytt-losenord/"))
    owner.page.fill("[name=password]", OTHER_PASSWORD)
    owner.submit("main button")
    owner.goto("/logga-in")
    owner.page.fill("[name=identifier]", name)
    owner.page.fill("[name=password]", OTHER_PASSWORD)
    owner.submit("main button:has-text('Logga in')")

    owner.goto("/installningar/kapat")
    owner.page.fill("[name=password]", OTHER_PASSWORD)
    owner.screenshot(f"settings compromise script-{script}")
    owner.page.click("main button:has-text('Spärra kontot')")
    assert owner.heading == "Kontot är spärrat"
    assert owner.goto("/installningar").url.startswith(site.url + "/logga-in")
    assert visitor.complaints == owner.complaints == []


def test_a_name_is_corrected_by_an_administrator_with_a_reason(visit, site, script):
    name = "kopparslagaren" if script else "bleckslagaren"
    number = {True: "200411052384", False: "200404302390"}[script]
    visitor = visit(script=script)
    page = visitor.page
    join(visitor, name, number)
    visitor.goto("/installningar/rattelse")
    page.click("main a:has-text('Namn')")
    page.fill("[name=nytt-namn]", "Test Nyhamn")
    page.fill("[name=skal]", "Jag har bytt efternamn.")
    page.click("main button:has-text('Skicka begäran')")
    assert "Din begäran om rättelse är mottagen." in said(visitor)

    administrator = visit(script=script)
    administrator.sign_in(site.usernames["administrator"])
    administrator.goto("/admin/rattelser")
    staff = administrator.page
    staff.locator("main tr", has_text=name).locator("a").first.click()
    assert "Nyhamn" not in staff.content()
    staff.fill("main input[type=text]", "Jag ska jämföra med passet.")
    staff.click("main button:has-text('Visa uppgifterna')")
    assert "Test Nyhamn" in said(administrator)
    administrator.screenshot(f"staff correction script-{script}")
    staff.check("[value=document-agrees]")
    staff.click("main button:has-text('Anteckna')")
    assert "Jämförelsen är antecknad." in said(administrator)
    staff.fill("main textarea", "Passet säger detsamma.")
    staff.click("main button:has-text('Godkänn')")
    assert "Beslutet är fattat" in said(administrator)

    visitor.goto("/installningar")
    shown = visitor.page.locator("main").text_content()
    assert "Test Nyhamn" in shown and "Passet säger detsamma." in shown and "Jag ska jämföra med passet." in shown
    assert visitor.complaints == administrator.complaints == []
