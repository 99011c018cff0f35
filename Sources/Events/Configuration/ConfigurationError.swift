/// A setting that cannot be used, described in one line that names its source.
package struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    package let description: String
    /// Whether it was given on the command line.
    package let isAboutFlag: Bool

    package init(_ description: String, isAboutFlag: Bool = false) {
        self.description = description
        self.isAboutFlag = isAboutFlag
    }
}
