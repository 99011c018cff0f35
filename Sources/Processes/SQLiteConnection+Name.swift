import Events

/// Our own connection; not the type of the same name in GRDB.
typealias SQLiteConnection = Events.SQLiteConnection
