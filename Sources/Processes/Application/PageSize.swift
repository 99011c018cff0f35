/// How many entries a page of a list has, where links from elsewhere depend on it.
package enum PageSize {
    package static let conversation = 50
}
