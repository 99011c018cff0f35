import Events

/// The connection of `Events`, not GRDB's type of the same name.
typealias SQLiteConnection = Events.SQLiteConnection
