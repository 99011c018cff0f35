import Events
import HTML
import Processes

extension HTMLWriter {
    /// When it was erased, what became of the keys and when the last backup expires.
    mutating func facts(of receipt: ErasureReceipt) {
        fact("Raderades") { $0.exactTime(receipt.fenced) }
        fact("Klart") { $0.exactTime(receipt.completion.time) }
        fact("Förstörda nycklar", SwedishNumber.grouped(receipt.completion.done.keys.count))
        fact("Nycklarnas fingeravtryck") {
            $0.element(.span, class: "hash", text: receipt.completion.done.keys.fingerprint.description)
        }
        if let lastBackup = receipt.lastBackup {
            fact("Säkerhetskopior") { html in
                html.text("Den sista kopian från före raderingen är borta senast ")
                html.exactTime(lastBackup)
            }
        }
    }

    /// Lists the parts and files that the erasure went through.
    mutating func erased(_ receipt: ErasureReceipt) {
        let done = receipt.completion.done
        h2("Det här har gåtts igenom")
        div(class: "prose") { html in
            html.list(done.parts.map(\.words) + done.files.map(\.words)) { $1.text($0) }
        }
        p(
            done.generations == 1
                ? "Sidornas register fanns i en upplaga."
                : "Sidornas register fanns i \(done.generations) upplagor; alla gicks igenom.")
    }
}
