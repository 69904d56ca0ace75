// SPDX-License-Identifier: Apache-2.0
/**
 * A broker double on a real socket: it frames, answers ApiVersions and SASL, and hands every other request to the test's script. It
 * does not check passwords (any second SCRAM message is right, unless `refuse` says otherwise), and keeps no data.
 */
import net from 'node:net'
import tls from 'node:tls'
import {
  APIS,
  apiOf,
  apiVersions,
  decodeRequestBody,
  encodeResponse,
  FrameGatherer,
  type RequestHeader,
  readRequestHeader,
  saslAuthenticate,
  saslHandshake,
} from '@kaas/kafka-protocol'

/** One request that arrived after the log-in. `frame` is without its length. */
export interface ArrivedRequest {
  readonly header: RequestHeader
  readonly frame: Buffer
  /** Decodes the body. */
  readonly message: () => unknown
  /** Sends bytes on the connection it came on. */
  readonly reply: (response: Buffer) => void
  readonly socket: net.Socket
}

export interface ScriptedBroker {
  readonly port: number
  readonly arrived: ArrivedRequest[]
  readonly sockets: Set<net.Socket>
  /** SASL tokens as they came, as text. */
  readonly tokens: string[]
  /** Which round the broker refuses: 1 as for an unknown user, 2 as for a wrong password. */
  refuse: 'nothing' | 'first' | 'second'
  close(): void
}

/** Called for every request after the log-in. */
export type Script = (request: ArrivedRequest) => void

/** Listens on a free loopback port, with TLS when told so. */
export async function startScriptedBroker(
  script: Script,
  secured?: { readonly cert: string; readonly key: string },
): Promise<ScriptedBroker> {
  const sockets = new Set<net.Socket>()
  const accept = (socket: net.Socket): void => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    const gatherer = new FrameGatherer()
    const rounds = { count: 0 }
    socket.on('data', (chunk: Buffer) => {
      for (const frame of gatherer.push(chunk)) take(broker, script, socket, frame, rounds)
    })
  }
  const server = secured === undefined ? net.createServer(accept) : tls.createServer(secured, accept)
  const broker: ScriptedBroker & { port: number } = {
    port: 0,
    arrived: [],
    sockets,
    tokens: [],
    refuse: 'nothing',
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  broker.port = (server.address() as net.AddressInfo).port
  return broker
}

function take(broker: ScriptedBroker, script: Script, socket: net.Socket, frame: Buffer, rounds: { count: number }): void {
  const header = readRequestHeader(frame)
  const { apiKey, apiVersion, correlationId } = header
  const api = apiOf(apiKey)
  if (api === undefined) return void socket.destroy()
  if (apiKey === apiVersions.key) {
    const apiKeys = APIS.map(({ key, versions: [minVersion, maxVersion] }) => ({ apiKey: key, minVersion, maxVersion }))
    return void socket.write(encodeResponse(apiVersions, apiVersion, correlationId, { errorCode: 0, apiKeys }))
  }
  if (apiKey === saslHandshake.key) {
    rounds.count = 0
    const mechanisms = ['SCRAM-SHA-256', 'SCRAM-SHA-512']
    return void socket.write(encodeResponse(saslHandshake, apiVersion, correlationId, { errorCode: 0, mechanisms }))
  }
  if (apiKey === saslAuthenticate.key) {
    const { authBytes } = decodeRequestBody(saslAuthenticate, apiVersion, frame, header.bodyOffset)
    return void socket.write(answerToken(broker, apiVersion, correlationId, authBytes, rounds))
  }
  const request: ArrivedRequest = {
    header,
    frame,
    message: () => decodeRequestBody(api, apiVersion, frame, header.bodyOffset),
    reply: (response) => void socket.write(response),
    socket,
  }
  broker.arrived.push(request)
  script(request)
}

function answerToken(
  broker: ScriptedBroker,
  version: number,
  correlationId: number,
  token: Buffer,
  rounds: { count: number },
): Buffer {
  rounds.count += 1
  const text = token.toString()
  broker.tokens.push(text)
  const isFirst = rounds.count === 1
  if (broker.refuse === (isFirst ? 'first' : 'second')) {
    const refusal = { errorCode: 58, errorMessage: 'no', authBytes: Buffer.alloc(0) }
    return encodeResponse(saslAuthenticate, version, correlationId, refusal)
  }
  const nonce = /r=([^,]+)/.exec(text)?.[1] ?? ''
  const answer = isFirst ? `r=${nonce}broker,s=${Buffer.alloc(18, 7).toString('base64')},i=4096` : 'v=c2lnbmF0dXJl'
  const message = {
    errorCode: 0,
    errorMessage: null,
    authBytes: Buffer.from(answer),
    sessionLifetimeMs: isFirst ? 0n : 3_600_000n,
  }
  return encodeResponse(saslAuthenticate, version, correlationId, message)
}
