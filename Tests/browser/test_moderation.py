"""A text is reported, judged, removed, appealed against and restored, each by the responsible person, with and without script."""
import re

import pytest


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_removal_is_appealed_against_and_judged_by_another(visit, site, script):
    text = f"Sälj era kundlistor till mig, {'med' if script else 'utan'} skript"
    author = visit(script=script)
    author.sign_in("bokhandeln")
    author.goto("/forum/fikarummet")
    author.page.locator("main .thread-list .title a").first.click()
    author.goto(re.sub(r"(/trad/[^/]+).*", r"\1/svara", author.page.url))
    author.page.fill("main textarea", text)
    author.page.click("main button:has-text('Skicka svaret')")
    post = author.page.locator(f"article:has-text('{text}')").last.get_attribute("id").removeprefix("inlagg-")

    reporter = visit(script=script)
    reporter.sign_in(site.usernames["member"])
    reporter.goto(f"/anmal?inlagg={post}")
    reporter.page.check("input[value=unlawful]")
    reporter.page.fill("[name=meddelande]", "Kundlistor får inte säljas så.")
    reporter.page.check("[name=stammer]")
    reporter.page.click("main button:has-text('Skicka anmälan')")

    moderator = visit(script=script)
    moderator.sign_in(site.usernames["moderator"])
    moderator.page.locator(".menu summary").click()
    assert moderator.page.locator(".menu [data-count=reports]").is_visible()
    moderator.goto("/admin/ko")
    moderator.screenshot(f"moderation queue script-{script}")
    moderator.page.click(f"main a:has-text('{text}')")
    assert text in moderator.page.locator("main").inner_text()
    moderator.screenshot(f"moderation case script-{script}")
    case = re.search(r"/admin/arende/([0-9a-z]{13})", moderator.page.url).group(1)
    decide(moderator, "upheld", "Kundlistor är personuppgifter.")

    author.goto(f"/arenden/{case}")
    assert text in author.page.locator("main").inner_text()
    author.screenshot(f"moderation own case script-{script}")
    author.page.fill("main form:has([value=omprova]) textarea", "Jag menade mina egna listor.")
    author.page.click("main button:has-text('Begär omprövning')")
    assert moderator.goto(f"/admin/arende/{case}").status == 403

    judge = visit(script=script)
    judge.sign_in(site.usernames["administrator"])
    judge.goto(f"/admin/arende/{case}")
    assert text in judge.page.locator("main").inner_text()
    judge.screenshot(f"moderation appeal script-{script}")
    decide(judge, "rejected", "Listorna var hans egna.")
    author.goto(f"/inlagg/{post}")
    assert text in author.page.locator("main").inner_text()
    for visitor in (author, reporter, judge):
        assert visitor.complaints == []


def decide(visitor, outcome, reasons):
    form = visitor.page.locator("main form:has([value=besluta])")
    form.locator(f"input[value={outcome}]").check()
    form.locator("[name=regel]").fill("Medlemsvillkoren T-04.1")
    form.locator("[name=skal]").fill(reasons)
    form.locator("button").click()
    assert "Beslutet är sparat" in visitor.page.locator("main").inner_text()
