import Accounts
import Events
import Foundation
import HTML
package import Processes
import Projections

/// The configured locations of stores, in words for the page (P-13.1).
package struct StorageWords: Hashable, Sendable {
    package var data: String?
    package var keys: String?
    package var backups: String?
    package var relay: String?

    package init(data: String? = nil, keys: String? = nil, backups: String? = nil, relay: String? = nil) {
        self.data = data
        self.keys = keys
        self.backups = backups
        self.relay = relay
    }
}

/// Every store, backup and relay with its location, from the configuration and the files (P-13.1).
package struct StoragePlaces: Sendable {
    package enum Kind: CaseIterable, Sendable {
        case log, blobs, vault, views, runtime, reading, visits, keys, anchor, backups, mail
    }

    struct Line: Sendable {
        let kind: Kind
        /// A path or a relay's name; nil when there is none.
        let address: String?
        /// The size in bytes; nil when it is unknown.
        let size: Int?
        /// The location given in the configuration; nil when none is.
        let place: String?
        let remark: String?
    }

    let application: Application
    let words: StorageWords
    let mail: MailDelivery

    package init(application: Application, words: StorageWords, mail: MailDelivery) {
        self.application = application
        self.words = words
        self.mail = mail
    }

    func lines(at now: Instant) throws -> [Line] { try Kind.allCases.map { try line($0, at: now) } }

    private func line(_ kind: Kind, at now: Instant) throws -> Line {
        let (files, places) = (application.files, words)
        let data = files.data
        switch kind {
        case .log: return file(kind, data.appending(path: "log.sqlite"), places.data)
        case .blobs:
            return Line(
                kind: kind, address: files.blobs.path, size: SealedFiles(files).size, place: places.data, remark: nil)
        case .vault: return file(kind, data.appending(path: "vault.sqlite"), places.data)
        case .runtime: return file(kind, data.appending(path: "runtime.sqlite"), places.data)
        case .reading: return file(kind, URL(fileURLWithPath: files.reading), places.data)
        case .visits: return file(kind, data.appending(path: "visits.sqlite"), places.data)
        case .views:
            let generations = try Views.files(in: data)
            return Line(
                kind: kind, address: data.path, size: generations.map(\.bytes).reduce(0, +), place: places.data,
                remark: SwedishNumber.counted(generations.count, "generation", "generationer"))
        case .keys:
            return Line(
                kind: kind, address: files.keys.path, size: nil, place: places.keys ?? places.data,
                remark: isBelow(files.keys, data) ? "Ligger i datakatalogen; flytta dem till ett annat medium" : nil)
        case .anchor:
            return Line(
                kind: kind, address: files.anchor?.path, size: nil, place: files.anchor.map { _ in places.keys } ?? nil,
                remark: nil)
        case .backups: return try backups(places.backups, at: now)
        case .mail:
            let relay = mail.smtpHost.map { "\($0):\(mail.smtpPort)" }
            return Line(
                kind: kind, address: relay ?? mail.directory, size: nil,
                place: relay == nil ? places.data : places.relay,
                remark: relay.map { _ in "Förbindelsen: \(mail.smtpSecurity.rawValue)" })
        }
    }

    private func file(_ kind: Kind, _ file: URL, _ place: String?) -> Line {
        let size = try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int
        return Line(kind: kind, address: file.path, size: size ?? nil, place: place, remark: nil)
    }

    /// The start of the latest backup according to the log; the log does not know where backups are stored.
    private func backups(_ place: String?, at now: Instant) throws -> Line {
        let begun = try application.log.events(in: StreamName("backups")).filter { try BackupBegun($0) != nil }
        let kept = try application.accounts.policyInForce(at: now).rules.retention.backup
        let standing = begun.filter { $0.time.adding(kept) > now }
        let remark =
            begun.last.map { last in
                "Den senaste togs \(SwedishDate.long(last.time.stockholmDate)); \(standing.count) får finnas kvar"
            } ?? "Ingen har tagits"
        return Line(kind: .backups, address: nil, size: nil, place: place, remark: remark)
    }

    private func isBelow(_ file: URL, _ directory: URL) -> Bool {
        file.standardizedFileURL.path.hasPrefix(directory.standardizedFileURL.path + "/")
    }
}

extension StoragePlaces.Kind {
    var title: String {
        switch self {
        case .log: "Loggen"
        case .blobs: "Stora filer"
        case .vault: "Nycklar till personuppgifter"
        case .views: "Sidornas underlag"
        case .runtime: "Sessioner, länkar och utgående mejl"
        case .reading: "Vad medlemmar har läst, sparat och inte skickat"
        case .visits: "Besöksloggen"
        case .keys: "Huvudnycklar"
        case .anchor: "Ankaret"
        case .backups: "Säkerhetskopior"
        case .mail: "Mejl"
        }
    }

    /// The form in which the store holds personal data.
    var content: String {
        switch self {
        case .log: "Allt som har hänt. Personuppgifter är krypterade, en nyckel för varje"
        case .blobs: "Mejl som inte gick att läsa, krypterade, en nyckel för varje"
        case .vault: "Nycklarna, krypterade med huvudnyckeln"
        case .views: "Bara det som sidorna visar, i klartext"
        case .runtime: "Kortlivat. Kontrollsummor i stället för hemligheter"
        case .reading:
            "Hur långt var och en har läst och vilka inlägg hon har sparat. Anteckningar och utkast är krypterade, en nyckel för varje medlem"
        case .visits: "Besök enligt P-05.1, i klartext. Besökares adresser är kapade"
        case .keys: "Det som öppnar allt annat. Inga personuppgifter"
        case .anchor: "Kontrollpunkt och raderingslista. Inga personuppgifter"
        case .backups: "Logg, krypterade nycklar med vad medlemmar har läst och sparat, och huvudnycklar, var för sig"
        case .mail: "Utgående mejl med mottagarens adress"
        }
    }
}
