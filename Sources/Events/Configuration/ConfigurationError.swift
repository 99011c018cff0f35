/// A setting that cannot be used, in one line that says where it stands.
package struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    package let description: String
    /// It was typed on the command line.
    package let isAboutFlag: Bool

    package init(_ description: String, isAboutFlag: Bool = false) {
        self.description = description
        self.isAboutFlag = isAboutFlag
    }
}
