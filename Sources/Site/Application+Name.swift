package import Processes

/// The opened site; not the framework's type of the same name.
package typealias Application = Processes.Application
