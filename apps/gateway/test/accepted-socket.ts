// SPDX-License-Identifier: Apache-2.0
/** A client and the socket that a server accepted of it, as the gateway has them: over TLS or not. */
import { once } from 'node:events'
import net from 'node:net'
import tls from 'node:tls'
import { createCertificates } from '@kaas/testkit'

/** Both ends, connected and with the handshake done. `close` ends the server; the ends are the caller's. */
export async function acceptedSocket(isEncrypted: boolean) {
  const { caPem, certPem, keyPem } = await createCertificates()
  const server = isEncrypted ? tls.createServer({ cert: certPem, key: keyPem }) : net.createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  const client = isEncrypted ? tls.connect({ port, host: '127.0.0.1', ca: caPem }) : net.connect(port, '127.0.0.1')
  const [accepted] = (await once(server, isEncrypted ? 'secureConnection' : 'connection')) as [net.Socket]
  return { client, accepted, close: () => server.close() }
}
