// SPDX-License-Identifier: Apache-2.0
/** One call of the API: request out, answer checked by its schema, problem documents and lost connections as KaasErrors. */
import { KaasError } from '@kaas/errors'
import { z } from 'zod'
import { errorOfAnswer } from './problem.ts'
import { readEventStream, type ServerSentEvent } from './read-event-stream.ts'

/** What a client needs. `fetch` is the global one or one that a test brings. */
export interface ClientOptions {
  /** Address of the control plane, without a path; empty in a browser that was served by it. */
  readonly baseUrl: string
  /** Bearer token; absent for what anyone may read, and where a session's cookie goes along. */
  readonly token?: string
  /** Value of `x-kaas-csrf`, asked for before each call; needed by sessions, for everything that changes. */
  readonly csrf?: () => string | undefined
  readonly fetch: typeof fetch
  /** Ends every call with `cancelled-by-caller`, or `wait-timeout` when it is a time-out. */
  readonly signal?: AbortSignal
}

/** What is asked. Undefined and false members of the query are left out. */
export interface Call {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
  readonly expectedGeneration?: number | undefined
  /** Ends this call, beside the signal of the client. */
  readonly signal?: AbortSignal | undefined
}

/** A call whose answer is checked by the schema. */
export type CheckedCall = <S extends z.ZodType>(schema: S, request: Call) => Promise<z.output<S>>

/** Asks and checks. Throws what the problem document says, `api-unavailable`, or `internal-bug` for an answer of another shape. */
export async function callApi<S extends z.ZodType>(options: ClientOptions, schema: S, request: Call): Promise<z.output<S>> {
  const response = await send(options, request, 'application/json')
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw errorOfAnswer(response.status, body)
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new KaasError('internal-bug', {
    message: `The server's answer to ${request.path} has another shape than this version expects: ${z.prettifyError(parsed.error)}`,
    help: 'Use a client of the same version as the server.',
  })
}

/** Asks for a stream of server-sent events. Ends when the server ends it; `onOpen` is called once it answers. */
export async function* callStream(
  options: ClientOptions,
  request: Call,
  onOpen?: () => void,
): AsyncGenerator<ServerSentEvent> {
  const response = await send(options, request, 'text/event-stream')
  if (!response.ok) throw errorOfAnswer(response.status, await response.json().catch(() => undefined))
  if (response.body === null) return
  onOpen?.()
  try {
    yield* readEventStream(response.body)
  } catch (error) {
    throw reasonFor(options, request, error)
  }
}

async function send(options: ClientOptions, request: Call, accept: string): Promise<Response> {
  const { method = 'GET', path, body } = request
  const signal = signalOf(options, request)
  try {
    return await options.fetch(`${options.baseUrl}${path}${renderQuery(request.query)}`, {
      method,
      headers: headersOf(options, request, accept),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
  } catch (error) {
    throw reasonFor(options, request, error)
  }
}

function headersOf(options: ClientOptions, request: Call, accept: string): Record<string, string> {
  const { method = 'GET', body, expectedGeneration } = request
  const csrf = method === 'GET' ? undefined : options.csrf?.()
  return {
    accept,
    ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
    ...(csrf === undefined ? {} : { 'x-kaas-csrf': csrf }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...conditionFor(expectedGeneration),
  }
}

function conditionFor(expectedGeneration: number | undefined): Record<string, string> {
  if (expectedGeneration === undefined) return {}
  return expectedGeneration === 0 ? { 'if-none-match': '*' } : { 'if-match': `"${expectedGeneration}"` }
}

function renderQuery(query: Call['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== false)
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(Object.fromEntries(given.map(([key, value]) => [key, String(value)])))}`
}

function signalOf({ signal: ofClient }: ClientOptions, { signal: ofCall }: Call): AbortSignal | undefined {
  return ofClient !== undefined && ofCall !== undefined ? AbortSignal.any([ofClient, ofCall]) : (ofCall ?? ofClient)
}

/** What a failed fetch means to the caller. */
function reasonFor(options: ClientOptions, request: Call, error: unknown): unknown {
  if (error instanceof KaasError || error instanceof z.ZodError) return error
  const signal = signalOf(options, request)
  if (signal?.aborted === true) {
    const late = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
    return new KaasError(late ? 'wait-timeout' : 'cancelled-by-caller', {
      message: late ? 'The control plane did not answer in time.' : 'The call was given up.',
      cause: error,
    })
  }
  const where = options.baseUrl === '' ? '' : ` at ${options.baseUrl}`
  return new KaasError('api-unavailable', {
    message: `The control plane${where} cannot be reached.`,
    help: 'Start it with "npm start", or set KAAS_API_URL to where it is.',
    cause: error,
  })
}
