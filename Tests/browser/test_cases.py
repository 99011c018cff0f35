"""A question is asked, answered within its time limit, and followed by the person who asked, with and without script."""
import re
import time

import pytest


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_question_is_answered_within_its_time_limit(visit, site, script):
    subject = f"Faktura {'med' if script else 'utan'} skript"
    visitor = visit(script=script)
    page = visitor.page
    visitor.goto("/kontakt")
    page.check("input[value=fraga]")
    page.fill("[name=email]", "fraga@example.org")
    page.fill("[name=amne]", subject)
    page.fill("[name=meddelande]", "Vart vänder jag mig om en faktura?")
    # The form refuses answers that come faster than a person types.
    time.sleep(3.5)
    page.click("main button:has-text('Skicka')")
    assert visitor.heading == "Tack, vi har fått ditt meddelande"
    link = site.mailed_link("fraga@example.org", "/arende/")
    case = re.search(r"/arende/([0-9a-z]{13})", link).group(1)

    staff = visit(script=script)
    staff.sign_in(site.usernames["administrator"])
    staff.goto("/admin/arenden")
    staff.screenshot(f"cases due script-{script}")
    assert "Att besvara" in staff.page.locator("main").inner_text()
    row = staff.page.locator(f"main tr:has(a[href='/admin/arende/{case}'])")
    assert "Försenat" not in row.inner_text()
    row.locator("a").click()
    assert staff.heading == subject
    staff.page.fill("main form:has([value=svara]) textarea", "Till faktura@example.org.")
    staff.page.click("button:has-text('Skicka svaret')")
    assert "Svaret är skickat." in staff.page.locator("main").inner_text()
    staff.screenshot(f"cases answered script-{script}")
    staff.goto("/admin/arenden")
    assert staff.page.locator(f"a[href='/admin/arende/{case}']").count() == 0

    full = site.mailed_link("fraga@example.org", f"/arende/{case}/")
    visitor.goto(full)
    assert "Till faktura@example.org." in page.locator("main").inner_text()
    visitor.screenshot(f"cases followed script-{script}")
    page.fill("[name=meddelande]", "Tack! Och till vem ställer jag den?")
    page.click("main button:has-text('Skicka')")
    assert "Det du skrev finns nu i ärendet" in page.locator("main").inner_text()
    staff.goto("/admin/arenden")
    assert staff.page.locator(f"a[href='/admin/arende/{case}']").count() == 1
    assert visitor.complaints == [] and staff.complaints == []
