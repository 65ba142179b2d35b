// SPDX-License-Identifier: Apache-2.0
internal import Glibc
package import MintmarkCore

extension SecretSource {
    /// Longest secret file, in bytes.
    static let maximumSize = 16 * 1024

    /// Reads the secret. A final line end is not part of it.
    ///
    /// - Throws: `.badSecret` when the file is missing, empty, too long, or readable by others.
    package func read(_ name: String) throws(MintmarkError) -> SharedSecret {
        let path = try path(name)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            throw MintmarkError(
                .badSecret, "secret \(name): cannot read \(path): \(String(cString: strerror(errno)))",
                next: "Put the secret there, mode 0600.", errno: errno)
        }
        defer { close(descriptor) }
        var status = stat()
        fstat(descriptor, &status)
        guard status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 == 0 else {
            throw MintmarkError(
                .badSecret, "secret \(name): others can read \(path)", next: "Run `chmod 600 \(path)`.")
        }
        guard (1...Self.maximumSize).contains(Int(status.st_size)) else {
            throw MintmarkError(
                .badSecret, "secret \(name): \(path) is \(status.st_size) bytes long",
                next: "Put the secret there, 1 to \(Self.maximumSize) bytes.")
        }
        var count = 0
        let whole = Secret(count: Int(status.st_size)) { buffer in
            while count < buffer.count {
                let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
                guard got > 0 else { break }
                count += got
            }
            while count > 0, buffer[count - 1] == UInt8(ascii: "\n") || buffer[count - 1] == UInt8(ascii: "\r") {
                count -= 1
            }
        }
        guard count > 0 else {
            throw MintmarkError(
                .badSecret, "secret \(name): \(path) is empty", next: "Put the secret there, mode 0600.")
        }
        return SharedSecret(whole.withBytes { Secret(copying: UnsafeRawBufferPointer(rebasing: $0[..<count])) })
    }

    /// Where the secret's bytes are.
    package func path(_ name: String) throws(MintmarkError) -> String {
        switch self {
        case .file(let path): return path
        case .credential(let credential):
            guard let folder = getenv("CREDENTIALS_DIRECTORY") else {
                throw MintmarkError(
                    .badSecret, "secret \(name): no credentials folder (CREDENTIALS_DIRECTORY)",
                    next: "Start the station as a systemd service with LoadCredential=\(credential), or use file:.")
            }
            return "\(String(cString: folder))/\(credential)"
        case .token(let uri):
            throw MintmarkError(
                .badSecret, "secret \(name): \(uri) is in a token, which does not give it away",
                next: "Name a file where the secret itself is needed.")
        }
    }
}

extension SecretSource {
    package var isToken: Bool {
        if case .token = self { true } else { false }
    }
}

extension StationFile {
    /// - Throws: `.badSecret` when the station file does not name it or it cannot be read.
    package func secret(_ name: SecretName) throws(MintmarkError) -> SharedSecret {
        guard let source = secrets[name] else {
            throw MintmarkError(
                .badSecret, "the station file names no secret \(name.rawValue)", next: "Name it under secrets.")
        }
        return try source.read(name.rawValue)
    }
}

extension Station {
    func secret(_ name: SecretName) throws(MintmarkError) -> SharedSecret { try file.secret(name) }
}
