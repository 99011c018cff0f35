import Accounts
import Events
import HTML
import Processes

extension HTMLWriter {
    /// Warns, without naming them, of cases that no staff member may handle, and says what to do.
    mutating func notice(of stranded: Stranded) {
        guard !stranded.isEmpty else { return }
        notice(.warning) { html in
            html.p(
                stranded.all == 1
                    ? "Ett ärende väntar på någon annan: det gäller alla i personalen som kan ta hand om det, och därför står det inte i någons lista."
                    : "\(SwedishNumber.inWords(stranded.all).firstUpper) ärenden väntar på någon annan: de gäller alla i personalen som kan ta hand om dem, och därför står de inte i någons lista."
            )
            html.howToAppoint("Den som väntar ska ändå få svar i tid. Utse någon till:", stranded.role)
        }
    }

    /// The commands that give another person a role.
    /// - Parameter why: the text before the commands.
    mutating func howToAppoint(_ why: String, _ role: Role, class name: StaticString? = nil) {
        p(class: name) { html in
            html.text("\(why) den som sköter driften bjuder in med kommandot ")
            html.element(.code, text: "mikroforetag members invite E-POST --role \(role.rawValue)")
            html.text(" eller ger en medlem rollen med ")
            html.element(.code, text: "mikroforetag members grant-role NAMN \(role.rawValue)")
            html.text(".")
        }
    }
}
