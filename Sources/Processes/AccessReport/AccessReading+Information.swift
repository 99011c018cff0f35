import Accounts
import Events

/// What GDPR Art. 15.1 requires besides the data: purposes, recipients, periods, rights, the way to complain, sources, automated decisions.
extension AccessReading {
    private var rules: PolicyRules? { policies.inForce(at: now)?.rules }

    func purposes() -> [ReportRecord] {
        (rules?.purposes ?? []).map { purpose in
            [
                .purpose: .text(purpose.text),
                .legalBasis: .code(purpose.basis, LegalBasis(rawValue: purpose.basis)?.words ?? purpose.basis),
            ]
        }
    }

    /// The recipients that the policy names, then those who see what a member shows or writes.
    func recipients() -> [ReportRecord] {
        let named = (rules?.recipients ?? []).map {
            ($0, RecipientWords.name(of: $0), RecipientWords.explanation(of: $0))
        }
        let readers = [
            ("members", "andra medlemmar", "Din kommun, det som du har valt att visa och det du skriver till dem."),
            ("everybody", "alla på internet", "Användarnamnet och det du skriver i forumets öppna kategorier."),
        ]
        return (named + readers).map { [.recipient: .code($0, $1), .meaning: .text($2)] }
    }

    func periods() -> [ReportRecord] {
        guard let retention = rules?.retention else { return [] }
        let kinds: [(String, String, Period)] = [
            ("account", "Konto och profil, efter att du har avslutat kontot", retention.closedAccount),
            ("deleted-text", "Det du själv tar bort", retention.deletedText),
            ("visit-log", "Rader i besöksloggen", retention.visitLog),
            ("sign-in-details", "Uppgifter om inloggningar, och om försök mot kontot", retention.signInDetails),
            ("reading", "Vad du har läst", retention.reading),
            ("drafts", "Utkast, efter den senaste ändringen", retention.drafts),
            ("duplicate-account", "Konto vars personnummer hör till ett annat konto", retention.duplicateAccount),
            ("previous-email", "En e-postadress som du har bytt bort", retention.emailUndo),
            ("former-staff-name", "Kontrollsumma av ett namn som du haft i administrationen", retention.staffName),
            ("support-case", "Frågor, efter att ärendet har avslutats", retention.supportCase),
            ("correction-case", "Rättelser, efter beslutet", retention.correctionCase),
            ("report-case", "Anmälningar och beslut, efter att ärendet har avslutats", retention.reportCase),
            ("dispute-case", "Tvister, efter att ärendet har avslutats", retention.disputeCase),
            ("rights-case", "Begäranden om rättigheter, efter att ärendet har avslutats", retention.rightsCase),
            ("backup", "Säkerhetskopior", retention.backup),
        ]
        return kinds.map { [.kind: .code($0, $1), .period: .text($2.swedishInFigures)] }
    }

    func sources() -> [ReportRecord] {
        let sources = [
            ("member", "du själv", "Det du fyller i, väljer, skriver och begär."),
            ("members", "andra medlemmar", "Det de skriver till dig, nämner dig i eller anmäler."),
            ("staff", "personalen", "Beslut, svar, anteckningar och skäl för att öppna dina uppgifter."),
            ("program", "webbplatsen själv", "Tider, besök och inloggningar, och ålder och kön ur personnumret."),
            ("population-register", "folkbokföringen", "Inget. Vi gör inga uppslag än."),
        ]
        return sources.map { [.source: .code($0, $1), .meaning: .text($2)] }
    }

    func rights() -> [ReportRecord] {
        ((rules?.rights ?? []) + ["withdrawal"]).map { right in
            [.right: .code(right, RightWords.name(of: right)), .meaning: .text(RightWords.explanation(of: right))]
        }
    }

    func complaint() -> ReportRecord {
        [
            .authority: .text(SupervisoryAuthority.name), .page: .text(SupervisoryAuthority.page),
            .email: .text(SupervisoryAuthority.email), .postalAddress: .text(SupervisoryAuthority.address),
            .text: .text("Du behöver inte vända dig till oss först."),
        ]
    }

    /// The policy's promise about decisions without a person (GDPR Art. 22).
    var automatedDecisions: ReportValue {
        .text(
            "Vi gör ingen profilering. Ett konto kan avslutas av sig självt när en tid i integritetspolicyn har gått ut, och då kan en människa pröva det."
        )
    }
}
