import CSQLite

/// Checks the rows of `events` in one pass by position and rebuilds the tree over what they hold.
struct EventCheck {
    private(set) var count = 0
    private(set) var lastTime: Instant?
    /// The roots at the requested sizes that the pass has reached.
    private(set) var wantedRoots: [Int: TreeHash] = [:]
    /// Whether the pass has reached the end of the table.
    private(set) var isComplete = false
    /// Nil when the pass is incomplete, or positions are missing or out of order.
    var root: (size: Int, hash: TreeHash)? { isComplete && isInOrder ? (tree.tree.size, tree.tree.root) : nil }

    private let rows: Statement
    private let wantedSizes: Set<Int>
    private var tree: TreeCheck
    private var leaf = LeafWriter()
    private var isInOrder = true
    private var lastPosition = 0

    init(_ connection: SQLiteConnection, rootsWantedAt sizes: Set<Int>) throws(SQLiteError) {
        rows = try connection.statement("SELECT \(EventRow.columns) FROM events ORDER BY position")
        tree = try TreeCheck(connection)
        wantedSizes = sizes
        if sizes.contains(0) { wantedRoots[0] = TreeHashing.emptyRoot }
    }

    mutating func run(_ findings: inout FindingList, progress: (Int) -> Void) throws(SQLiteError) {
        defer { rows.reset() }
        while try rows.step() {
            try checkRow(&findings)
            if count % 4096 == 0 { progress(count) }
        }
        isComplete = true
        try tree.finish(&findings, isInOrder: isInOrder)
        progress(count)
    }

    private mutating func checkRow(_ findings: inout FindingList) throws(SQLiteError) {
        let position = rows.integer(0)
        let place = Finding.Place.event(position: position)
        checkPosition(position, &findings)
        RowCheck(row: rows, place: place).run(&findings)
        checkTime(place, &findings)
        let stored = rows.raw(14)
        let hash = recomputedHash(position)
        let differs = stored.count != 32 || !stored.elementsEqual(hash)
        count += 1
        if isInOrder {
            try tree.add(hash, differs: differs, &findings)
            if wantedSizes.contains(count) { wantedRoots[count] = tree.tree.root }
        } else if differs {
            findings.add(place, .hashDiffers)
        }
    }

    private mutating func checkPosition(_ position: Int, _ findings: inout FindingList) {
        defer { lastPosition = position }
        guard position != lastPosition + 1 else { return }
        isInOrder = false
        let isGap = position > lastPosition + 1
        findings.add(
            .event(position: position), isGap ? .gapBefore(from: lastPosition + 1) : .outOfOrder, column: "position")
    }

    private mutating func checkTime(_ place: Finding.Place, _ findings: inout FindingList) {
        let time = Instant(milliseconds: Int64(rows.integer(5)))
        if let lastTime, time < lastTime { findings.add(place, .earlierThanTheOneBefore, column: "time") }
        lastTime = time
    }

    private mutating func recomputedHash(_ position: Int) -> TreeHash {
        leaf.restart()
        leaf.integer("{\"position\":", position)
        leaf.string(",\"stream\":", rows.raw(1))
        leaf.integer(",\"version\":", rows.integer(2))
        leaf.string(",\"type\":", rows.raw(3))
        leaf.integer(",\"schema\":", rows.integer(4))
        leaf.integer(",\"time\":", rows.integer(5))
        leaf.string(",\"actor\":", rows.raw(6))
        leaf.integer(",\"causation\":", rows.optionalInteger(7))
        leaf.string(",\"command\":", rows.raw(8))
        leaf.string(",\"subject\":", rows.rawOptional(9))
        leaf.string(",\"owner\":", rows.rawOptional(10))
        leaf.integer(",\"key\":", rows.optionalInteger(11))
        leaf.digest(",\"sealed\":", rows.rawOptional(12))
        leaf.verbatim(",\"clear\":", rows.raw(13))
        return TreeHashing.leaf(leaf.bytes)
    }
}

extension Statement {
    fileprivate func rawOptional(_ column: Int32) -> UnsafeRawBufferPointer? { isNull(column) ? nil : raw(column) }
}
