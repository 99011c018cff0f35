"""What an auditor sees of an erasure and of mails, with and without JavaScript."""
import re
import time

import pytest

LEAVING = {True: "svetsarn", False: "kodolle"}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 375, "height": 800}


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request):
    return request.param


def screenshots(visitor, name):
    for size in (WIDE, NARROW):
        for scheme in ("light", "dark"):
            visitor.page.set_viewport_size(size)
            visitor.page.emulate_media(color_scheme=scheme)
            visitor.screenshot(f"audit {name} {size['width']} {scheme}")
    overflow = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow == 0, name


def check(visitor, text):
    visitor.goto("/revision")
    visitor.page.fill("main [name=kvitto]", text)
    visitor.submit("main button:has-text('Kontrollera')")
    return visitor.page.locator("main").inner_text()


def test_an_erasure_is_found_by_its_receipt(visit, site, script):
    member, auditor = visit(script=script), visit(script=script)
    name = LEAVING[script]
    member.sign_in(name)
    member.goto("/avsluta-konto")
    member.page.fill("[name=password]", site.password)
    member.submit("button:has-text('Avsluta mitt konto')")
    receipt = re.search(r"/kvitto/[A-Za-z0-9_-]{43}", member.page.content()).group(0)

    auditor.sign_in(site.usernames["auditor"])
    assert "inte klar än" in check(auditor, site.url + receipt)
    assert auditor.page.input_value("main [name=kvitto]") == site.url + receipt
    screenshots(auditor, f"erasure not ready script-{script}")
    assert "varken en länk till ett kvitto" in check(auditor, "Jonny Källman")
    assert auditor.page.input_value("main [name=kvitto]") == "Jonny Källman"
    screenshots(auditor, f"erasure mistake script-{script}")

    site.command("members", "purge", name, "--reason", "requested")
    for _ in range(100):
        text = check(auditor, receipt)
        if "Raderingen är klar" in text:
            break
        time.sleep(0.2)
    assert "Raderingen är klar" in text and "Nycklarnas fingeravtryck" in text and name not in text
    screenshots(auditor, f"erasure found script-{script}")
    with auditor.page.expect_download() as download:
        auditor.page.click("text=Hämta beviset")
    proof = download.value.path().read_text()
    assert "Raderingen är klar" in check(auditor, proof)
    auditor.page.locator("main dd a[href^='/revision/handelse/']").first.click()
    assert "erasure.fenced.v1" in auditor.page.locator("main").inner_text()
    screenshots(auditor, f"event script-{script}")
    assert auditor.complaints == [] and member.complaints == []


def test_mails_of_a_newsletter_are_one_row_that_opens(visit, site, script):
    auditor = visit(script=script)
    page = auditor.page
    auditor.sign_in(site.usernames["auditor"])
    for _ in range(40):
        auditor.goto("/revision/granskningslogg" if page.locator("a[rel=next]").count() == 0 else page.locator("a[rel=next]").get_attribute("href"))
        if page.locator("main td details").count():
            break
    row = page.locator("main td details").first
    assert re.search(r"\d+\smejl skickades", row.locator("summary").inner_text())
    assert not row.locator("li").first.is_visible()
    row.locator("summary").click()
    assert row.locator("li").first.is_visible()
    assert "Ett mejl lämnades till mejlservern" in row.inner_text()
    assert not re.search(r"\.v\d\b", page.locator("tbody").first.inner_text())
    screenshots(auditor, f"trail with mails script-{script}")
    assert auditor.complaints == []
