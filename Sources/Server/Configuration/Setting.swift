import Events
import Site

/// One setting: its name, what it means, and how its text becomes a value.
struct Setting: Sendable {
    /// The key as in the file, with dots between levels: `mail.smtp.host`.
    let key: String
    let meaning: String
    let isList: Bool
    /// The default value, as it would be written in the file.
    let standard: String
    let apply: @Sendable (inout SiteConfiguration, [String]) -> Bool

    /// `MIKROFORETAG_MAIL_SMTP_HOST`
    var variable: String {
        Setting.variablePrefix
            + key.replacing("URL", with: "Url").reduce(into: "") { name, character in
                if character == "." {
                    name += "_"
                } else {
                    name += (character.isUppercase ? "_" : "") + character.uppercased()
                }
            }
    }

    static let variablePrefix = "MIKROFORETAG_"

    /// - Parameter path: the property that the setting sets, of a type that is parsed from text.
    init<Value: LosslessStringConvertible & SendableMetatype>(
        _ key: String, _ path: any WritableKeyPath<SiteConfiguration, Value> & Sendable, _ meaning: String
    ) {
        self.init(key, meaning, isList: false, standard: SiteConfiguration()[keyPath: path].description) {
            site, texts in
            guard texts.count == 1, let value = Value(texts[0]) else { return false }
            site[keyPath: path] = value
            return true
        }
    }

    /// A setting without a default.
    init<Value: LosslessStringConvertible & SendableMetatype>(
        optional key: String, _ path: any WritableKeyPath<SiteConfiguration, Value?> & Sendable, _ meaning: String
    ) {
        self.init(key, meaning, isList: false, standard: "") { site, texts in
            guard texts.count == 1, let value = Value(texts[0]) else { return false }
            site[keyPath: path] = value
            return true
        }
    }

    init<Value: LosslessStringConvertible & SendableMetatype>(
        list key: String, _ path: any WritableKeyPath<SiteConfiguration, [Value]> & Sendable, _ meaning: String
    ) {
        self.init(key, meaning, isList: true, standard: "") { site, texts in
            let values = texts.compactMap { Value($0) }
            site[keyPath: path] = values
            return values.count == texts.count
        }
    }

    /// A setting with a fixed list of values.
    init<Choice: RawRepresentable & SendableMetatype>(
        choice key: String, _ path: any WritableKeyPath<SiteConfiguration, Choice> & Sendable, _ meaning: String
    ) where Choice.RawValue == String {
        self.init(key, meaning, isList: false, standard: SiteConfiguration()[keyPath: path].rawValue) { site, texts in
            guard texts.count == 1, let value = Choice(rawValue: texts[0]) else { return false }
            site[keyPath: path] = value
            return true
        }
    }

    /// A rate limit; `off` means no limit.
    init(limit kind: RateLimit.Kind, _ meaning: String) {
        let standard = RateLimit.standard[kind]?.description ?? "off"
        self.init("limits.\(kind.rawValue)", meaning, isList: false, standard: standard) { site, texts in
            guard texts.count == 1 else { return false }
            let limit = RateLimit(texts[0])
            site.limits[kind] = limit
            return limit != nil || texts[0] == "off"
        }
    }

    private init(
        _ key: String, _ meaning: String, isList: Bool, standard: String,
        apply: @escaping @Sendable (inout SiteConfiguration, [String]) -> Bool
    ) {
        self.key = key
        self.meaning = meaning
        self.isList = isList
        self.standard = standard
        self.apply = apply
    }
}
