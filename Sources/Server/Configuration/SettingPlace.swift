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
