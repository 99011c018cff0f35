import Events

extension ReadingFile {
    static let version = 2

    static let markerTables = """
        CREATE TABLE reading(
          only INTEGER PRIMARY KEY CHECK (only = 1),
          log TEXT NOT NULL,
          -- Events up to here count as read for everybody: what was read of them is no longer kept.
          floor INTEGER NOT NULL,
          -- The log's head when the markers of earlier programs were imported; NULL before.
          imported INTEGER
        ) STRICT;
        CREATE TABLE markers(
          member TEXT NOT NULL,
          kind TEXT NOT NULL,
          thing TEXT NOT NULL,
          position INTEGER NOT NULL,
          PRIMARY KEY (member, kind, thing)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX markers_by_position ON markers(position);
        """

    /// `docs/log-format.md` says what the sealed columns are bound to. Times are milliseconds UTC.
    static let savedTables = """
        -- A member has a key as long as something of hers is sealed.
        \(WrappedMemberKey.table)
        CREATE TABLE bookmarks(
          member TEXT NOT NULL,
          post TEXT NOT NULL,
          saved INTEGER NOT NULL,
          note BLOB,
          PRIMARY KEY (member, post)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE drafts(
          member TEXT NOT NULL,
          kind TEXT NOT NULL,
          place TEXT NOT NULL,
          saved INTEGER NOT NULL,
          text BLOB NOT NULL,
          PRIMARY KEY (member, kind, place)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX drafts_by_time ON drafts(saved);
        """
}
