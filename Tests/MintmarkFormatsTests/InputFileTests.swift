// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkFormats
import TestSupport
import Testing

@Suite("Files that a person names")
struct InputFileTests {
    private func problem(_ path: String, atMost limit: Int = 10) -> String? {
        Reading.problem { () throws(MintmarkError) in try InputFile.read(path, atMost: limit, code: .badArchive) }
    }

    @Test("a file of the limit is read whole, a longer one not at all")
    func limit() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("f", "0123456789")
        #expect(try InputFile.read(path, atMost: 10, code: .badArchive) == Array("0123456789".utf8))
        #expect(try InputFile.read(folder.write("empty", ""), atMost: 10, code: .badArchive).isEmpty)
        #expect(problem(path, atMost: 9) == "\(path) is 10 bytes long, at most 9 are read")
    }

    @Test("folders, pipes and devices are refused, none is waited for")
    func notRegular() throws {
        let folder = try TemporaryFolder()
        let pipe = folder.file("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        for path in [folder.path, pipe, "/dev/zero", "/dev/null"] {
            #expect(problem(path) == "\(path) is no regular file")
        }
        #expect(problem(folder.file("none")) == "cannot read \(folder.file("none")): No such file or directory")
    }
}
