/// The data controller, who is named in the footer of every page and mail.
package struct Controller: Hashable, Sendable {
    package var name = "Exempelbolaget Handelsbod"
    package var address = "Exempelgatan 1, 123 45 Exempelby"
    package var email = "info@example.org"
    package var organisationNumber = "000000-0000"
    /// Additional addresses whose mail ends up in the same queue.
    package var inboxes: [String] = []

    package init(
        name: String = "Exempelbolaget Handelsbod", address: String = "Exempelgatan 1, 123 45 Exempelby",
        email: String = "info@example.org", organisationNumber: String = "000000-0000", inboxes: [String] = []
    ) {
        self.name = name
        self.address = address
        self.email = email
        self.organisationNumber = organisationNumber
        self.inboxes = inboxes
    }
}
