import Foundation
import PackagePlugin

/// Puts every text file below a target's `Resources/` into its `enum Embedded`; links to folders are followed.
@main
struct EmbedText: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = target.directoryURL.appending(path: "Resources")
        let files = try files(below: root).sorted { $0.path < $1.path }
        let output = context.pluginWorkDirectoryURL.appending(path: "Embedded.swift")
        return [
            .buildCommand(
                displayName: "Embedding the resources of \(target.name)",
                executable: try context.tool(named: "embed-text").url,
                arguments: [output.path, root.path] + files.map(\.path),
                inputFiles: files, outputFiles: [output])
        ]
    }

    private func files(below folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).flatMap { name in
            let entry = folder.appending(path: name)
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: entry.path, isDirectory: &isFolder)
            if isFolder.boolValue { return try files(below: entry) }
            return ["txt", "md", "css", "js", "csv", "yaml", "svg", "sql", "sh"].contains(entry.pathExtension)
                ? [entry] : []
        }
    }
}
