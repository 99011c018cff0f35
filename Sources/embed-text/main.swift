import Foundation

/// Writes `enum Embedded` with one `StaticString` for each file, and a list of all: `embed-text OUTPUT ROOT FILE…`.
///
/// A literal of bytes would take the compiler minutes for a long list; a string literal takes no time.
let arguments = CommandLine.arguments
let output = arguments[1]
let root = arguments[2]

func name(of path: String) -> String {
    let relative = path.dropFirst(root.count + 1)
    let words = relative.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let camel = words.enumerated().map { $0 == 0 ? $1.lowercased() : $1.prefix(1).uppercased() + $1.dropFirst() }
        .joined()
    return camel.first?.isNumber == true ? "_" + camel : camel
}

func literal(_ text: String) -> String {
    var fence = "#"
    while text.contains("\"" + fence) || text.contains("\\" + fence) { fence += "#" }
    return "\(fence)\"\"\"\n\(text)\n\"\"\"\(fence)"
}

var source = "/// The text files of `Resources/`, inside the program.\nenum Embedded {\n"
for path in arguments.dropFirst(3) {
    let text = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
    source += "static let \(name(of: path)): StaticString = \(literal(text))\n"
}
source += "static let files: [(path: String, text: StaticString)] = [\n"
for path in arguments.dropFirst(3) {
    source += "(\"\(path.dropFirst(root.count + 1))\", \(name(of: path))),\n"
}
source += "]\n}\n"
try source.write(toFile: output, atomically: true, encoding: .utf8)
