// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension VirtualCloud {
    /// Lets a virtual module of this process connect. A cloud that does not believe its OEM key answers 404, as the
    /// vendor's does.
    package func connect(_ connection: ModuleConnection) -> ModuleConnection.Answer {
        do throws(MintmarkError) {
            let dsn = try DSN(connection.dsn)
            do throws(ConnectRefusal) { try connect(dsn, UnitHello(connection.json)) } catch {
                return .status(error.status)
            }
            return .status(twin(dsn)?.authenticationFailedAt == nil ? 200 : 404)
        } catch {
            return .status(404)
        }
    }
}
