extension [String] {
    /// `a, b och c`
    package var swedishList: String {
        guard let last, count > 1 else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " och " + last
    }
}
