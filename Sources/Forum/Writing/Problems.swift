/// All problems found in a submitted form.
package struct Problems<Problem: Hashable & Sendable>: Error, Hashable {
    package let all: [Problem]

    init(_ all: [Problem]) { self.all = all }
}
