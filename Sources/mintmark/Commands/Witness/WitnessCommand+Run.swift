// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import MintmarkStation
import MintmarkWeb

extension WitnessCommand {
    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Serve until stopped; the first line printed is the witness's URL.",
            discussion: """
                POST URL/add-checkpoint. What is cosigned is on disk before the answer leaves. Without a certificate it \
                speaks plain HTTP, which stations accept on their own machine only.
                """)

        @Option(help: "Address and port; port 0 lets the system choose.") var listen: String
        @Option(help: "Its Ed25519 private key in PEM, mode 0600.") var key: String
        @Option(help: "Its store, made by `mintmark witness init`.") var store: String
        @Option(help: "Verifier key of a log to vouch for; `mintmark ledger verify` prints it. Repeat for more.")
        var log: [String] = []
        @Flag(help: "Listen on an address that other machines reach.") var expose = false
        @Option(help: "Certificate chain in PEM, for HTTPS.") var certificate: String?
        @Option(help: "The certificate's private key in PEM, mode 0600.") var certificateKey: String?

        func validate() throws {
            if log.isEmpty { throw ValidationError("Name at least one log with --log.") }
            if (certificate == nil) != (certificateKey == nil) {
                throw ValidationError("--certificate and --certificate-key go together.")
            }
        }

        func run() async throws {
            let logs = try log.map { try NoteKey(parsing: $0) }
            if let other = logs.first(where: { $0.algorithm != .ed25519 }) {
                throw MintmarkError(
                    .badInput, "\(other.description) is a witness's key, not a log's",
                    next: "Give the key that signs the log's heads.")
            }
            let witness = try Witness(
                key: KeyFile.read(StationFiles.absolute(key), as: "witness key"), store: StationFiles.absolute(store),
                logs: logs, clock: SystemClock())
            var tls: TLSFiles?
            if let certificate, let certificateKey {
                tls = TLSFiles(
                    certificates: certificate, key: try SecretSource.file(certificateKey).read("certificate-key"))
            }
            let server = try WitnessServer(
                ListenAddress(parsing: listen), isExposed: expose, tls: tls,
                limits: WitnessServer.Limits(bodySize: WitnessRequest.maximumSize)
            ) { body in
                let answer = await witness.addCheckpoint(body)
                if case .failed(let error) = answer { Terminal.error(error.description) }
                return WebAnswer(answer)
            }
            try await server.run { url in Terminal.output(url) }
        }
    }
}
