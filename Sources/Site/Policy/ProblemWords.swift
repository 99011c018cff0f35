import Accounts
import Events
import HTML
import Processes

/// Explains to its author why a draft cannot be published; rules are named as in the file.
extension DocumentProblem.Cause {
    var swedish: String {
        switch self {
        case .notAFolder: "Texten eller reglerna saknas."
        case .unreadable: "Filen går inte att läsa."
        case .notUTF8: "Texten är inte UTF-8."
        case .tooLong(let bytes): "Texten är längre än \(SwedishNumber.bytes(bytes))."
        case .notYAML: "Går inte att läsa som YAML."
        case .empty: "Reglerna är tomma."
        case .noKeys: "Här ska det stå namn och värden."
        case .keyTwice: "Varje namn ska stå en gång, som ett ord."
        case .alias: "Hänvisningar i YAML går inte att använda här."
        case .mustBeQuoted(let word): "Sätt citattecken om \(word)."
        case .missing(let path): "\(path) saknas."
        case .unknown(let path): "\(path) är inget känt namn."
        case .notAList(let path): "\(path) ska vara en lista."
        case .mustBe(let path, let expected): "\(path) ska vara \(expected.swedish)."
        case .notAClause(let series): "En punkts rubrik ska se ut som ### \(series)-01.1 och en rubrik."
        case .clauseTwice(let id): "Punkten \(id) finns redan."
        case .noClauses: "Texten har inga punkter."
        case .clauseUnknown(let id): "Punkten \(id) finns inte i programmet, så inget skulle se till att den följs."
        case .clauseMissing(let id): "Punkten \(id) saknas före den här raden. Formulera om den, men behåll den."
        case .notLater(let newest): "version ska vara senare än \(newest), den nyaste som finns."
        case .inThePast(let today):
            "version ska vara \(today) eller senare. Inget kan ha börjat gälla innan det blev känt."
        case .rule(let path, let fault): "\(path) \(fault.swedish)."
        }
    }
}

extension DocumentProblem.Expected {
    fileprivate var swedish: String {
        switch self {
        case .wholeNumber: "ett heltal"
        case .truth: "true eller false"
        case .period: "en tid som P7D eller PT48H"
        case .periods: "tider som P7D eller PT48H"
        case .date: "ett datum som 2019-08-18"
        case .text: "en text"
        case .words: "ord"
        case .oneOf(let words): "något av \(words.joined(separator: ", "))"
        }
    }
}

extension DocumentProblem.Fault {
    fileprivate var swedish: String {
        switch self {
        case .onlyMunicipality: "kan bara ha med municipality. Resten väljer varje medlem själv"
        case .noSuchSwitch: "har ett reglage som inte finns. De som finns är [name] och [age, sex]"
        case .consentWithoutSwitch(let kind): "ska ha med \(kind) precis när reglaget finns i fields.optional"
        case .consentIsAsked(let kind): "ska ha med \(kind), som programmet frågar efter"
        case .belowMinimum(let least): "ska vara minst \(least)"
        case .notAbove(let other): "har ingen verkan. Ta bort den, eller låt den inte vara högre än \(other)"
        case .outside(let range): "ska vara mellan \(range.lowerBound) och \(range.upperBound)"
        case .noTime: "är ingen tid alls"
        case .noWarning: "ska ha minst en påminnelse. Ingen får sitt konto stängt utan att ha fått veta det"
        case .notWithin(let least, let most): "ska vara minst \(least.swedish) och högst \(most.swedish)"
        case .notShorter(let other): "ska vara kortare än \(other)"
        case .promisedShorter(let period, let earlier, let since):
            "är \(period.swedish), men sedan den \(SwedishDate.long(since)) är \(earlier.swedish) utlovat. Ett löfte kan bara bli kortare"
        case .keptByTheProgram(let json): "ska vara \(json), för programmet gör bara så"
        case .purposeMissing(let id): "saknar \(id), som programmet har"
        case .purposeUnknown(let id): "har \(id), som programmet inte har"
        }
    }
}
