import Events

/// `/revision/kontrollpunkter`: the signed head of the log, and how to check it without trusting the site.
struct CheckpointsPage: HTMLPage {
    let checkpoint: SignedCheckpoint
    let key: VerifierKey

    var title: String { "Kontrollpunkter" }

    func write(into html: inout HTMLWriter) {
        html.subnav("Revision", AuditPage.places, current: .checkpoints)
        html.pageHead(
            title,
            lead:
                "Den som sparar en kontrollpunkt kan senare bevisa att inget före den har ändrats, tagits bort eller skjutits in."
        )
        html.h2("Senaste kontrollpunkten")
        html.p { html in
            html.text(
                "Tre rader: loggens namn, antalet händelser och trädets rot. Därefter signaturen. Samma text finns på ")
            html.link(Page.checkpoint.url, to: .checkpoint)
            html.text(".")
        }
        html.scrolling("Kontrollpunkten", checkpoint.note)
        html.h2("Verifieringsnyckel")
        html.p("Jämför nyckeln med den du fick när loggen skapades; en nyckel från sidan själv bevisar ingenting.")
        html.scrolling("Verifieringsnyckeln", key.description)
        html.h2("Kontrollera själv")
        html.element(.ol) { html in
            html.li {
                $0.text(
                    "Spara kontrollpunkten i en fil, till exempel checkpoint.txt, och behåll den utanför webbplatsen.")
            }
            html.li {
                $0.text("Be om en kopia av log.sqlite. Inga nycklar behövs: personuppgifter förblir förseglade.")
            }
            html.li {
                $0.text(
                    "Kontrollera kopian med webbplatsens program eller med det fristående, som bara följer formatets beskrivning."
                )
            }
        }
        html.scrolling(
            "Kommandon",
            """
            mikroforetag log verify --data KOPIA --checkpoint checkpoint.txt --key '\(key)'
            script/verify-log KOPIA/log.sqlite --checkpoint checkpoint.txt --key '\(key)'
            """)
        html.p(
            "Formatet är C2SP tlog-checkpoint, tlog-tiles och signed-note, så andras verktyg kan användas också.",
            class: "muted")
    }
}

extension HTMLWriter {
    /// Lines that are kept as they are, in a box that scrolls sideways.
    mutating func scrolling(_ label: String, _ text: String) {
        raw("<pre role=\"region\" tabindex=\"0\" aria-label=\"")
        self.text(label)
        raw("\">")
        element(.code, text: text)
        raw("</pre>")
    }
}
