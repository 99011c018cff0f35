import GRDB

/// The views at one moment: all its queries see the same rows. For use within `Views.read` only, on the same thread.
package struct ViewsSnapshot: ViewsQueries {
    let database: Database

    package var source: QuerySource { QuerySource(self) }

    /// The position of the last event that the rows show.
    package var position: Int {
        get throws { try source.value("SELECT position FROM generation") ?? 0 }
    }
}
