// SPDX-License-Identifier: Apache-2.0
/**
 * A small HTTP server that speaks list and watch of the Kubernetes API, for faults that a real API server shows only rarely. Says what it
 * is told to say: pages, bookmarks, 410, cut connections, garbage. What it does not do: TLS, rights, writing, validation, label selectors
 * (they are recorded only), and other kinds than ConfigMaps.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A ConfigMap as far as these tests look at it. */
export interface ServedObject {
  readonly metadata: { readonly name: string; readonly [field: string]: unknown }
  readonly [field: string]: unknown
}

/** What the next answers are. Fields may be changed at any time. */
export interface ServerBehaviour {
  objects: ServedObject[]
  version: number
  pageSize: number
  /** Answers every request with this status and a `Status` object. */
  refuse: { readonly status: number; readonly message: string } | undefined
  /** Answers a list by this status once for each entry. */
  listStatuses: number[]
  /** Answers a page after the first with 410 once for each. */
  expirePages: number
  /** Takes the log-in only with this header. */
  authorization: string | undefined
  /** Never answers a request. */
  isSilent: boolean
}

/** A running server. */
export interface ProtocolServer {
  readonly url: string
  readonly behaviour: ServerBehaviour
  /** `GET /path?query`, in their order; without `/version`. */
  readonly requests: string[]
  /** Watches that are open now. */
  openWatches(): number
  /** Sends an event to all open watches, with the next version. */
  send(type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK', object: ServedObject): void
  /** Writes bytes as they are to all open watches. */
  write(bytes: string): void
  /** Ends all watches as a server does when their time is over. */
  end(): void
  /** Cuts all connections without a word. */
  cut(): void
  /** Stops listening; `start` comes back on the same port. */
  stop(): Promise<void>
  start(): Promise<void>
}

/** A server on a free port of loopback. */
export async function startProtocolServer(): Promise<ProtocolServer> {
  const behaviour: ServerBehaviour = {
    objects: [],
    version: 100,
    pageSize: 1000,
    refuse: undefined,
    listStatuses: [],
    expirePages: 0,
    authorization: undefined,
    isSilent: false,
  }
  const watches = new Set<ServerResponse>()
  const requests: string[] = []
  const server = createServer((request, response) => answer({ behaviour, watches, requests }, request, response))
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    behaviour,
    requests,
    openWatches: () => watches.size,
    send: (type, object) => {
      behaviour.version += 1
      const versioned = { ...object, metadata: { ...object.metadata, resourceVersion: String(behaviour.version) } }
      for (const watch of watches) watch.write(`${JSON.stringify({ type, object: versioned })}\n`)
    },
    write: (bytes) => {
      for (const watch of watches) watch.write(bytes)
    },
    end: () => {
      for (const watch of watches) watch.end()
    },
    cut: () => server.closeAllConnections(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
    start: () => listen(port),
  }
}

interface Served {
  readonly behaviour: ServerBehaviour
  readonly watches: Set<ServerResponse>
  readonly requests: string[]
}

function answer(served: Served, request: IncomingMessage, response: ServerResponse): void {
  const { behaviour, watches, requests } = served
  const url = new URL(request.url ?? '/', 'http://server')
  if (url.pathname !== '/version') requests.push(`${request.method} ${url.pathname}${decodeURIComponent(url.search)}`)
  if (behaviour.isSilent) return
  const { authorization, refuse: refusal } = behaviour
  if (authorization !== undefined && request.headers.authorization !== authorization) refuse(response, 401, 'Unauthorized')
  else if (refusal !== undefined) refuse(response, refusal.status, refusal.message)
  else if (url.pathname === '/version') json(response, { major: '1', minor: '36' })
  else if (url.pathname !== '/api/v1/configmaps') refuse(response, 404, 'the server could not find the requested resource')
  else if (url.searchParams.has('watch')) watch(watches, response)
  else list(behaviour, url, response)
}

function watch(watches: Set<ServerResponse>, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.flushHeaders()
  watches.add(response)
  response.on('close', () => watches.delete(response))
}

function list(behaviour: ServerBehaviour, url: URL, response: ServerResponse): void {
  const status = behaviour.listStatuses.shift()
  const from = Number(url.searchParams.get('continue') ?? 0)
  if (status !== undefined) refuse(response, status, `answered ${status} as told`)
  else if (from > 0 && behaviour.expirePages > 0) {
    behaviour.expirePages -= 1
    refuse(response, 410, 'The provided continue parameter is too old')
  } else
    json(response, pageFrom(behaviour, from, url.searchParams.has('limit') ? behaviour.pageSize : behaviour.objects.length))
}

function pageFrom({ objects, version }: ServerBehaviour, from: number, size: number): object {
  const next = from + size < objects.length ? { continue: String(from + size) } : {}
  const items = objects.slice(from, from + size)
  return { kind: 'ConfigMapList', metadata: { resourceVersion: String(version), ...next }, items }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ kind: 'Status', status: 'Failure', message, code: status }))
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
