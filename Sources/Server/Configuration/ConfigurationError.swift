/// A setting that cannot be used, in one line that says where it stands.
struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    let description: String
    /// It was typed on the command line.
    let isAboutFlag: Bool

    init(_ description: String, isAboutFlag: Bool = false) {
        self.description = description
        self.isAboutFlag = isAboutFlag
    }
}

/// Where a setting was given.
enum SettingPlace: Hashable, Sendable, CustomStringConvertible {
    case file(String, line: Int)
    case variable(String)
    case flag(String)

    var description: String {
        switch self {
        case .file(let path, let line): "\(path), line \(line)"
        case .variable(let name): "the environment variable \(name)"
        case .flag(let name): "the flag \(name)"
        }
    }
}
