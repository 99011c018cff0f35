import Events

extension RecordedEvent {
    func held<Value>(
        _ read: (inout SealedReader) throws(MalformedEvent) -> Value
    ) throws -> Held<Value> {
        guard let subject, let owner else { throw UnreadableEvent(self) }
        return Held(try personal(read), under: subject, of: owner)
    }

    func held<Value>(_ field: PersonalField, _ parse: (String) -> Value?) throws -> Held<Value> {
        try held { (json) throws(MalformedEvent) in try json.value(field, parse) }
    }
}
