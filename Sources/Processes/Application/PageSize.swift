/// Entries per page of a list, where links from other pages depend on the number.
package enum PageSize {
    package static let conversation = 50
}
