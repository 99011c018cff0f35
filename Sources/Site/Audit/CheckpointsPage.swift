import Events
import HTML
import SiteMap

/// `/revision/kontrollpunkter`: the signed head of the log, and how to verify it without trusting the site.
struct CheckpointsPage: HTMLPage {
    let checkpoint: SignedCheckpoint
    let key: VerifierKey
    /// The latest checkpoint with witnesses' cosignatures.
    let cosigned: SignedCheckpoint?
    /// The time in the latest time stamp.
    let stampedAt: Instant?

    var title: String { "Kontrollpunkter" }

    func write(into html: inout HTMLWriter) {
        html.subnav("Revision", AuditTab.all, current: .checkpoints)
        html.pageHead(
            title,
            lead:
                "Den som sparar en kontrollpunkt kan senare bevisa att inget före den har ändrats, tagits bort eller skjutits in."
        )
        html.h2("Senaste kontrollpunkten")
        html.p { html in
            html.text(
                "Tre rader: loggens namn, antalet händelser och trädets rot. Därefter signaturen. Samma text finns på ")
            html.link(SiteLink.checkpoint.url, to: .checkpoint)
            html.text(".")
        }
        html.scrolling("Kontrollpunkten", checkpoint.note)
        html.h2("Verifieringsnyckel")
        html.p("Jämför nyckeln med den du fick när loggen skapades; en nyckel från sidan själv bevisar ingenting.")
        html.scrolling("Verifieringsnyckeln", key.description)
        writeOthers(into: &html)
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

    private func writeOthers(into html: inout HTMLWriter) {
        guard cosigned != nil || stampedAt != nil else { return }
        html.h2("Vad andra intygar")
        if let cosigned {
            html.p { html in
                html.text(
                    "Vittnen har sett att loggen bara växer, och skrivit under den som den var efter \(SwedishNumber.counted(cosigned.checkpoint.size, "händelse", "händelser")). Deras rader står under "
                )
                html.link("den bevittnade kontrollpunkten", to: .cosignedCheckpoint)
                html.text(".")
            }
        }
        if let stampedAt {
            html.p { html in
                html.text("En tidsstämpel enligt RFC 3161, från ")
                html.exactTime(stampedAt)
                html.text(", säger att ")
                html.link("den här kontrollpunkten", to: .stampedCheckpoint)
                html.text(" fanns då. ")
                html.link("Hämta tidsstämpeln", to: .checkpointTimestamp)
                html.text(".")
            }
        }
        html.p(
            "Webbplatsen prövar inte deras nycklar åt dig. Det gör log verify med --witness och --timestamp-certificates."
        )
    }
}

extension HTMLWriter {
    /// A preformatted text in a box that scrolls sideways.
    mutating func scrolling(_ label: String, _ text: String) {
        element(.pre, .role("region"), .focusable, .label(label)) { $0.element(.code, text: text) }
    }
}
