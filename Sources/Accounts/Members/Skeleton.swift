import Foundation

/// The visual shape of a text: texts with equal skeletons can be mistaken for each other (Unicode TR 39).
///
/// Coarser than TR 39: case, marks, separators, `i` and `l`, and digits in place of letters make no difference. Compared only with staff
/// names and role words, so that `Åsa` and `Asa` stay two members.
struct Skeleton: Hashable, Sendable {
    let text: String

    init(_ text: String) {
        var skeleton = ""
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
            Skeleton.append(scalar, to: &skeleton)
        }
        self.text = skeleton
    }

    private static func append(_ scalar: Unicode.Scalar, to skeleton: inout String) {
        if scalar.isASCII {
            Skeleton.append(ascii: scalar, to: &skeleton)
        } else if let letters = table[scalar] {
            for letter in letters.unicodeScalars { Skeleton.append(ascii: letter, to: &skeleton) }
        } else if scalar.properties.isAlphabetic {
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .spacingMark, .enclosingMark: break
            default: skeleton += scalar.properties.lowercaseMapping
            }
        }
    }

    /// Letters that look like two others become those two, so that the skeleton of a text is the concatenation of its parts' skeletons.
    private static func append(ascii scalar: Unicode.Scalar, to skeleton: inout String) {
        switch scalar {
        case "m", "M": skeleton += "rn"
        case "w", "W": skeleton += "vv"
        case "d", "D": skeleton += "cl"
        case "i", "I", "1": skeleton += "l"
        case "0": skeleton += "o"
        case "2": skeleton += "z"
        case "3": skeleton += "e"
        case "4": skeleton += "a"
        case "5": skeleton += "s"
        case "6", "8": skeleton += "b"
        case "7": skeleton += "t"
        case "9": skeleton += "g"
        case "a"..."z": skeleton.unicodeScalars.append(scalar)
        case "A"..."Z": skeleton += scalar.properties.lowercaseMapping
        default: break
        }
    }

    /// ASCII letters by the letters of all scripts that look like them, preceded by some that TR 39 omits.
    private static let table: [Unicode.Scalar: String] = {
        var table: [Unicode.Scalar: String] = ["ŀ": "l", "Ŀ": "l", "ĸ": "k", "ŋ": "n", "Ŋ": "n", "þ": "p", "Þ": "p"]
        for line in "\(Embedded.confusablesTxt)".split(separator: "\n") where !line.hasPrefix("#") {
            let fields = line.split(separator: " ", maxSplits: 1)
            for scalar in fields[1].unicodeScalars { table[scalar] = String(fields[0]) }
        }
        return table
    }()
}
