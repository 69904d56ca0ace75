// SPDX-License-Identifier: Apache-2.0
/** The certificates are tried where they matter: in a TLS handshake of OpenSSL's, on loopback. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type TLSSocket } from 'node:tls'
import { expect, test } from 'vitest'
import { createAuthority, loadAuthority } from './authority.ts'
import { issueCertificate } from './issue-certificate.ts'

test('a client that trusts the authority accepts the server by address and by name', async () => {
  const authority = await createAuthority('test authority')
  const server = await issueCertificate(authority, { names: ['localhost', '127.0.0.1'] })
  expect(await handshake(server, authority.certificatePem, 'localhost')).toBe('authorized')
  expect(await handshake(server, authority.certificatePem, '127.0.0.1')).toBe('authorized')
})

test('a name that is not in the certificate is refused', async () => {
  const authority = await createAuthority('test authority')
  const server = await issueCertificate(authority, { names: ['localhost'] })
  expect(await handshake(server, authority.certificatePem, 'gateway.example')).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
})

test('an authority that was read back from its files signs what clients of the first one trust', async () => {
  const first = await createAuthority('test authority')
  const again = await loadAuthority({ certificatePem: first.certificatePem, keyPem: first.keyPem })
  const server = await issueCertificate(again, { names: ['localhost'] })
  expect(await handshake(server, first.certificatePem, 'localhost')).toBe('authorized')
})

test('a certificate of another authority with the same name is refused', async () => {
  const server = await issueCertificate(await createAuthority('test authority'), { names: ['localhost'] })
  const other = await createAuthority('test authority')
  expect(await handshake(server, other.certificatePem, 'localhost')).not.toBe('authorized')
})

async function handshake(pair: { certificatePem: string; keyPem: string }, ca: string, name: string): Promise<string> {
  const server = createServer({ cert: pair.certificatePem, key: pair.keyPem })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const servername = name === '127.0.0.1' ? {} : { servername: name }
  const socket: TLSSocket = connect({ host: '127.0.0.1', port, ca, ...servername })
  const result = await new Promise<string>((resolve) => {
    socket.once('secureConnect', () => resolve('authorized'))
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
  socket.destroy()
  server.close()
  return result
}
