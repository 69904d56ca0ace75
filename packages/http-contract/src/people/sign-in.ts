// SPDX-License-Identifier: Apache-2.0
/**
 * How people come in: identity providers (OpenID Connect), the bootstrap administrator, the session that follows, and the device
 * flow (RFC 8628) by which `kaas login` borrows a browser.
 */
import { rightScopeSchema, VERBS } from '@kaas/domain'
import { z } from 'zod'
import type { CheckedCall } from '../call-api.ts'
import type { Route } from '../route.ts'

/** The ways to sign in that are open now. */
export const signInOptionsSchema = z.object({
  providers: z.array(z.object({ id: z.string(), name: z.string().describe('For the button') })),
  password: z.boolean().describe('Whether the bootstrap administrator may sign in'),
})
export type SignInOptions = Readonly<z.infer<typeof signInOptionsSchema>>

/** The body of the bootstrap administrator's sign-in. */
export const passwordSignInSchema = z.strictObject({ name: z.string(), password: z.string() })

/** What one binding of one role gives: these verbs on these kinds within the scope. `*` stands for all kinds. */
export const grantSchema = z.object({
  role: z.string(),
  binding: z.string().describe('Name of the RoleBinding, `team:<name>` for members of a team, `token:<id>`, `bootstrap`'),
  scope: rightScopeSchema,
  rules: z.array(z.object({ verbs: z.array(z.enum(VERBS)), kinds: z.array(z.string()) })),
})
export type GrantAnswer = Readonly<z.infer<typeof grantSchema>>

/** Who is asking, as the server sees it: by session or by token. */
export const sessionAnswerSchema = z
  .object({
    person: z.object({
      name: z.string().describe('The name that bindings and audit know'),
      displayName: z.string(),
      email: z.string().optional(),
      provider: z.string().describe('Id of the identity provider; `bootstrap` or `token` without one'),
      groups: z.array(z.string()),
    }),
    csrf: z.string().describe('To be sent as x-kaas-csrf with every write of this session; empty for a token'),
    expiresAt: z.string().optional(),
    idleExpiresAt: z.string().optional(),
    grants: z.array(grantSchema),
    teams: z.array(z.string()).describe('Teams whose tenants she may see; all when a grant is of the platform'),
  })
  .meta({ id: 'Session' })
export type SessionAnswer = Readonly<z.infer<typeof sessionAnswerSchema>>

/** One open session. */
export const sessionSummarySchema = z.object({
  id: z.string(),
  person: z.string(),
  provider: z.string(),
  startedAt: z.string(),
  lastSeenAt: z.string(),
  remoteAddress: z.string(),
  userAgent: z.string(),
  current: z.boolean(),
})
export type SessionSummary = Readonly<z.infer<typeof sessionSummarySchema>>

/** The start of a device sign-in. */
export const deviceStartSchema = z.object({
  deviceCode: z.string(),
  userCode: z.string().describe('ABCD-EFGH: shown on both sides'),
  verificationPath: z.string().describe('Path of the console, with the code'),
  expiresInS: z.number().int(),
  intervalS: z.number().int().describe('Ask not more often'),
})
export type DeviceStart = Readonly<z.infer<typeof deviceStartSchema>>

/** `pending` until somebody confirmed in the browser; then the token, once. */
export const deviceTokenSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending') }),
  z.object({ state: z.literal('denied') }),
  z.object({ state: z.literal('granted'), secret: z.string(), person: z.string(), expiresAt: z.string() }),
])
export type DeviceToken = Readonly<z.infer<typeof deviceTokenSchema>>

const sessionList = z.object({ items: z.array(sessionSummarySchema) })
const nothing = z.object({})
const provider = z.object({ provider: z.string().min(1) })

