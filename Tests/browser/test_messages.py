"""Two members write to each other, both see what is new, and one takes no more messages from the other."""
import pytest


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request):
    return request.param


def count(visit, name):
    """The number of unread items in the menu; 0 when none is shown."""
    element = visit.page.locator(f"[data-count={name}]").first
    return 0 if element.get_attribute("hidden") is not None else int(element.locator("span").first.text_content())


def send(visit, text):
    visit.page.fill("main [name=text]", text)
    visit.page.click("main button:has-text('Skicka')")


def test_two_members_exchange_messages_and_one_blocks_the_other(visit, site, script):
    anna, moa = visit(script=script), visit(script=script)
    anna.sign_in(site.usernames["member"])
    moa.sign_in(site.usernames["moderator"])
    before = count(moa, "messages")

    # From the profile, where members start conversations.
    anna.goto("/medlemmar?namn=" + site.usernames["moderator"])
    anna.page.locator(".member-list .title a").first.click()
    anna.page.click("main a:has-text('Skriv meddelande')")
    send(anna, f"Hej, binder du även receptböcker? <b>{script}</b>")
    assert anna.heading == f"Samtal med {site.usernames['moderator']} (moderator)"
    conversation = anna.page.url.split("#")[0]
    assert f"<b>{script}</b>" in anna.page.locator("main").inner_text()

    if script:
        # An open page updates without a reload.
        moa.page.wait_for_function(
            "n => Number(document.querySelector('[data-count=messages] span').textContent) === n", arg=before + 1)
    moa.goto("/meddelanden")
    assert count(moa, "messages") == before + 1
    assert "1 nytt" in moa.page.locator("main").inner_text().replace("\u00a0", " ")
    moa.screenshot(f"messages list script-{script}")
    moa.page.locator(".thread-list .title a").first.click()
    # Earlier unread messages of the conversation are read now as well.
    assert count(moa, "messages") <= before
    send(moa, "Gärna! Se https://example.org/recept")
    moa.screenshot(f"messages conversation script-{script}")

    anna.goto("/")
    assert count(anna, "messages") >= 1
    anna.goto(conversation)
    link = anna.page.locator("a[rel~=ugc]").last
    assert link.get_attribute("href") == "https://example.org/recept"

    moa.page.click("main button:has-text('Ta inte emot meddelanden från')")
    assert moa.page.locator("main button:has-text('igen')").count() == 1
    send(anna, "Vad kostar det?")
    assert f"{site.usernames['moderator']} tar inte emot meddelanden från dig." in anna.page.locator(".error-summary").inner_text()
    assert anna.page.input_value("main [name=text]") == "Vad kostar det?"
    anna.screenshot(f"messages refused script-{script}")
    moa.page.click("main button:has-text('igen')")
    send(anna, "Vad kostar det?")
    assert "Vad kostar det?" in anna.page.locator("main article").last.inner_text()
    assert anna.complaints == [] and moa.complaints == []


def test_a_member_finds_what_is_new_and_marks_it_as_read(visit, site, script):
    anna = visit(script=script)
    anna.sign_in(site.usernames["member"])
    anna.goto("/forum")
    anna.page.locator("main [class*='-list'] .title a").first.click()
    anna.page.click("main a:has-text('Bevaka kategorin')")
    anna.submit("main button:has-text('Bevaka')")
    anna.goto("/aviseringar")
    assert "Det du bevakar" in anna.page.locator("main").inner_text()
    anna.screenshot(f"notices script-{script}")
    if count(anna, "notices"):
        anna.submit("main button:has-text('Markera alla som lästa')")
    assert count(anna, "notices") == 0
    anna.page.locator("main button:has-text('Sluta bevaka')").first.click()
    assert anna.page.locator("main button:has-text('Sluta bevaka')").count() == 0
    assert anna.complaints == []


def test_an_administrator_reads_a_reported_message_and_the_participants_see_it(visit, site):
    astrid = visit()
    astrid.sign_in(site.usernames["administrator"])
    astrid.goto("/admin/anmalda-meddelanden")
    astrid.page.locator(".thread-list .title a").first.click()
    assert "Lasse, jag bor" not in astrid.page.locator("main").inner_text()
    astrid.page.check("[name=skal][value=report]")
    astrid.page.click("main button:has-text('Läs meddelandet')")
    assert "flygtransfer" in astrid.page.locator("main").inner_text()
    astrid.screenshot("messages reported")
    reporter = visit()
    reporter.sign_in("konsult-k")
    reporter.goto("/meddelanden")
    reporter.page.locator(".thread-list .title a").first.click()
    assert "En administratör läste ett meddelande här" in reporter.page.locator("main").inner_text()
    assert astrid.complaints == [] and reporter.complaints == []
