"""The pages that the tests walk, by the role that may see them."""

EVERYBODY = [
    "/", "/forum", "{category}", "{thread}", "/sok", "/sok?q=moms", "/registrera", "/logga-in", "/glomt-losenord", "/aterskapa", "/aterskapa/finns-inte", "/overklaga/finns-inte",
    "/integritetspolicy", "/integritetspolicy/2019-08-18", "/medlemsvillkor", "/medlemsvillkor/2019-08-18",
    "/integritetspolicy/efterlevnad", "/kakor", "/tillganglighet", "/om", "/finns-inte", "/nyhetsbrev", "/avregistrera/finns-inte", "/kontakt", "/kontakt?klart=skickat", "/anmal", "/anmal?klart=skickat", "/mina-rattigheter",
    "/information", "/integritetspolicy/andringar", "/medlemsvillkor/andringar",
    "/bekrafta/finns-inte", "/nytt-losenord/finns-inte", "/bekrafta-epost/finns-inte", "/angra-epostbyte/finns-inte", "/kvitto/finns-inte", "{issue}",
]
MEMBERS = [
    "/", "/forum", "{category}", "{category}/ny", "{thread}", "{reply}", "/sok?q=eva", "/medlemmar",
    "/medlemmar?namn=zzzz", "{member}", "/logga-ut", "/avsluta-konto", "/kontakt", "/arenden", "/arenden/tvist", "/mina-rattigheter", "/anmal",
    "/installningar", "/sajtinstallningar", "/installningar/personnummer", "/installningar/epost",
    "/installningar/anvandarnamn", "/installningar/kommun", "/installningar/losenord", "/installningar/inloggning", "/installningar/inloggning/tva-steg",
    "/installningar/skyddad-identitet", "/installningar/kapat", "/installningar/rattelse",
    "/installningar/rattelse?uppgift=name", "/installningar/rattelse?uppgift=sex",
    "/installningar/rattelse?uppgift=personal-identity-number",
    "/sparat", "{bookmark}", "/utkast", "/meddelanden", "/meddelanden?q=montern", "/meddelanden?q=zzzz", "/meddelanden/nytt", "/meddelanden/blockerade",
    "{conversation}", "{conversation}/lamna", "{message}/anmal", "/aviseringar", "{watch}", "{category}/bevaka",
    "/information", "/installningar/utdrag", "{own_thread}/rubrik", "{own_post}/andra", "{own_post}/radera", "{revised}/historik", "{own_case}",
]
STAFF = {
    "moderator": ["{thread}", "/admin", "/admin/ko", "/admin/anmalda-meddelanden", "{reported}", "/admin/registreringar",
        "{own_thread}/moderera", "{own_thread}/radera-rubriken", "{own_post}/ta-bort", "{own_post}/radera-for-gott"],
    "administrator": ["{thread}", "/admin", "/admin/vyer", "/admin/medlemmar", "{staff_member}", "/admin/kategorier",
        "/admin/medlemmar/sok", "/admin/medlemmar/avslutade", "/admin/omprovningar", "/admin/rattelser", "/admin/nyhetsbrev", "/admin/nyhetsbrev/nytt", "/admin/mejl", "/admin/arenden", "/admin/arenden?visa=oppna", "/admin/arenden?visa=avslutade", "/admin/ko", "{staff_case}", "{staff_case}/personnummer", "{staff_member}/uppgifter", "{staff_member}/personnummer",
        "{staff_member}/stang", "{staff_member}/stang-av", "{staff_member}/aterskapa", "{staff_member}/bevara",
        "{staff_member}/omprovning", "{staff_member}/tva-steg", "{staff_member}/logga-ut", "/admin/tva-steg", "/avsluta-konto", "/admin/lagring", "/admin/besok", "/admin/gallring", "{staff_category}", "{staff_issue}", "/admin/policy", "/admin/policy?skriv=policy", "/admin/statistik", "/revision/policy", "/admin/anmalda-meddelanden", "{reported}", "{reported}/personnummer"],
    "auditor": ["/revision", "/revision/granskningslogg", "/revision/handelse/1", "/revision/handelse/40", "/revision/kontrollpunkter", "/revision/bevaranden",
        "/revision/granskningslogg?klausul=P-16.3", "/revision/policy", "/revision/behandlingar", "/revision/radering", "{trail}"],
}


# Forms that are sent empty: role, path and button.
UNFILLED = [
    ("visitor", "/registrera", "Bli medlem"), ("visitor", "/logga-in", "Logga in"), ("visitor", "/glomt-losenord", "Skicka länken"),
    ("visitor", "/kontakt", "Skicka"), ("member", "{category}/ny", "Starta tråden"), ("member", "{reply}", "Skicka svaret"),
]
# Addresses that answer without a page, or with one that other tests reach.
NOT_WALKED = {
    "/trad/{id}", "/inlagg/{id}", "/inlagg/{id}/aterstall", "/inlagg/{id}/angra", "/inlagg/{id}/historik/{number}/radera",
    "/inlagg/{id}/historik/{number}/angra", "/meddelande/{id}/radera", "/meddelande/{id}/angra", "/sparat/{id}/ta-bort", "/utkast/ta-bort", "/forhandsgranska", "/meddelanden/{id}/tysta", "/medlem/{id}/blockera",
    "/aviseringar/{position}", "/aviseringar/lasta", "/aviseringar/strom", "/installningar/samtycke", "/installningar/logga-ut", "/installningar/last",
    "/godkann", "/logga-in/kod", "/installningar/inloggning/tva-steg/bekrafta", "/installningar/inloggning/tva-steg/av", "/installningar/inloggning/koder",
    "/installningar/epost/forsok-igen", "/arende/{id}/{token}", "/arende/{id}/utdrag/{token}", "/admin/registrering/{id}",
    "/admin/rattelse/{id}", "/admin/rattelse/{id}/personnummer", "/admin/arende/{id}/mejl/{number}", "/admin/policy/granskning", "/revision/handelse/{position}/bevis", "/revision/behandlingar.json",
    "/forum/{category}/feed.atom", "/checkpoint", "/checkpoint/bevittnad", "/checkpoint/tidsstamplad", "/checkpoint/tidsstampel", "/tile/**",
    "/feed.atom", "/sitemap.xml", "/robots.txt", "/tillgang/{name}", "/favicon.ico", "/apple-touch-icon.png", "/healthz", "/readyz", "/metrics",
}


def walks():
    """(role, path)"""
    for role, paths in {"visitor": EVERYBODY, "member": MEMBERS, **STAFF}.items():
        for path in paths:
            yield role, path
