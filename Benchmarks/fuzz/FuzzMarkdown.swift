import Events
import Foundation

/// What libFuzzer calls with each input: the bytes are typed as a post, stored, and shown, all by the code of the site.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    asStored(bytes)
    asTyped(String(decoding: bytes, as: UTF8.self))
    return 0
}

private let anna = MemberID(rawValue: 1)
private let source = PostID(rawValue: 30)

/// Bytes that lie in a log from elsewhere: anything at all.
private func asStored(_ bytes: UnsafeBufferPointer<UInt8>) {
    let body = PostBody(
        stored: String(decoding: bytes, as: UTF8.self), mentions: [anna],
        quotes: [Quote(post: source, revision: 1, from: 0, to: 9)])
    let rendered = PostHTML.render(body)
    check(rendered)
    require(rendered == PostHTML.render(body), "rendered otherwise the second time")
    check(QuoteText.render(body, from: bytes.count / 3, to: bytes.count / 2))
    require(!PlainText(of: body).stored.contains("\n"), "a line break in plain text")
}

/// What is accepted is within the bounds, comes back from the form as it went in, and is read in time.
private func asTyped(_ text: String) {
    let resolve = { (name: String) in name == "anna" ? anna : nil }
    let quotable = { (post: PostID, _: Int?) in post == source ? QuotableRevision(number: 1, length: 9) : nil }
    guard let body = try? PostDraft.parse(text, resolve: resolve, source: quotable) else { return }
    require(body.excess == nil, "accepted beyond the bounds")
    let started = processorTime()
    check(PostHTML.render(body))
    require(processorTime() - started < 1_000_000_000, "took a second")
    let again = try? PostDraft.parse(
        body.editable { $0 == anna ? "anna" : nil }, revising: body, resolve: resolve, source: quotable)
    require(again?.mentions == body.mentions, "other mentions after editing")
}

/// No tag but ours, each closed in its turn, and nothing unescaped.
private func check(_ body: RenderedBody) {
    var open: [String] = []
    for segment in body.segments {
        guard case .html(let html) = segment else { continue }
        // A mark after a tag would be one character with its end.
        var rest = Substring(html.text).utf8
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            require(!rest[..<start].contains(UInt8(ascii: ">")), "unescaped text")
            guard let end = rest[start...].firstIndex(of: UInt8(ascii: ">")) else {
                return require(false, "unfinished tag")
            }
            let tag = String(decoding: rest[rest.index(after: start)..<end], as: UTF8.self)
            let name = String(tag.prefix { $0 != " " })
            if tag.first == "/" {
                require(open.popLast() == String(tag.dropFirst()), "\(tag) closes out of turn")
            } else if tag != "br", tag != "hr" {
                require(tags.contains(name), "the tag \(tag)")
                open.append(name)
            }
            rest = rest[rest.index(after: end)...]
        }
        require(!rest.contains(UInt8(ascii: ">")), "unescaped text")
    }
    require(open.isEmpty, "open: \(open)")
}

/// Ends the fuzzer with the fault named.
private func require(_ holds: Bool, _ fault: String) {
    guard !holds else { return }
    FileHandle.standardError.write(Data("fault: \(fault)\n".utf8))
    abort()
}

private let tags: Set<String> = [
    "p", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "h3", "h4", "h5", "h6", "table", "thead",
    "tbody", "tr", "th", "td", "a",
]

private func processorTime() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
