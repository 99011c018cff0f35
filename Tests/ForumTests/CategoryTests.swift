import Events
import Testing
import Testkit

@testable import Forum

struct CategoryTests {
    let category: Category = .given(Some.created)
    let facts = CategoryFacts(id: Some.category, audience: .everybody, text: .known(Some.text))

    @Test func `an administrator creates a category, and it comes last`() throws {
        let command = CreateCategory(
            category: Some.otherCategory, audience: .members, text: Some.otherText, standing: astrid)
        #expect(
            try command.decide(given: [facts]) == [
                .category(.created(Some.otherCategory, .members, .known(Some.otherText))),
                .category(.ordered([Some.category, Some.otherCategory])),
            ])
    }

    @Test(arguments: [anna, moa])
    func `nobody else creates, describes, orders or closes categories`(standing: Standing) {
        #expect(throws: ForumRefusal.notAllowed) {
            try CreateCategory(category: Some.category, audience: .members, text: Some.text, standing: standing)
                .decide(given: [])
        }
        #expect(throws: ForumRefusal.notAllowed) {
            try DescribeCategory(text: Some.otherText, standing: standing).decide(given: category, others: [])
        }
        #expect(throws: ForumRefusal.notAllowed) {
            try OrderCategories(order: [], standing: standing).decide(given: CategoryOrder())
        }
        #expect(throws: ForumRefusal.notAllowed) {
            try CloseCategory(change: .close, standing: standing).decide(given: category)
        }
    }

    @Test func `two categories never have the same slug`() {
        #expect(throws: ForumRefusal.slugTaken) {
            try CreateCategory(category: Some.otherCategory, audience: .members, text: Some.text, standing: astrid)
                .decide(given: [facts])
        }
        #expect(throws: ForumRefusal.slugTaken) {
            try DescribeCategory(text: Some.text, standing: astrid).decide(given: category, others: [facts])
        }
    }

    @Test func `describing a category as it is described changes nothing`() throws {
        #expect(try DescribeCategory(text: Some.text, standing: astrid).decide(given: category, others: []) == [])
        #expect(
            try DescribeCategory(text: Some.otherText, standing: astrid).decide(given: category, others: [])
                == [.category(.described(Some.category, .known(Some.otherText)))])
    }

    @Test func `an order names every category exactly once`() throws {
        let present: CategoryOrder = .given(.ordered([Some.category, Some.otherCategory]))
        for order in [[Some.category], [Some.category, Some.category], []] {
            #expect(throws: ForumRefusal.incompleteOrder) {
                try OrderCategories(order: order, standing: astrid).decide(given: present)
            }
        }
        #expect(
            try OrderCategories(order: [Some.otherCategory, Some.category], standing: astrid).decide(given: present)
                == [.category(.ordered([Some.otherCategory, Some.category]))])
    }

    @Test func `a category is closed and opened again`() throws {
        #expect(
            try CloseCategory(change: .close, standing: astrid).decide(given: category)
                == [.category(.closed(Some.category))])
        let closed: Category = .given(Some.created, .closed(Some.category))
        #expect(try CloseCategory(change: .close, standing: astrid).decide(given: closed) == [])
        #expect(
            try CloseCategory(change: .reopen, standing: astrid).decide(given: closed)
                == [.category(.reopened(Some.category))])
        #expect(throws: ForumRefusal.noSuchCategory) {
            try CloseCategory(change: .close, standing: astrid).decide(given: .none)
        }
    }

    @Test func `a slug is made from the name`() throws {
        #expect(Slug(madeFrom: "Skatt & moms på Öland")?.text == "skatt-moms-pa-oland")
        #expect(Slug(madeFrom: " – !? ") == nil)
        #expect(Slug(madeFrom: String(repeating: "å", count: 100))?.text.count == Slug.longest)
        for unfit in ["", "-a", "a-", "a--b", "Å", "a b", "a/b", "a\u{301}"] { #expect(Slug(unfit) == nil) }
    }

    @Test func `all that is wrong with a category's text is told at once`() {
        #expect(throws: Problems<CategoryText.Problem>([.nameTooLong, .descriptionTooLong, .slugUnfit])) {
            try CategoryText.parse(
                name: String(repeating: "x", count: 61), slug: "Inte så",
                description: String(repeating: "y", count: 501))
        }
        #expect(throws: Problems<CategoryText.Problem>([.nameTooShort])) { try CategoryText.parse(name: "") }
        #expect(throws: Problems<CategoryText.Problem>([.containsNUL])) { try CategoryText.parse(name: "a\0b") }
    }
}
