import Events
import Foundation
import Yams

extension SiteConfiguration {
    /// Reads the file, then the environment, then the flags; the later one wins.
    ///
    /// - Parameters:
    ///   - file: the path of a YAML file, if there is one.
    ///   - environment: only the variables that begin with `MIKROFORETAG_` are read.
    ///   - flags: by the key of the setting that each sets.
    init(file: String? = nil, environment: [String: String] = [:], flags: [String: String] = [:]) throws {
        self.init()
        if let file { try readFile(file) }
        try readVariables(environment)
        for (key, text) in flags.sorted(by: { $0.key < $1.key }) {
            guard let setting = Self.byKey[key] else { throw ConfigurationError("no setting is called \(key)") }
            try apply(setting, setting.texts(in: text), at: .flag(setting.flag))
        }
        try check()
    }

    private static let byKey = Dictionary(uniqueKeysWithValues: settings.map { ($0.key, $0) })
    private static let byVariable = Dictionary(uniqueKeysWithValues: settings.map { ($0.variable, $0) })

    private mutating func apply(_ setting: Setting, _ texts: [String], at place: SettingPlace)
        throws(ConfigurationError)
    {
        guard setting.apply(&self, texts) else {
            var isAboutFlag = false
            if case .flag = place { isAboutFlag = true }
            throw ConfigurationError(
                "\(setting.key) in \(place) cannot be \"\(texts.joined(separator: ", "))\"", isAboutFlag: isAboutFlag)
        }
    }

    private mutating func readVariables(_ environment: [String: String]) throws(ConfigurationError) {
        for (name, text) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix(Setting.variablePrefix) {
            guard let setting = Self.byVariable[name] else {
                throw ConfigurationError("no setting belongs to the environment variable \(name)")
            }
            try apply(setting, setting.texts(in: text), at: .variable(name))
        }
    }

    private mutating func readFile(_ path: String) throws {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ConfigurationError("the configuration file \(path) cannot be read")
        }
        do {
            guard let root = try Yams.compose(yaml: text) else { return }
            guard case .mapping(let mapping) = root else {
                throw ConfigurationError("\(path) has no settings: it should be `name: value` line by line")
            }
            try read(mapping, under: "", of: path)
        } catch let error as YamlError {
            throw ConfigurationError("\(path) is not YAML: \(error.description.split(separator: "\n").first ?? "")")
        }
    }

    private mutating func read(_ mapping: Node.Mapping, under prefix: String, of path: String) throws {
        for (name, value) in mapping {
            let key = prefix + (name.string ?? "")
            let place = SettingPlace.file(path, line: name.mark?.line ?? 1)
            if let setting = Self.byKey[key] {
                try apply(setting, texts(of: value, for: setting, at: place), at: place)
            } else if case .mapping(let inner) = value, Self.settings.contains(where: { $0.key.hasPrefix(key + ".") }) {
                try read(inner, under: key + ".", of: path)
            } else {
                throw ConfigurationError("no setting is called \(key) (\(place))")
            }
        }
    }

    private func texts(of node: Node, for setting: Setting, at place: SettingPlace) throws -> [String] {
        switch node {
        case .scalar(let scalar) where scalar.string.isEmpty:
            throw ConfigurationError("\(setting.key) in \(place) is empty")
        case .scalar(let scalar): return [scalar.string]
        case .sequence(let sequence) where setting.isList:
            let texts = sequence.compactMap(\.scalar?.string)
            if texts.count == sequence.count { return texts }
        case .sequence, .mapping, .alias: break
        }
        throw ConfigurationError(
            "\(setting.key) in \(place) should be \(setting.isList ? "a list of texts" : "one text")")
    }
}

extension Setting {
    /// The flag as typed: `--log-level` for `logLevel`, `--mail` for `mail.directory`.
    fileprivate var flag: String {
        key.replacing(".directory", with: "").replacing("URL", with: "Url").reduce(into: "--") { flag, letter in
            flag += (letter.isUppercase ? "-" : "") + letter.lowercased()
        }
    }

    /// Splits a list at its commas, for sources that hold one text only.
    fileprivate func texts(in text: String) -> [String] {
        guard isList else { return [text] }
        return text.split(separator: ",").map { String($0.trimmingPrefix { $0 == " " }) }
    }
}
