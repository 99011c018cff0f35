import Events
import Foundation
import Processes

/// A file in the data directory that marks data made by `demo`. No page and no form can write it; a backup does not include it.
enum DemoMark {
    static func set(in files: LogFiles) throws { try DurableFile.makePrivate(path(in: files)) }

    static func isSet(in files: LogFiles) -> Bool { FileManager.default.fileExists(atPath: path(in: files)) }

    private static func path(in files: LogFiles) -> String { files.data.appending(path: "demo").path }
}

extension Application {
    /// Whether administrators must have a second factor. The demo's accounts are open to everybody, with a public password.
    func requiresTwoFactor(_ configuration: SiteConfiguration) -> Bool {
        configuration.twoFactorForAdministrators && !DemoMark.isSet(in: files)
    }
}
