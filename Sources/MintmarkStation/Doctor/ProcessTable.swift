// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The processes of this machine, by /proc.
package enum ProcessTable {
    package static func isRunning(_ name: String) -> Bool {
        guard let stream = opendir("/proc") else { return false }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let process = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if process.allSatisfy(\.isNumber), command(process) == name { return true }
        }
        return false
    }

    private static func command(_ process: String) -> String? {
        guard let file = fopen("/proc/\(process)/comm", "re") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 64)
        guard fgets(&line, CInt(line.count), file) != nil else { return nil }
        return String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
