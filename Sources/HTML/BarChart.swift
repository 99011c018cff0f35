/// A bar chart for an overview; the page also shows the exact values in a table.
package struct BarChart: Sendable {
    package struct Bar: Sendable {
        package let label: String
        /// Nil when the value must not be disclosed; no bar is drawn.
        package let value: Int?

        package init(label: String, value: Int?) {
            self.label = label
            self.value = value
        }
    }

    package let title: String
    package let bars: [Bar]

    package init(title: String, bars: [Bar]) {
        self.title = title
        self.bars = bars
    }

    fileprivate var most: Int { bars.compactMap(\.value).max() ?? 0 }

    /// The text alternative and the caption of the drawing.
    fileprivate var words: String {
        guard let first = bars.first, let last = bars.last, most > 0 else { return "\(title): inget att visa" }
        let highest = bars.last { $0.value == most } ?? last
        return
            "\(title) från \(first.label) till \(last.label), som mest \(SwedishNumber.grouped(most)) i \(highest.label)"
    }

    /// In hundredths of the drawing's height; at least 2 for a value above zero, so that its bar is visible.
    fileprivate func height(of bar: Bar) -> Int {
        guard let value = bar.value, value > 0, most > 0 else { return 0 }
        return max(value * 100 / most, 2)
    }
}

extension HTMLWriter {
    /// Stretches to the available width.
    package mutating func chart(_ chart: BarChart) {
        guard chart.most > 0 else { return p(chart.words, class: "muted") }
        raw("<figure><svg width=\"100%\" height=\"120\" preserveAspectRatio=\"none\" viewBox=\"0 0 ")
        digits(max(chart.bars.count, 1) * 20)
        raw(" 101\" role=\"img\" aria-label=\"")
        text(chart.words)
        raw("\"><rect y=\"100\" width=\"100%\" height=\"1\" fill=\"currentColor\"/>")
        for (index, bar) in chart.bars.enumerated() {
            let height = chart.height(of: bar)
            guard height > 0 else { continue }
            raw("<rect width=\"14\" fill=\"var(--accent)\" x=\"")
            digits(index * 20 + 3)
            raw("\" y=\"")
            digits(100 - height)
            raw("\" height=\"")
            digits(height)
            raw("\"/>")
        }
        raw("</svg><figcaption class=\"muted\">")
        text(chart.words)
        raw("</figcaption></figure>")
    }
}
