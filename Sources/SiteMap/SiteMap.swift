import Events

/// Every address of the site.
package enum SiteMap {
    package static let addresses: [Address] = [
        Address.textAddresses, Address.forumAddresses, Address.memberAddresses, Address.messageAddresses,
        Address.savedAddresses,
        Address.signInAddresses, Address.settingsAddresses,
        Address.closingAddresses, Address.caseAddresses, Address.newsletterAddresses, Address.moderationAddresses,
        Address.staffAddresses,
        Address.operationAddresses, Address.auditAddresses,
    ].flatMap(\.self)

    private static let byPattern = Dictionary(uniqueKeysWithValues: addresses.map { ($0.pattern, $0) })

    /// The address with exactly this pattern.
    package static func address(pattern: String) -> Address? { byPattern[pattern] }

    private static let segments = addresses.map { (address: $0, segments: $0.pattern.split(separator: "/")) }

    /// The address that matches a path; the one with the fewest parameters when several match.
    package static func address(of path: Substring) -> Address? {
        let wanted = path.split(separator: "/")
        let fitting = segments.filter { pattern in
            pattern.segments.count == wanted.count
                && zip(pattern.segments, wanted).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        return fitting.max { $0.address.parameters.count > $1.address.parameters.count }?.address
    }
}
