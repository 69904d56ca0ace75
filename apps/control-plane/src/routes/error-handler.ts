// SPDX-License-Identifier: Apache-2.0
/** The one place where a failure becomes an answer: a problem document from `toHttp`, a line in the log, a record of a denial. */
import { asKaasError, KaasError, toHttp } from '@kaas/errors'
import type { Log } from '@kaas/telemetry'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isHiding } from '../rights/refusals.ts'
import { denialOf } from '../services/actor.ts'
import { actorOf } from './add-route.ts'
import type { Denials } from './denials.ts'

const MEBIBYTE = 1024 * 1024

/** Tells log and audit of a failed request; also for those who answer it otherwise than by a problem document. */
export type RecordFailure = (request: FastifyRequest, error: KaasError) => void

/** Writes to `log`, and denials to the audit log. */
export function failureRecorder(log: Log, denials: Denials): RecordFailure {
  return (request, error) => {
    recordDenial(denials, request, error)
    logError(log, request, error)
  }
}

/** Installs the handlers for errors and unknown paths. */
export function handleErrors(server: FastifyInstance, record: RecordFailure): void {
  server.setErrorHandler((thrown, request, reply) => {
    const error = errorOf(thrown, request.routeOptions.bodyLimit)
    record(request, error)
    return sendProblem(reply, error)
  })
  server.setNotFoundHandler((request, reply) => {
    const error = new KaasError('route-absent', {
      message: `There is no ${request.method} ${pathOf(request)}.`,
      help: 'The page /openapi.json lists all routes.',
    })
    return sendProblem(reply, error)
  })
}

/** What fastify refuses before any route is found: paths that are no URL or that are too long. */
export function answerFrameworkError(thrown: FastifyError, _request: unknown, reply: FastifyReply): void {
  sendProblem(
    reply,
    new KaasError('usage-invalid', {
      message: 'The path of the request cannot be read or is too long.',
      help: 'The page /openapi.json lists all routes; names have at most 249 characters.',
      cause: thrown,
    }),
  )
}

/** Sends a problem document. */
function sendProblem(reply: FastifyReply, error: KaasError): FastifyReply {
  const problem = toHttp(error)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

/** Fastify's own refusals (body too large, broken JSON, wrong content type) are the caller's; anything else unknown is ours. */
function errorOf(thrown: unknown, mostBytes: number): KaasError {
  if (thrown instanceof KaasError) return thrown
  const { statusCode, message } = thrown as Partial<FastifyError>
  if (statusCode === undefined || statusCode < 400 || statusCode >= 500) return asKaasError(thrown)
  if (statusCode === 413) {
    return new KaasError('request-too-large', {
      message: `The body of the request has more than ${Math.round(mostBytes / MEBIBYTE)} MiB.`,
      help: 'Send one document per request; a document is a few kilobytes. API servers need --audit-webhook-truncate-enabled.',
      cause: thrown,
    })
  }
  return new KaasError('usage-invalid', {
    message: `The request cannot be read: ${message ?? 'no reason given'}.`,
    help: 'Send JSON with content-type application/json, at most 1 MiB.',
    cause: thrown,
  })
}

const DENIALS: readonly string[] = ['unauthenticated', 'forbidden', 'refused']

/** Every attempt that was denied: without right, or against a rule by a write. A dry run only asks what the rules say. */
function recordDenial(denials: Denials, request: FastifyRequest, error: KaasError): void {
  if (error.kind === 'refused' && (request.method === 'GET' || isDry(request))) return
  if (!DENIALS.includes(error.kind) && !isHiding(error)) return
  const action = request.method.toLowerCase()
  denials.record(denialOf(actorOf(request), action, pathOf(request).slice(0, 500), error.code, error.message))
}

function isDry({ query }: FastifyRequest): boolean {
  return (query as { dryRun?: unknown } | undefined)?.dryRun === 'true'
}

function logError(log: Log, request: FastifyRequest, error: KaasError): void {
  const fields = { method: request.method, path: pathOf(request), code: error.code, requestId: request.id }
  if (error.kind === 'bug' || error.kind === 'corrupt') {
    log.error(
      { ...fields, error: error.message, stack: (error.cause as Error | undefined)?.stack ?? error.stack },
      'request failed',
    )
  } else {
    log.info({ ...fields, error: error.message }, 'request refused')
  }
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? ''
}
