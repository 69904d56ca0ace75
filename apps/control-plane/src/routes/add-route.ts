// SPDX-License-Identifier: Apache-2.0
/** Puts a route of the contract into fastify: path, access, checks of path, query and body, and the caller for the services. */
import { fieldProblemsOf, withProblems } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { Access, Route } from '@kaas/http-contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type Admission, admit } from '../rights/admit.ts'
import type { Caller, Rights } from '../rights/rights.ts'
import { type LongAnswer, whileAdmitted } from '../rights/while-admitted.ts'
import type { Actor } from '../services/actor.ts'
import type { SignInParts } from '../sign-in/sign-in-parts.ts'
import type { Principal } from './principal.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before the handler of every route that is not for anyone. */
    principal: Principal | undefined
    /** What let her in; set before the handler runs. */
    admission: Admission | undefined
  }
  interface FastifyInstance {
    /** Decides for all routes. */
    rights: Rights
    /** Recognises callers; for streams, which outlive the moment of recognition. */
    signIn: SignInParts
  }
  interface FastifyContextConfig {
    access?: Access
    /** The body goes to the handler as it came, which checks it with better messages. */
    rawBody?: boolean
  }
}

/** What a handler gets: everything checked. */
export interface Checked {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
  readonly actor: Actor
  /** What she is granted; nothing where anyone may call. */
  readonly caller: Caller
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Adds `route`. What the handler returns is sent as JSON; undefined means that it has sent by itself. */
export function addRoute(server: FastifyInstance, route: Route, handler: (checked: Checked) => unknown): void {
  server.route({
    method: route.method,
    url: route.path.replace(/\{(\w+)\}/g, ':$1'),
    config: { access: route.access },
    ...(route.largestBody === undefined ? {} : { bodyLimit: route.largestBody }),
    handler: async (request, reply) => {
      const params = parsePart(route.params, request.params, 'path') as Checked['params']
      const caller = await admitted(server.rights, route, params, request)
      cutWhenRefused(server, { route, params }, request, reply)
      const checked = {
        params,
        caller,
        query: parsePart(route.query, request.query, 'query') as Checked['query'],
        // Documents are checked by `parseDocument`, whose messages know their kinds.
        body: route.kind === undefined ? parsePart(route.body, request.body, 'body') : request.body,
        actor: actorOf(request),
        request,
        reply,
      }
      return await handler(checked)
    },
  })
}

/** Deny is the default: whoever is not let in by her rights gets no further, whatever the route does. */
async function admitted(rights: Rights, route: Route, params: Checked['params'], request: FastifyRequest): Promise<Caller> {
  const { principal = NOBODY } = request
  request.admission = await admit(rights, route, params, principal)
  return request.admission.caller
}

function cutWhenRefused(
  server: FastifyInstance,
  asked: Pick<LongAnswer, 'route' | 'params'>,
  { principal }: FastifyRequest,
  { raw }: FastifyReply,
): void {
  if (principal === undefined) return
  raw.once(
    'close',
    whileAdmitted(server.rights, server.signIn, { ...asked, principal }, () => raw.destroy()),
  )
}

const NOBODY: Principal = { kind: 'gateway', name: 'anonymous', groups: [], provider: 'none', rule: 'none' }

/** The caller for services and audit. */
export function actorOf(request: FastifyRequest): Actor {
  const { principal, admission, ip, id } = request
  const from = { requestId: id, remoteAddress: ip }
  if (principal === undefined) return { name: 'anonymous', kind: 'anonymous', rule: 'none', ...from }
  const { name, rule, kind, provider } = principal
  const session = principal.token?.id ?? principal.sessionId
  const { role, binding } = admission?.deciding ?? {}
  const decided = role === undefined || binding === undefined ? {} : { role, binding }
  return { name, rule, kind, provider, ...decided, ...(session === undefined ? {} : { session }), ...from }
}

function parsePart(schema: z.ZodType | undefined, value: unknown, where: 'path' | 'query' | 'body'): unknown {
  if (schema === undefined) return {}
  const parsed = schema.safeParse(value ?? {})
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues
    .flatMap(fieldProblemsOf)
    .map(({ path, message }) => ({ path: path || 'request', message }))
  throw new KaasError(where === 'body' ? 'document-invalid' : 'usage-invalid', {
    message: withProblems(`The ${where} of the request has ${fields.length === 1 ? 'a problem' : 'problems'}.`, fields),
    help: 'The page /openapi.json describes what can be sent.',
    fields,
  })
}
