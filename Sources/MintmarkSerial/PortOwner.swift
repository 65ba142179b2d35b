// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The process that has a device node open, as far as this user may see.
enum PortOwner {
    /// `process 1234 (minicom)`, or nil.
    static func find(of path: String) -> String? {
        guard let real = resolved(path) else { return nil }
        for process in Folder.names("/proc") where process.allSatisfy(\.isNumber) && process != String(getpid()) {
            for descriptor in Folder.names("/proc/\(process)/fd")
            where link("/proc/\(process)/fd/\(descriptor)") == real {
                return "process \(process) (\(name(process)))"
            }
        }
        return nil
    }

    private static func name(_ process: String) -> String {
        guard let file = fopen("/proc/\(process)/comm", "re") else { return "unknown" }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 64)
        guard fgets(&line, CInt(line.count), file) != nil else { return "unknown" }
        return text(line).filter { $0 != "\n" }
    }

    private static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    private static func link(_ path: String) -> String? {
        var target = [CChar](repeating: 0, count: 4096)
        let count = readlink(path, &target, target.count - 1)
        return count > 0 ? text(target) : nil
    }

    private static func text(_ buffer: [CChar]) -> String {
        String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
