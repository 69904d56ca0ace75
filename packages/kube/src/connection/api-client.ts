// SPDX-License-Identifier: Apache-2.0
/**
 * Requests to one API server over HTTP/1.1, with the log-in of its kubeconfig. Knows bytes and statuses; what objects and watches are is
 * known by its callers. Owns connections: `close` ends them.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { KaasError } from '@kaas/errors'
import { unavailable } from './api-error.ts'
import type { CredentialSource, Credentials } from './credentials.ts'

/** One request. `path` begins with a slash and has its query. */
export interface ApiRequest {
  readonly method: 'GET' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: { readonly type: string; readonly text: string } | undefined
  readonly signal?: AbortSignal | undefined
  /** Until the whole answer is there (`send`), or its head (`open`). 30 s when absent. */
  readonly timeoutMs?: number | undefined
}

/** A whole answer, whatever its status. */
export interface ApiAnswer {
  readonly server: string
  readonly status: number
  readonly body: string
}

/** An answer whose body is still coming. Who takes it must read it to its end or destroy it. */
export interface ApiStream {
  readonly server: string
  readonly status: number
  readonly chunks: IncomingMessage
}

const ANSWER_MS = 30_000
/** A list comes in pages of a few hundred objects; what is longer is not an answer of an API server. */
const LONGEST_ANSWER_BYTES = 128 * 1024 * 1024
/** Below the idle limit of load balancers in clouds (350 s), so that a quiet watch is neither cut nor forgotten. */
const KEEP_ALIVE_PROBE_MS = 30_000

/** Keeps one agent for the TLS material in use. */
export class ApiClient {
  readonly #source: CredentialSource
  readonly #closing = new AbortController()
  #agent: { readonly key: string; readonly agent: HttpAgent } | undefined

  constructor(source: CredentialSource) {
    this.#source = source
  }

  /** The whole answer. Throws `kubernetes-unavailable` when none came, and what `CredentialSource.current` throws. */
  async send(request: ApiRequest): Promise<ApiAnswer> {
    const timeout = AbortSignal.timeout(request.timeoutMs ?? ANSWER_MS)
    const signal = AbortSignal.any([this.#closing.signal, timeout, ...(request.signal ? [request.signal] : [])])
    const { server, status, chunks } = await this.#openTwice(request, signal)
    try {
      return { server, status, body: await readAll(chunks) }
    } catch (error) {
      throw error instanceof KaasError ? error : unavailable(server, wordsOf(error, signal), error)
    }
  }

  /** The answer as its head came; the caller's signal also ends its body. Throws as `send` does. */
  async open(request: ApiRequest): Promise<ApiStream> {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(new Error('no answer in time')), request.timeoutMs ?? ANSWER_MS)
    const signal = AbortSignal.any([this.#closing.signal, late.signal, ...(request.signal ? [request.signal] : [])])
    try {
      return await this.#openTwice(request, signal)
    } finally {
      clearTimeout(timer)
    }
  }

  /** Ends what is on the way, with `kubernetes-unavailable`. */
  close(): void {
    this.#closing.abort(new Error('the watch was closed'))
    this.#agent?.agent.destroy()
  }

  /** A refused log-in is tried once more with credentials that are asked for again: they may just have expired. */
  async #openTwice(request: ApiRequest, signal: AbortSignal): Promise<ApiStream> {
    const first = await this.#credentials()
    const stream = await this.#openOnce(request, first, signal)
    if (stream.status !== 401) return stream
    this.#source.forget('log-in')
    const second = await this.#credentials()
    if (fingerprint(first) === fingerprint(second)) return stream
    stream.chunks.destroy()
    return this.#openOnce(request, second, signal)
  }

  /** What the caller's own function throws is a reason not to reach the server, as any other. */
  async #credentials(): Promise<Credentials> {
    try {
      return await this.#source.current()
    } catch (error) {
      if (error instanceof KaasError) throw error
      throw unavailable('of the kubeconfig', `the kubeconfig cannot be had: ${wordsOf(error)}`, error)
    }
  }

  /** A kept connection that the server closed at this very moment says nothing about the server: the request is sent once more. */
  async #openOnce(request: ApiRequest, credentials: Credentials, signal: AbortSignal): Promise<ApiStream> {
    const { server } = credentials
    try {
      const first = await this.#exchange(request, credentials, signal)
      const answer = first ?? (await this.#exchange(request, credentials, signal))
      if (answer === undefined) throw new Error('it closed the connection twice')
      return { server, status: answer.statusCode ?? 0, chunks: answer }
    } catch (error) {
      if (!signal.aborted) this.#source.forget('place')
      throw unavailable(server, wordsOf(error, signal), error)
    }
  }

  /** The head of the answer; undefined when a kept connection turned out to be closed. */
  #exchange(
    { method, path, body }: ApiRequest,
    credentials: Credentials,
    signal: AbortSignal,
  ): Promise<IncomingMessage | undefined> {
    const { server } = credentials
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage | undefined>()
    const ask = server.startsWith('https:') ? httpsRequest : httpRequest
    const headers = {
      ...credentials.headers,
      accept: 'application/json',
      'user-agent': 'kaas',
      ...(body === undefined ? {} : { 'content-type': body.type, 'content-length': Buffer.byteLength(body.text) }),
    }
    const sent = ask(`${server}${path}`, { method, headers, agent: this.#agentFor(credentials), signal })
    sent.on('response', resolve)
    sent.on('error', (error) => {
      const wasClosed = sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET'
      if (wasClosed && !signal.aborted) resolve(undefined)
      else reject(error)
    })
    sent.end(body?.text)
    return promise
  }

  #agentFor(credentials: Credentials): HttpAgent {
    const key = JSON.stringify([credentials.server, credentials.tls, credentials.proxyUrl])
    if (this.#agent?.key === key) return this.#agent.agent
    if (this.#agent !== undefined) retire(this.#agent.agent)
    this.#agent = { key, agent: newAgent(credentials) }
    return this.#agent.agent
  }
}

/** What is on the way with the old certificate may end; no new request goes that way. */
function retire(agent: HttpAgent): void {
  agent.maxFreeSockets = 0
  for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy()
}

function newAgent({ server, tls, proxyUrl }: Credentials): HttpAgent {
  const options = {
    keepAlive: true,
    keepAliveMsecs: KEEP_ALIVE_PROBE_MS,
    ...(proxyUrl === undefined ? {} : { proxyEnv: { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl } }),
  }
  return server.startsWith('https:') ? new HttpsAgent({ ...options, ...tls, minVersion: 'TLSv1.2' }) : new HttpAgent(options)
}

async function readAll(chunks: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of chunks as AsyncIterable<Buffer>) {
    length += part.length
    if (length > LONGEST_ANSWER_BYTES) throw new Error(`the answer is longer than ${LONGEST_ANSWER_BYTES} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts, length).toString('utf8')
}

function fingerprint({ server, headers, tls }: Credentials): string {
  return JSON.stringify([server, headers, tls])
}

/** An aborted request says why it was aborted; a connection to several addresses says what each of them said. */
function wordsOf(error: unknown, signal?: AbortSignal): string {
  const reason: unknown = signal?.aborted ? signal.reason : error
  if (!(reason instanceof Error)) return String(reason)
  if (reason.name === 'TimeoutError') return 'no answer in time'
  if (reason instanceof AggregateError && reason.message === '') return reason.errors.map((each) => wordsOf(each)).join('; ')
  return reason.message
}
