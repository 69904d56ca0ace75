// SPDX-License-Identifier: Apache-2.0
/**
 * A broker for tests: speaks the real protocol over a real socket. It answers ApiVersions by itself and leaves every other request to the
 * test. It has no topics, no login and no cluster behind it, and answers requests as they come without looking at their meaning.
 */
import { createServer, type Server, type Socket } from 'node:net'
import {
  APIS,
  type Api,
  apiOf,
  apiVersions,
  decodeRequestBody,
  encodeResponse,
  FrameGatherer,
  type ResponseInput,
  readRequestHeader,
} from '@kaas/kafka-protocol'

/** A request as the test sees it. */
export interface ScriptedRequest {
  readonly api: Api
  readonly version: number
  readonly message: Record<string, unknown>
  readonly socket: Socket
  /** Sends the answer; `correlationId` other than the request's own is a mistake that a test wants. */
  reply<A extends Api>(api: A, response: ResponseInput<A>, correlationId?: number): void
}

/** A listening broker. */
export interface ScriptedBroker {
  readonly host: string
  readonly port: number
  /** Names of the APIs that were asked for, in order, without ApiVersions. */
  readonly asked: string[]
  close(): Promise<void>
}

/** What a test can change. */
export interface Script {
  readonly onRequest?: (request: ScriptedRequest) => void
  /** Bytes sent to whoever connects, before anything was asked. */
  readonly greeting?: Buffer
  /** Answers ApiVersions in version 0 with error 35 first, as a broker does that is older than the request. */
  readonly oldVersions?: boolean
  /** Keeps quiet about everything. */
  readonly mute?: boolean
}

const UNSUPPORTED_VERSION = 35

/** Listens on a free port of loopback. */
export async function startScriptedBroker(script: Script = {}): Promise<ScriptedBroker> {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    if (script.greeting !== undefined) socket.write(script.greeting)
    const gatherer = new FrameGatherer()
    socket.on('data', (chunk: Buffer) => {
      for (const frame of gatherer.push(chunk)) answer(script, socket, frame, asked)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { host: '127.0.0.1', port: portOf(server), asked, close: () => closeAll(server, sockets) }
}

function answer(script: Script, socket: Socket, frame: Buffer, asked: string[]): void {
  if (script.mute === true) return
  const { apiKey, apiVersion, correlationId, bodyOffset } = readRequestHeader(frame)
  const api = apiOf(apiKey)
  if (api === undefined) throw new Error(`The request has the unknown key ${apiKey}.`)
  if (api.key === apiVersions.key) {
    answerVersions(script, socket, apiVersion, correlationId)
    return
  }
  asked.push(api.name)
  const message = decodeRequestBody(api, apiVersion, frame, bodyOffset) as Record<string, unknown>
  script.onRequest?.({
    api,
    version: apiVersion,
    message,
    socket,
    reply: (of, response, id = correlationId) => socket.write(encodeResponse(of, apiVersion, id, response)),
  })
}

function answerVersions(script: Script, socket: Socket, version: number, correlationId: number): void {
  const apiKeys = APIS.map(({ key, versions }) => ({ apiKey: key, minVersion: versions[0], maxVersion: versions[1] }))
  const response =
    script.oldVersions === true
      ? encodeResponse(apiVersions, 0, correlationId, { errorCode: UNSUPPORTED_VERSION, apiKeys })
      : encodeResponse(apiVersions, version, correlationId, { errorCode: 0, apiKeys })
  socket.write(response)
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function closeAll(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy()
  return new Promise((resolve) => server.close(() => resolve()))
}
