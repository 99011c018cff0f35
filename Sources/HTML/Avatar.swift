package import Events

/// The round mark next to a member's name: initials on a tint derived from her id, so that it is the same on every page.
package struct Avatar: Sendable {
    package enum Size: Sendable { case normal, tiny, big }

    let initials: String
    let tint: Int

    /// - Parameter member: nil for a former member, or when the member must not be identifiable; gives no tint.
    package init(of member: MemberID?, named name: String) {
        initials = Avatar.initials(of: name)
        tint = member.map { Int(($0.rawValue ^ $0.rawValue >> 32) % 8) + 1 } ?? 0
    }

    /// The first letters of the first and last word: `Anna-Lisa Ek` is `AE`, `kakel_karin` is `KK`, `eva` is `E`.
    static func initials(of name: String) -> String {
        var name = name
        return name.withUTF8(plainInitials) ?? anyInitials(of: name)
    }

    /// Fast path for ASCII names, which most are, because a page shows forty of them; nil for all other names.
    private static func plainInitials(of name: UnsafeBufferPointer<UInt8>) -> String? {
        var initials: [UInt8] = []
        var isInside = false
        for byte in name {
            guard byte < 0x80 else { return nil }
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                if !isInside { initials.append(byte >= UInt8(ascii: "a") ? byte - 32 : byte) }
                isInside = true
            case UInt8(ascii: "-"): break
            default: isInside = false
            }
        }
        guard let first = initials.first, let last = initials.last else { return "?" }
        return String(decoding: initials.count > 1 ? [first, last] : [first], as: UTF8.self)
    }

    private static func anyInitials(of name: String) -> String {
        let words = name.split { !$0.isLetter && !$0.isNumber && $0 != "-" }
        guard let first = words.first?.first(where: { $0 != "-" }) else { return "?" }
        guard words.count > 1, let last = words.last?.first(where: { $0 != "-" }) else {
            return String(first).uppercased()
        }
        return (String(first) + String(last)).uppercased()
    }
}

extension HTMLWriter {
    /// Hidden from assistive technology, because the name is always written next to it.
    package mutating func avatar(_ avatar: Avatar, size: Avatar.Size = .normal) {
        raw("<span class=\"avatar")
        switch size {
        case .normal: break
        case .tiny: raw(" tiny")
        case .big: raw(" big")
        }
        if avatar.tint > 0 {
            raw(" tint-")
            digits(avatar.tint)
        }
        raw("\" aria-hidden=\"true\">")
        text(avatar.initials)
        raw("</span>")
    }
}
