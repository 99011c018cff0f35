import Dispatch
import Events
import Foundation
import Projections
import Synchronization
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-16.3")) struct `Erasing while the views are rebuilt` {
    @Test func `is not complete while a generation is being loaded that may hold what is erased, and is afterwards`()
        async throws
    {
        try await ErasureSite.opened { site async throws in
            let member = try await site.joinAndWrite()
            let gate = Gate()
            let isPaused = Atomic(false)
            let views = site.application.views
            async let rebuilt = views.rebuild { _ in
                // Every event so far has been applied; the fence comes next.
                if !isPaused.exchange(true, ordering: .relaxed) { gate.pass() }
            }
            await gate.waitForSomebody()
            try await site.erase(.owner(Owner(member)))
            try await site.worker().work()
            #expect(try site.completions == 0)
            #expect(site.site.erasures.unfinished == 1)
            gate.open()
            #expect(try await rebuilt.generation == 2)
            try await site.worker().work()
            #expect(try site.completions == 1)
            #expect(try site.traces() == [])
        }
    }

    @Test func `is not complete while a reader keeps the previous generation, whose file then goes`() async throws {
        try await ErasureSite.opened { site async throws in
            let member = try await site.joinAndWrite()
            let gate = Gate()
            let views = site.application.views
            let previous = site.temporary.files.data.appending(path: "views-1.sqlite").path
            let (reading, hasRead) = AsyncStream.makeStream(of: Void.self)
            DispatchQueue.global().async {
                try? views.read { _ in gate.pass() }
                hasRead.finish()
            }
            await gate.waitForSomebody()
            _ = try await views.rebuild()
            try await site.erase(.owner(Owner(member)))
            try await site.worker().work()
            #expect(try site.completions == 0)
            #expect(FileManager.default.fileExists(atPath: previous))
            #expect(try site.traces().contains { $0.file.contains("views-1") })
            gate.open()
            for await _ in reading {}
            try await site.worker().work()
            #expect(try site.completions == 1)
            #expect(!FileManager.default.fileExists(atPath: previous))
            #expect(try site.traces() == [])
        }
    }
}
