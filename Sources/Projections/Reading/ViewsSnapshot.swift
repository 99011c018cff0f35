import GRDB

/// The views at one moment: all queries made of it see the same rows. To be used only within `Views.read`, on the same thread.
package struct ViewsSnapshot: ViewsQueries {
    let database: Database

    package var source: QuerySource { QuerySource(self) }

    /// Of the last event that the rows show.
    package var position: Int {
        get throws { try source.value("SELECT position FROM generation") ?? 0 }
    }
}
