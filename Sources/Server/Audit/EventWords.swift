/// What each kind of event is in plain Swedish, by its name on the wire.
enum EventWords {
    static let all: [(name: String, sentence: String)] = [
        ("accounts.signed-up", "Anmälde sig som medlem"),
        ("accounts.email-given", "Angav en e-postadress"),
        ("accounts.municipality-declared", "Angav sin kommun"),
        ("accounts.password-set", "Valde lösenord"),
        ("accounts.policy-accepted", "Godkände integritetspolicyn"),
        ("accounts.terms-accepted", "Godkände medlemsvillkoren"),
        ("accounts.consent-given", "Gav ett samtycke"),
        ("accounts.consent-withdrawn", "Tog tillbaka ett samtycke"),
        ("accounts.newsletter-answered", "Svarade om nyhetsbrevet"),
        ("accounts.mail-choice-set", "Valde om en sorts mejl"),
        ("accounts.username-changed", "Bytte användarnamn"),
        ("accounts.confirmed", "Bekräftade sin e-postadress och blev medlem"),
        ("accounts.review-requested", "En anmälan väntar på kontroll"),
        ("accounts.review-approved", "Godkände en anmälan efter kontroll"),
        ("accounts.review-rejected", "Avslog en anmälan efter kontroll"),
        ("accounts.sign-up-lapsed", "En obekräftad anmälan gick ut"),
        ("accounts.password-reset-requested", "Bad om ett nytt lösenord"),
        ("accounts.compromise-reported", "Meddelade att kontot är kapat"),
        ("accounts.email-change-requested", "Bad om att få byta e-postadress"),
        ("accounts.email-changed", "Bytte e-postadress"),
        ("accounts.email-change-undone", "Ångrade bytet av e-postadress"),
        ("accounts.email-change-settled", "Den gamla e-postadressen släpptes"),
        ("accounts.handling-set", "Valde hur identiteten skyddas"),
        ("accounts.identity-corrected", "Fick en uppgift rättad"),
        ("accounts.signed-in", "Loggade in"),
        ("accounts.signed-out", "Loggade ut"),
        ("accounts.closed", "Avslutade ett konto"),
        ("accounts.texts-chosen", "Valde vad som ska hända med sina texter"),
        ("accounts.way-back-requested", "Bad om en länk för att återskapa kontot"),
        ("accounts.restored", "Återskapade ett konto"),
        ("accounts.deactivated", "Stängde av ett konto till en viss dag"),
        ("accounts.returned", "Kom tillbaka efter en avstängning"),
        ("accounts.appealed", "Begärde omprövning av ett beslut"),
        ("accounts.appeal-rejected", "Avslog en begäran om omprövning"),
        ("accounts.unused-warned", "Påminde om ett konto som inte används"),
        ("accounts.purge-announced", "Berättade att ett konto snart raderas"),
        ("accounts.purged", "Raderade ett konto"),
        ("oversight.data-viewed", "Öppnade en medlems uppgifter"),
        ("oversight.hold-placed", "Bestämde att uppgifter ska bevaras"),
        ("oversight.hold-lifted", "Hävde ett bevarande av uppgifter"),
        ("accounts.role-granted", "Gav en roll"),
        ("accounts.role-revoked", "Tog ifrån en roll"),
        ("accounts.policy-published", "Publicerade en version av integritetspolicyn"),
        ("accounts.policy-in-force", "En version av integritetspolicyn trädde i kraft"),
        ("accounts.terms-published", "Publicerade en version av medlemsvillkoren"),
        ("accounts.terms-in-force", "En version av medlemsvillkoren trädde i kraft"),
        ("corrections.requested", "Begärde rättelse"),
        ("corrections.compared", "Jämförde en begäran om rättelse"),
        ("corrections.decided", "Avgjorde en begäran om rättelse"),
        ("forum.category-created", "Skapade en kategori"),
        ("forum.category-described", "Ändrade en kategoris namn eller beskrivning"),
        ("forum.category-closed", "Stängde en kategori"),
        ("forum.category-reopened", "Öppnade en kategori igen"),
        ("forum.categories-ordered", "Ordnade om kategorierna"),
        ("forum.thread-opened", "Startade en tråd"),
        ("forum.thread-retitled", "Ändrade en tråds rubrik"),
        ("forum.thread-closed", "Stängde en tråd"),
        ("forum.thread-reopened", "Öppnade en tråd igen"),
        ("forum.thread-moved", "Flyttade en tråd"),
        ("forum.thread-pinned", "Fäste en tråd överst"),
        ("forum.thread-unpinned", "Lossade en fäst tråd"),
        ("forum.thread-title-erased", "Raderade en tråds rubrik"),
        ("forum.post-published", "Skrev ett inlägg"),
        ("forum.post-revised", "Ändrade ett inlägg"),
        ("forum.post-deleted", "Raderade sitt inlägg"),
        ("forum.post-removed", "Tog bort ett inlägg"),
        ("forum.post-reinstated", "Återställde ett borttaget inlägg"),
        ("forum.post-erased", "Raderade ett inlägg för gott"),
        ("erasure.fenced", "Personuppgifter raderades"),
        ("erasure.completed", "Raderingen slutfördes"),
        ("operation.backup-begun", "En säkerhetskopia togs"),
        ("operation.keys-rotated", "Huvudnyckeln byttes"),
        ("operation.key-epoch-destroyed", "En gammal huvudnyckel förstördes"),
        ("operation.log-continued", "Loggen återställdes utan sina sista händelser"),
    ]

    private static let sentences = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.sentence) })

    /// - Parameter type: with or without its version: `forum.post-published.v2`. Of an unknown one the name has to do.
    static func sentence(for type: String) -> String { sentences[type] ?? sentences[name(of: type)] ?? type }

    /// What the types of this name begin with and no others do; anything else is taken as it is.
    static func prefix(of name: String) -> String { sentences[name] == nil ? name : name + ".v" }

    private static func name(of type: String) -> String {
        guard let dot = type.lastIndex(of: "."), type[dot...].hasPrefix(".v") else { return type }
        return String(type[..<dot])
    }
}
