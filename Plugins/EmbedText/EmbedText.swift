import Foundation
import PackagePlugin

/// Puts every text file below a target's `Resources/` into its `enum Embedded`.
@main
struct EmbedText: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = target.directoryURL.appending(path: "Resources")
        let files = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
            .map { root.appending(path: $0) }
            .filter { !$0.hasDirectoryPath && ["txt", "md", "css", "js", "csv", "yaml", "svg"].contains($0.pathExtension) }
        let output = context.pluginWorkDirectoryURL.appending(path: "Embedded.swift")
        return [
            .buildCommand(
                displayName: "Embedding the resources of \(target.name)",
                executable: try context.tool(named: "embed-text").url,
                arguments: [output.path, root.path] + files.map(\.path),
                inputFiles: files, outputFiles: [output])
        ]
    }
}
