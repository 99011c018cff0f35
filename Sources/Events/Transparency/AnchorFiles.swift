package import Foundation

/// Signatures by witnesses and time-stamping authorities over the log's head: files in the data directory, copied to the anchor
/// directory.
package struct AnchorFiles: Sendable {
    package enum File: String, CaseIterable, Sendable {
        /// The newest checkpoint that a witness has cosigned, with all its cosignatures.
        case cosigned = "checkpoint.cosigned"
        /// The newest checkpoint that was given a time stamp.
        case stamped = "checkpoint.stamped"
        /// That time stamp, an RFC 3161 response.
        case timestamp = "checkpoint.tsr"
    }

    private let files: LogFiles

    package init(_ files: LogFiles) { self.files = files }

    package func url(of file: File) -> URL { files.data.appending(path: file.rawValue) }

    /// Nil when there is none.
    package func read(_ file: File) -> [UInt8]? { (try? Data(contentsOf: url(of: file))).map { Array($0) } }

    package var cosigned: SignedCheckpoint? {
        read(.cosigned).flatMap { try? SignedCheckpoint(note: String(decoding: $0, as: UTF8.self)) }
    }

    package func keep(_ bytes: [UInt8], as file: File) throws {
        try DurableFile.write(bytes, to: url(of: file).path)
        // A failure is ignored, as with the checkpoint itself: the next one comes soon.
        if let anchor = files.anchor { try? DurableFile.write(bytes, to: anchor.appending(path: file.rawValue).path) }
    }
}
