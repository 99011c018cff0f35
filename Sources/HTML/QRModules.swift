extension HTMLWriter {
    /// The squares of a QR code, row by row; always dark on light, whatever the page's colour scheme: scanners expect it.
    package mutating func modules(_ modules: [Bool], size: Int, label: String) {
        let quiet = 4
        raw("<svg width=\"240\" height=\"240\" role=\"img\" shape-rendering=\"crispEdges\" viewBox=\"0 0 ")
        digits(size + 2 * quiet)
        raw(" ")
        digits(size + 2 * quiet)
        raw("\" aria-label=\"")
        text(label)
        raw("\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path fill=\"#000\" d=\"")
        for row in 0..<size {
            var column = 0
            while column < size {
                guard modules[row * size + column] else {
                    column += 1
                    continue
                }
                let start = column
                while column < size, modules[row * size + column] { column += 1 }
                raw("M")
                digits(start + quiet)
                raw(" ")
                digits(row + quiet)
                raw("h")
                digits(column - start)
                raw("v1h-")
                digits(column - start)
                raw("z")
            }
        }
        raw("\"/></svg>")
    }
}
