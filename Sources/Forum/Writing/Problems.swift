/// All that is wrong with what was typed into a form.
package struct Problems<Problem: Hashable & Sendable>: Error, Hashable {
    package let all: [Problem]

    init(_ all: [Problem]) { self.all = all }
}
