package import Events

/// The versions of the privacy policy and of the member terms; each text has a separate stream.
package enum PolicyEvent: Hashable, Sendable {
    case policyPublished(PolicyDocument)
    case policyInForce(CalendarDate)
    case termsPublished(TermsDocument)
    case termsInForce(CalendarDate)
}

package enum PolicyEventName: String, AccountStreamEventName {
    case policyPublished = "accounts.policy-published"
    case policyInForce = "accounts.policy-in-force"
    case termsPublished = "accounts.terms-published"
    case termsInForce = "accounts.terms-in-force"
}

extension PolicyEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .policyPublished(let document): event(.policyPublished, PublishedPolicy(document))
        case .policyInForce(let version): event(.policyInForce, .version, version)
        case .termsPublished(let document): event(.termsPublished, PublishedTerms(document))
        case .termsInForce(let version): event(.termsInForce, .version, version)
        }
    }

    /// - Throws: also `DocumentProblem` and `PublishedTextDiffers`.
    package init(_ name: PolicyEventName, _ event: RecordedEvent) throws {
        switch name {
        case .policyPublished: self = .policyPublished(try event.clear(PublishedPolicy.self).document(event.position))
        case .policyInForce: self = .policyInForce(try event.clear(.version))
        case .termsPublished: self = .termsPublished(try event.clear(PublishedTerms.self).document(event.position))
        case .termsInForce: self = .termsInForce(try event.clear(.version))
        }
    }
}

/// A published text whose hash is not the one recorded with it.
package struct PublishedTextDiffers: Error, Hashable {
    package let position: Int
}

/// The clear part of a published policy version. Fields that repeat the rules are there for readers without this program.
private struct PublishedPolicy {
    let change: DocumentChange
    let hash: TextHash
    let rules: PublishedText
    let text: PublishedText
    let version: CalendarDate

    init(_ document: PolicyDocument) {
        change = document.change
        hash = document.hash
        rules = PublishedText(document.rules.json)
        text = PublishedText(document.text.markdown)
        version = document.version
    }

    func document(_ position: Int) throws -> PolicyDocument {
        let document = try PolicyDocument(
            text: text.text, rules: rules.text, from: .log, directory: "event \(position)/")
        guard document.hash == hash else { throw PublishedTextDiffers(position: position) }
        return document
    }
}

extension PublishedPolicy: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        change = try fields("change", \.change)
        hash = try fields("hash", \.hash)
        rules = try fields("rules", \.rules)
        text = try fields("text", \.text)
        version = try fields("version", \.version)
    }
}

/// The clear part of a published terms version.
private struct PublishedTerms {
    let change: DocumentChange
    let hash: TextHash
    let text: PublishedText
    let version: CalendarDate

    init(_ document: TermsDocument) {
        change = document.change
        hash = document.hash
        text = PublishedText(document.text.markdown)
        version = document.version
    }

    func document(_ position: Int) throws -> TermsDocument {
        let document = try TermsDocument(
            text: text.text, version: version, change: change, file: "event \(position)/terms.md")
        guard document.hash == hash else { throw PublishedTextDiffers(position: position) }
        return document
    }
}

extension PublishedTerms: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        change = try fields("change", \.change)
        hash = try fields("hash", \.hash)
        text = try fields("text", \.text)
        version = try fields("version", \.version)
    }
}

extension ClearField<CalendarDate> {
    fileprivate static var version: Self { "version" }
}
