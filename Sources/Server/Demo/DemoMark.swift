import Events
import Foundation
import Processes

/// A file in the data directory by which a site knows that `demo` made its data. No page and no form can write it; a backup does not carry it.
enum DemoMark {
    static func set(in files: LogFiles) throws { try DurableFile.makePrivate(path(in: files)) }

    static func isSet(in files: LogFiles) -> Bool { FileManager.default.fileExists(atPath: path(in: files)) }

    private static func path(in files: LogFiles) -> String { files.data.appending(path: "demo").path }
}

extension Application {
    /// Whether administrators must have a second factor. The demo's accounts are for everybody to try, with a password that everybody knows.
    func requiresTwoFactor(_ configuration: SiteConfiguration) -> Bool {
        configuration.twoFactorForAdministrators && !DemoMark.isSet(in: files)
    }
}
