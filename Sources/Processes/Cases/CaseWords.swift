package import Messaging
package import Projections

extension CaseMatter {
    package var swedish: String {
        switch self {
        case .support: "Fråga"
        case .correction: "Rättelse"
        case .report: "Anmälan"
        case .dispute: "Tvist"
        case .rights: "Rättighet"
        case .number: "Personnummer"
        }
    }
}

extension CaseTopic {
    /// The title of a case without a subject.
    package var swedish: String {
        switch self {
        case .support: "Fråga"
        case .correction: "Rättelse av en uppgift"
        case .report(let reason, _): "Anmälan: \(reason.swedish.inSentence)"
        case .dispute: "Tvist"
        case .rights(let right): right.swedish
        case .number: "Någon annan har använt mitt personnummer"
        }
    }

    /// The same, for places where nothing else states the kind of case.
    package var swedishWithMatter: String {
        switch self {
        case .support, .correction, .report, .dispute, .number: swedish
        case .rights: "\(matter.swedish): \(swedish.inSentence)"
        }
    }

    /// Whether upholding the report removes the text automatically.
    fileprivate var isRemovedWhenUpheld: Bool {
        switch self {
        case .report(_, .post), .report(_, .thread): true
        case .report(_, .member), .report(_, .message), .report(_, .page), .support, .correction, .dispute, .rights,
            .number:
            false
        }
    }
}

extension RightKind {
    package var swedish: String {
        switch self {
        case .access: "Få veta vad ni har om mig"
        case .portability: "Ta med mig mina uppgifter"
        case .rectification: "Få något rättat"
        case .restriction: "Begränsa hur uppgifterna används"
        case .objection: "Invända mot hur uppgifterna används"
        case .erasure: "Få något raderat"
        }
    }
}

extension ReportReason {
    package var swedish: String {
        switch self {
        case .unlawful: "Olagligt innehåll"
        case .childAbuse: "Sexuella övergrepp mot barn"
        case .personalData: "Personuppgifter"
        case .abuse: "Hot, hat eller trakasserier"
        case .spam: "Skräp eller reklam"
        case .other: "Bryter mot medlemsvillkoren på annat sätt"
        }
    }
}

extension CaseList.Phase {
    package var swedish: String {
        switch self {
        case .open: "Nytt"
        case .answered: "Besvarat"
        case .waiting: "Väntar på svar från parten"
        case .closed: "Avslutat"
        case .reopened: "Öppet igen"
        }
    }
}

extension CasePhase {
    package var swedish: String {
        switch self {
        case .open: CaseList.Phase.open.swedish
        case .answered: CaseList.Phase.answered.swedish
        case .waiting: CaseList.Phase.waiting.swedish
        case .closed: CaseList.Phase.closed.swedish
        case .reopened: CaseList.Phase.reopened.swedish
        }
    }
}

extension CaseDecision.Outcome {
    /// The outcome in words; the meaning depends on the topic.
    package func swedish(in topic: CaseTopic) -> String {
        switch (topic.matter, self) {
        case (.report, .upheld):
            topic.isRemovedWhenUpheld ? "Innehållet tas bort" : "Innehållet strider mot reglerna"
        case (.report, .partly): "Vi har gjort något annat än att ta bort innehållet"
        case (.report, .rejected): "Innehållet får vara kvar"
        case (.dispute, .upheld): "Den som öppnade tvisten får rätt"
        case (.dispute, .partly): "Båda får delvis rätt"
        case (.dispute, .rejected): "Den som öppnade tvisten får inte rätt"
        case (.support, .upheld), (.correction, .upheld), (.rights, .upheld), (.number, .upheld): "Beviljat"
        case (.support, .partly), (.correction, .partly), (.rights, .partly), (.number, .partly):
            "Delvis beviljat"
        case (.support, .rejected), (.correction, .rejected), (.rights, .rejected), (.number, .rejected):
            "Avslag"
        }
    }
}

extension CaseDecision.Outcome {
    /// An explanation of the outcome for the staff who decide.
    package func hint(in topic: CaseTopic) -> String? {
        guard topic.matter == .report, self == .upheld, !topic.isRemovedWhenUpheld else { return nil }
        return "Beslutet tar inte bort något av sig självt."
    }
}

extension CaseAudience {
    package var swedish: String {
        switch self {
        case .opener: "den som öppnade ärendet"
        case .other: "den andra parten"
        case .both: "båda parterna"
        }
    }
}

extension SetAsideCause {
    package var swedish: String {
        switch self {
        case .otherSender: "Kom från en annan adress än ärendets. Vi vet inte att det är parten."
        case .automatic: "Skrevs av ett program, till exempel ett frånvarobesked."
        }
    }
}

extension MailTrouble {
    package var swedish: String {
        switch self {
        case .attachments: "Bilagorna följde inte med"
        case .unreadable: "Mejlet gick inte att läsa"
        case .shortened: "Mejlet var för långt och är avkortat"
        case .tooLarge: "Mejlet var för stort, så bara ämnet lästes"
        }
    }
}

extension IdentityVerdict.Point {
    package var swedish: String {
        switch self {
        case .name: "namn"
        case .username: "användarnamn"
        case .personalIdentityNumber: "personnummer"
        case .registeredAddress: "skrev från den registrerade adressen"
        }
    }
}

extension String {
    package var inSentence: String { prefix(1).lowercased() + dropFirst() }

    package var firstUpper: String { prefix(1).uppercased() + dropFirst() }
}
