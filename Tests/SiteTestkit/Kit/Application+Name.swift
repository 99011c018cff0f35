import Processes

typealias Application = Processes.Application
