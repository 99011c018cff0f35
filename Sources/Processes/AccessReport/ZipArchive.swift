import CZlib
import Events
import HTML

/// An uncompressed ZIP archive (PKWARE APPNOTE 4.3) with file names in UTF-8; the same files at the same time give the same bytes.
struct ZipArchive {
    private struct Entry {
        let name: [UInt8]
        let checksum: UInt32
        let size: UInt32
        let offset: UInt32
    }

    private let date: UInt16
    private let time: UInt16
    private var entries: [Entry] = []
    private var bytes: [UInt8] = []

    /// - Parameter moment: the time of every file, written as Stockholm time; ZIP has no dates before 1980.
    init(at moment: Instant) {
        let clock = StockholmClock(moment)
        let day = clock.date
        date =
            UInt16(clamping: (day?.year ?? 1980) - 1980) << 9
            | UInt16(clamping: (day?.month ?? 1) << 5 | (day?.day ?? 1))
        time = UInt16(clamping: clock.hour << 11 | clock.minute << 5)
    }

    /// - Parameter contents: all files together must be less than 4 GiB.
    mutating func add(_ name: String, _ contents: [UInt8]) {
        let checksum = contents.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
        let entry = Entry(
            name: Array(name.utf8), checksum: UInt32(truncatingIfNeeded: checksum), size: UInt32(contents.count),
            offset: UInt32(bytes.count))
        bytes.write(UInt32(0x0403_4B50))
        write(entry)
        bytes += entry.name + contents
        entries.append(entry)
    }

    consuming func finished() -> [UInt8] {
        let start = UInt32(bytes.count)
        for entry in entries {
            bytes.write(UInt32(0x0201_4B50))
            bytes.write(UInt16(20))
            write(entry)
            // No comment, disk 0, no attributes.
            bytes.write(UInt16(0))
            bytes.write(UInt16(0))
            bytes.write(UInt16(0))
            bytes.write(UInt32(0))
            bytes.write(entry.offset)
            bytes += entry.name
        }
        let size = UInt32(bytes.count) - start
        bytes.write(UInt32(0x0605_4B50))
        bytes.write(UInt32(0))
        bytes.write(UInt16(entries.count))
        bytes.write(UInt16(entries.count))
        bytes.write(size)
        bytes.write(start)
        bytes.write(UInt16(0))
        return bytes
    }

    /// The fields common to the local header and the directory: version, UTF-8 names, stored, time, sizes.
    private mutating func write(_ entry: Entry) {
        bytes.write(UInt16(20))
        bytes.write(UInt16(1 << 11))
        bytes.write(UInt16(0))
        bytes.write(time)
        bytes.write(date)
        bytes.write(entry.checksum)
        bytes.write(entry.size)
        bytes.write(entry.size)
        bytes.write(UInt16(entry.name.count))
        bytes.write(UInt16(0))
    }
}

extension [UInt8] {
    fileprivate mutating func write(_ number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}
