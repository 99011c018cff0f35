/// Runs `body`, then `close`, whether or not `body` threw.
package func closing<Value>(
    with close: () async throws -> Void, after body: () async throws -> Value
) async throws -> Value {
    let value: Value
    do { value = try await body() } catch {
        try await close()
        throw error
    }
    try await close()
    return value
}
