package import Events
import HTML
import Hummingbird
import Web

extension SiteContext {
    /// The form that was posted.
    ///
    /// - Parameter lists: fields that may occur several times.
    func form(lists: FieldName...) throws -> Form {
        do {
            return Form(received: try received.values(lists: Set(lists)))
        } catch {
            throw PageError(error)
        }
    }

    /// The command id of the form, which is carried out once however often the form arrives.
    func command() throws -> CommandID {
        guard let id = CommandID(received.first(.command)) else { throw PageError.malformed(.encoding) }
        return id
    }

    /// The id in the path; `notFound` when it is malformed.
    package func id<Kind>(_ kind: Kind.Type = Kind.self) throws -> Identifier<Kind> {
        guard let id = Identifier<Kind>(try place("id")) else { throw PageError.notFound }
        return id
    }

    /// The percent-decoded path component at `{name}` in the route.
    func place(_ name: String) throws -> String {
        guard let raw = parameters[name[...]], let text = percentDecoded(raw.utf8, plusIsSpace: false) else {
            throw PageError.notFound
        }
        return text
    }
}

extension Request {
    private static let pages = 1...1_000_000

    /// The query as a form to read from; a malformed query is refused.
    func query(lists: FieldName...) throws -> Form {
        do {
            let fields = try FormFields(parsing: (uri.query ?? "").utf8)
            return Form(received: try fields.values(lists: Set(lists)))
        } catch {
            throw PageError.malformed(.query)
        }
    }

    /// The number in `?sida=`, 1 when absent; `notFound` for a number spelled in any other way.
    ///
    /// Limited to `Request.pages`, so that arithmetic with a page number cannot overflow.
    func pageNumber() throws -> Int {
        let typed = try query().typed("sida")
        if typed.isEmpty { return 1 }
        guard let number = Int(typed), Request.pages.contains(number), String(number) == typed else {
            throw PageError.notFound
        }
        return number
    }
}
