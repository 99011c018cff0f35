/// Why `reading.sqlite` cannot be used. Each says what to do.
package enum ReadingUnusable: Error, Hashable, CustomStringConvertible {
    case damaged(String)
    case ofAnotherLog(String)
    case epochMissing(Int, String)

    package var description: String {
        switch self {
        case .damaged(let path):
            "damaged file: \(path) is no sound SQLite database; move it away: drafts, bookmarks and what members have read are then forgotten"
        case .ofAnotherLog(let path): "\(path) belongs to another log; move it away, or put back the one of this site"
        case .epochMissing(let epoch, let path):
            "drafts and notes in \(path) are sealed under master-key epoch \(epoch), which is not in the keys directory; put back the right keys or a newer file, or move it away: drafts, bookmarks and what members have read are then forgotten"
        }
    }
}
