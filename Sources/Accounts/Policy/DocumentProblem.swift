package import Events

/// A problem in a document, with its location.
package struct DocumentProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// 0 when it concerns the whole file.
    package let line: Int
    package let cause: Cause

    /// For the command line; pages have separate texts.
    package var reason: String { cause.english }

    package var description: String { line > 0 ? "\(file):\(line): \(reason)" : "\(file): \(reason)" }

    package enum Cause: Hashable, Sendable {
        case notAFolder, unreadable, notUTF8
        case tooLong(bytes: Int)
        case notYAML(String)
        case empty, noKeys, keyTwice, alias
        case mustBeQuoted(String)
        case missing(String), unknown(String), notAList(String)
        case mustBe(String, Expected)
        /// A heading that is not a clause's; `series` is the letter of the ids.
        case notAClause(series: Character)
        case clauseTwice(String), noClauses
        case clauseUnknown(String), clauseMissing(String)
        case notLater(than: CalendarDate)
        case inThePast(today: CalendarDate)
        /// The value at a rule's path cannot be promised.
        case rule(String, Fault)
    }

    /// The type that a rule's value must have.
    package enum Expected: Hashable, Sendable {
        case wholeNumber, truth, period, periods, date, text, words
        case oneOf([String])
    }

    package enum Fault: Hashable, Sendable {
        case onlyMunicipality, noSuchSwitch
        case consentWithoutSwitch(String), consentIsAsked(String)
        case belowMinimum(Int), notAbove(String)
        case outside(ClosedRange<Int>)
        case noTime, noWarning
        case notShorter(than: String)
        case notWithin(Period, Period)
        case promisedShorter(Period, was: Period, since: CalendarDate)
        case keptByTheProgram(String)
        case purposeMissing(String), purposeUnknown(String)
    }
}

extension DocumentProblem.Cause {
    fileprivate var english: String {
        switch self {
        case .notAFolder: "must be a folder with rules.yaml and either policy.md or terms.md"
        case .unreadable: "cannot be read"
        case .notUTF8: "is not UTF-8"
        case .tooLong(let bytes): "is longer than \(bytes) bytes"
        case .notYAML(let detail): "is no YAML: \(detail)"
        case .empty: "is empty"
        case .noKeys: "expected keys and values"
        case .keyTwice: "expected each key once, as a word"
        case .alias: "aliases are not for rules"
        case .mustBeQuoted(let word): "\(word) must be quoted"
        case .missing(let path): "\(path) is missing"
        case .unknown(let path): "\(path) is not known"
        case .notAList(let path): "\(path) must be a list"
        case .mustBe(let path, let expected): "\(path) must be \(expected.english)"
        case .notAClause(let series): "a clause's heading must read ### \(series)-01.1 and a title"
        case .clauseTwice(let id): "the clause \(id) is there already"
        case .noClauses: "has no clauses"
        case .clauseUnknown(let id): "\(id) is no clause of this program: nothing would keep it"
        case .clauseMissing(let id): "the clause \(id) is missing before this line: reword it, but keep it"
        case .notLater(let newest): "version must be later than \(newest), the newest one"
        case .inThePast(let today): "version must be \(today) or later: nothing was in force before it was announced"
        case .rule(let path, let fault): "\(path) \(fault.english)"
        }
    }
}

extension DocumentProblem.Expected {
    fileprivate var english: String {
        switch self {
        case .wholeNumber: "a whole number"
        case .truth: "true or false"
        case .period: "a period such as P7D or PT48H"
        case .periods: "periods such as P7D or PT48H"
        case .date: "a date such as 2019-08-18"
        case .text: "a text"
        case .words: "words"
        case .oneOf(let words): "one of \(words.joined(separator: ", "))"
        }
    }
}

extension DocumentProblem.Fault {
    fileprivate var english: String {
        switch self {
        case .onlyMunicipality: "can hold municipality only: the rest is a member's own choice"
        case .noSuchSwitch: "has a switch that there is not: there are [name] and [age, sex]"
        case .consentWithoutSwitch(let kind): "must name \(kind) exactly if fields.optional has its switch"
        case .consentIsAsked(let kind): "must name \(kind): the program asks for it"
        case .belowMinimum(let least): "must be at least \(least)"
        case .notAbove(let other): "has no effect: leave it out, or let it not be above \(other)"
        case .outside(let range): "must be between \(range.lowerBound) and \(range.upperBound)"
        case .noTime: "is no time"
        case .noWarning: "must have a warning: nobody is closed unwarned"
        case .notWithin(let least, let most): "must be at least \(least) and at most \(most)"
        case .notShorter(let other): "must be shorter than \(other)"
        case .promisedShorter(let period, let earlier, let since):
            "is \(period), but \(earlier) is promised since \(since): a promise can only be shortened"
        case .keptByTheProgram(let json): "must be \(json): the program keeps no other"
        case .purposeMissing(let id): "leaves out \(id), which the program has"
        case .purposeUnknown(let id): "has \(id), which the program has not"
        }
    }
}