/** The routes of sign-in. */
export const SIGN_IN_ROUTES = {
  signInOptions: {
    id: 'signInOptions',
    method: 'GET',
    path: '/v1/sign-in',
    summary: 'The ways to sign in that are open.',
    access: 'anyone',
    answers: { 200: signInOptionsSchema },
  },
  signInByPassword: {
    id: 'signInByPassword',
    method: 'POST',
    path: '/v1/sign-in/password',
    summary: 'Signs the bootstrap administrator in. The session is a cookie.',
    access: 'anyone',
    body: passwordSignInSchema,
    answers: { 200: sessionAnswerSchema },
  },
  signInAtProvider: {
    id: 'signInAtProvider',
    method: 'GET',
    path: '/v1/sign-in/provider/{provider}',
    summary: 'Sends the browser to the identity provider; returnTo is a path of the console.',
    access: 'anyone',
    params: provider,
    query: z.strictObject({ returnTo: z.string().optional() }),
    answers: { 302: nothing },
  },
  signInCallback: {
    id: 'signInCallback',
    method: 'GET',
    path: '/v1/sign-in/provider/{provider}/callback',
    summary: 'Where the identity provider sends the browser back to.',
    access: 'anyone',
    params: provider,
    query: z.looseObject({}),
    answers: { 302: nothing },
  },
  session: {
    id: 'session',
    method: 'GET',
    path: '/v1/session',
    summary: 'Who you are, what you may do, until when.',
    access: 'signed-in',
    answers: { 200: sessionAnswerSchema },
  },
  signOut: {
    id: 'signOut',
    method: 'POST',
    path: '/v1/sign-out',
    summary: 'Ends this session.',
    access: 'signed-in',
    answers: { 200: nothing },
  },
  listSessions: {
    id: 'listSessions',
    method: 'GET',
    path: '/v1/sessions',
    summary: 'Open sessions: your own, or with person=* those of everybody (needs read on Session).',
    access: 'signed-in',
    query: z.strictObject({ person: z.string().optional() }),
    answers: { 200: sessionList },
  },
  endSession: {
    id: 'endSession',
    method: 'DELETE',
    path: '/v1/sessions/{id}',
    summary: 'Ends a session: your own, or anybody’s with delete on Session.',
    access: 'signed-in',
    params: z.object({ id: z.string() }),
    answers: { 200: nothing },
  },
  startDeviceSignIn: {
    id: 'startDeviceSignIn',
    method: 'POST',
    path: '/v1/device-sign-in',
    summary: 'Begins a sign-in of the command line, to be confirmed in a browser (RFC 8628).',
    access: 'anyone',
    answers: { 200: deviceStartSchema },
  },
  confirmDeviceSignIn: {
    id: 'confirmDeviceSignIn',
    method: 'POST',
    path: '/v1/device-sign-in/confirm',
    summary: 'Says yes or no to the code that the command line shows.',
    access: 'signed-in',
    body: z.strictObject({ userCode: z.string(), approve: z.boolean() }),
    answers: { 200: nothing },
  },
  finishDeviceSignIn: {
    id: 'finishDeviceSignIn',
    method: 'POST',
    path: '/v1/device-sign-in/token',
    summary: 'Asks whether the sign-in was confirmed; the token is given once.',
    access: 'anyone',
    body: z.strictObject({ deviceCode: z.string() }),
    answers: { 200: deviceTokenSchema },
  },
} as const satisfies Record<string, Route>

/** Calls of sign-in. The two redirects are links of the browser: `/v1/sign-in/provider/<id>?returnTo=/tenants`. */
export interface SignInCalls {
  signInOptions(): Promise<SignInOptions>
  signInByPassword(name: string, password: string): Promise<SessionAnswer>
  session(): Promise<SessionAnswer>
  signOut(): Promise<unknown>
  listSessions(person?: string): Promise<readonly SessionSummary[]>
  endSession(id: string): Promise<unknown>
  startDeviceSignIn(): Promise<DeviceStart>
  confirmDeviceSignIn(userCode: string, approve: boolean): Promise<unknown>
  finishDeviceSignIn(deviceCode: string): Promise<DeviceToken>
}

/** Binds the calls of sign-in. */
export function signInCalls(call: CheckedCall): SignInCalls {
  const post = (path: string, body?: unknown) => ({ method: 'POST', path, body }) as const
  return {
    signInOptions: () => call(signInOptionsSchema, { path: '/v1/sign-in' }),
    signInByPassword: (name, password) => call(sessionAnswerSchema, post('/v1/sign-in/password', { name, password })),
    session: () => call(sessionAnswerSchema, { path: '/v1/session' }),
    signOut: () => call(nothing, post('/v1/sign-out')),
    listSessions: async (person) => (await call(sessionList, { path: '/v1/sessions', query: { person } })).items,
    endSession: (id) => call(nothing, { method: 'DELETE', path: `/v1/sessions/${encodeURIComponent(id)}` }),
    startDeviceSignIn: () => call(deviceStartSchema, post('/v1/device-sign-in')),
    confirmDeviceSignIn: (userCode, approve) => call(nothing, post('/v1/device-sign-in/confirm', { userCode, approve })),
    finishDeviceSignIn: (deviceCode) => call(deviceTokenSchema, post('/v1/device-sign-in/token', { deviceCode })),
  }
}
