// SPDX-License-Identifier: Apache-2.0
/** What a user may do, in words and as Kafka's ACLs; the question "may user X do Y on Z?"; and the test of a connection. */
import { z } from 'zod'
import type { CheckedCall } from '../call-api.ts'
import type { Route } from '../route.ts'

/** The rights of a user. */
export const userAccessSchema = z.object({
  words: z.array(z.string()).describe('`may write every topic of orders`'),
  acls: z.array(
    z.object({
      resource: z.string(),
      name: z.string().describe('As the tenant sees it'),
      pattern: z.enum(['literal', 'prefix']),
      operation: z.string(),
      permission: z.enum(['allow', 'deny']),
      from: z.string().describe('`role producer`, `rule 2`, or `made by a Kafka client`'),
    }),
  ),
})
export type UserAccess = Readonly<z.infer<typeof userAccessSchema>>

/** May the user do this? */
export const accessQuestionSchema = z.strictObject({
  operation: z.enum(['read', 'write', 'create', 'delete', 'alter', 'describe', 'describeConfigs', 'alterConfigs']),
  resource: z.enum(['topic', 'group', 'transactionalId']),
  name: z.string().min(1),
})
export type AccessQuestion = z.infer<typeof accessQuestionSchema>

const decision = z.object({ allowed: z.boolean(), because: z.string() })

/** One step of a connection test. */
export const connectionStepSchema = z.object({
  step: z.enum(['resolve', 'connect', 'tls', 'log-in', 'metadata', 'produce', 'consume', 'clean-up']),
  state: z.enum(['done', 'failed', 'left-out']),
  tookMs: z.number(),
  message: z.string(),
  help: z.string().optional(),
})

/** The result of a test: every step until the first that failed. */
export const connectionTestSchema = z.object({
  ok: z.boolean(),
  topic: z.string().describe('The one that was written and read'),
  steps: z.array(connectionStepSchema),
})
export type ConnectionTest = Readonly<z.infer<typeof connectionTestSchema>>

const user = z.object({ tenant: z.string().min(1), name: z.string().min(1) })
const path = '/v1/tenants/{tenant}/users/{name}'
const testBody = z.strictObject({
  topic: z.string().optional().describe('One of the tenant’s topics; absent: the first that the user may use'),
})

/** The routes of access. */
export const ACCESS_ROUTES = {
  userAccess: {
    id: 'userAccess',
    method: 'GET',
    path: `${path}/access`,
    summary: 'What a user may do, in words and as ACLs.',
    access: 'granted',
    right: { verb: 'read', kind: 'User' },
    params: user,
    answers: { 200: userAccessSchema },
  },
  checkAccess: {
    id: 'checkAccess',
    method: 'POST',
    path: `${path}/access/check`,
    summary: 'Whether a user may do one thing, and which rule says so.',
    access: 'granted',
    right: { verb: 'read', kind: 'User' },
    params: user,
    body: accessQuestionSchema,
    answers: { 200: decision },
  },
  testConnection: {
    id: 'testConnection',
    method: 'POST',
    path: `${path}/test`,
    summary: 'Connects through the gateway as the user, produces one record and consumes it; says which step failed.',
    access: 'granted',
    right: { verb: 'write', kind: 'Credential' },
    params: user,
    body: testBody,
    answers: { 200: connectionTestSchema },
  },
} as const satisfies Record<string, Route>

/** Calls of access. */
export interface AccessCalls {
  userAccess(tenant: string, user: string): Promise<UserAccess>
  checkAccess(tenant: string, user: string, question: AccessQuestion): Promise<z.infer<typeof decision>>
  testConnection(tenant: string, user: string, topic?: string): Promise<ConnectionTest>
}

/** Binds the calls. */
export function accessCalls(call: CheckedCall): AccessCalls {
  const at = (tenant: string, name: string) => `/v1/tenants/${encodeURIComponent(tenant)}/users/${encodeURIComponent(name)}`
  return {
    userAccess: (tenant, name) => call(userAccessSchema, { path: `${at(tenant, name)}/access` }),
    checkAccess: (tenant, name, body) => call(decision, { method: 'POST', path: `${at(tenant, name)}/access/check`, body }),
    testConnection: (tenant, name, topic) =>
      call(connectionTestSchema, {
        method: 'POST',
        path: `${at(tenant, name)}/test`,
        body: topic === undefined ? {} : { topic },
      }),
  }
}
