"""What administrators and auditors do on the site."""
import re
import subprocess
import time

import pytest

from site_process import PROGRAM


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_administrator_rebuilds_the_views(visit, site, script):
    visitor = visit(script=script)
    page = visitor.page
    visitor.sign_in(site.usernames["administrator"])
    visitor.goto("/admin")
    page.click("main a:has-text('Vyer')")
    generation = int(page.locator("dt:has-text('Generation') + dd").inner_text())
    page.click("button:has-text('Bygg om vyerna')")
    visitor.screenshot(f"staff rebuilding script-{script}")
    # The page reloads by itself.
    page.wait_for_selector(f"text=Generation {generation + 1} är i bruk", timeout=60_000)
    visitor.screenshot(f"staff rebuilt script-{script}")
    assert visitor.complaints == []


def test_an_administrator_gives_and_takes_a_role(visit, site):
    visitor = visit(script=False)
    page = visitor.page
    visitor.sign_in(site.usernames["administrator"])
    visitor.goto("/admin/medlemmar?namn=" + site.usernames["member"])
    page.locator("table a").first.click()
    for label, question in (("Ge rollen moderator", "Ge"), ("Ta ifrån rollen moderator", "Ta ifrån")):
        page.click(f"button:has-text('{label}')")
        assert visitor.heading == f"{question} {site.usernames['member']} rollen moderator?"
        page.fill("main [name=password]", site.password)
        page.click("main form button.button")
    assert page.locator("button:has-text('Ge rollen moderator')").count() == 1


def test_a_number_is_masked_for_an_administrator_until_she_gives_a_reason_and_her_password(visit, site):
    visitor = visit(script=False)
    page = visitor.page
    visitor.sign_in(site.usernames["administrator"])
    visitor.goto("/admin/medlemmar?namn=" + site.usernames["member"])
    page.locator("table a").first.click()
    page.click("a:has-text('Öppna uppgifterna')")
    page.select_option("[name=skal]", "support")
    page.click("main form button.button")
    assert "••••••••-••••" in page.content()
    visitor.screenshot("staff number masked")
    page.click("dd a:has-text('Visa')")
    page.fill("[name=anteckning]", "Ärende 7")
    page.fill("main [name=password]", site.password)
    page.click("main form button.button")
    assert page.input_value("[name=anteckning]") == "Ärende 7"
    visitor.screenshot("staff number refused")
    page.select_option("[name=skal]", "identification")
    page.fill("main [name=password]", site.password)
    page.click("main form button.button")
    assert re.search(r"\d{8}-\d{4}", page.locator("main").inner_text())
    visitor.screenshot("staff number shown")


def test_an_auditor_reads_the_trail_and_proves_an_event(visit, site, tmp_path):
    visitor = visit()
    page = visitor.page
    visitor.sign_in(site.usernames["auditor"])
    assert visitor.goto("/admin").status == 403
    visitor.goto("/revision")
    assert site.verifier_key in page.locator("main").inner_text()
    page.click("main nav >> text=Granskningslogg")
    assert page.locator("tbody tr").count() == 50
    page.select_option("[name=typ]", value="forum.thread-pinned")
    page.click(".filters button")
    assert page.locator("tbody tr").count() >= 1
    assert "Fäste en tråd överst" in page.locator("tbody").inner_text()
    page.locator("tbody a").first.click()
    with page.expect_download() as download:
        page.click("text=Hämta beviset")
    proof = tmp_path / "proof"
    download.value.save_as(proof)
    assert proof.read_text().startswith("c2sp.org/tlog-proof@v1\nindex ")
    visitor.goto("/revision/kontrollpunkter")
    visitor.screenshot("audit checkpoints")
    assert visitor.complaints == []


def test_the_published_checkpoint_verifies(site, tmp_path):
    checkpoint = tmp_path / "checkpoint.txt"
    checkpoint.write_text(site.get("/checkpoint"))
    verify = subprocess.run(
        [PROGRAM, "log", "verify", "--data", site.data, "--checkpoint", checkpoint, "--key", site.verifier_key],
        capture_output=True, text=True)
    assert verify.returncode == 0, verify.stdout + verify.stderr
    assert "signature: valid" in verify.stdout


def test_the_site_says_that_it_is_ready(site):
    assert site.get("/readyz") == "ready\n"
    assert re.search(r"^mikroforetag_log_head \d+$", site.get("/metrics"), re.MULTILINE)
