// SPDX-License-Identifier: Apache-2.0
/** A whole control plane with two teams that know nothing of each other, and callers with real tokens of every role. */
import { randomBytes } from 'node:crypto'
import type { RightScope } from '@kaas/domain'
import { type ApiClient, createClient } from '@kaas/http-contract'
import type { Log } from '@kaas/telemetry'
import { startPostgres } from '@kaas/testkit'
import { startControlPlane } from '../../src/control-plane.ts'
import { NO_SIGN_IN } from '../../src/sign-in/sign-in-parts.ts'

export const ADMINISTRATOR = 'the-administrator-token'
export const GATEWAY = 'the-token-of-gateways'

/** A caller: her token, or none. */
export interface TestCaller {
  readonly name: string
  readonly token: string | undefined
}

/** The running control plane. */
export interface RightsStage {
  readonly url: string
  readonly root: ApiClient
  as(token: string | undefined): ApiClient
  fetch(token: string | undefined, path: string, options?: RequestInit): Promise<Response>
  /** Puts a document as the administrator. */
  put(kind: string, metadata: { readonly name: string; readonly tenant?: string }, spec: object): Promise<void>
  /** A machine's token with this role there. */
  token(role: string, scope: RightScope): Promise<string>
  /** Another control plane on the same database, whose bootstrap administrator is off. Returns the administrator's client and how to stop it. */
  second(): Promise<{ readonly root: ApiClient; stop(): Promise<void> }>
  stop(): Promise<void>
}

/** Starts it on PostgreSQL, empty. */
export async function startRights(): Promise<RightsStage> {
  const postgres = await startPostgres()
  const databaseUrl = await postgres.createDatabase('rights')
  const options = {
    host: '127.0.0.1',
    port: 0,
    store: { databaseUrl, secretsKey: randomBytes(32) },
    tokens: { administrator: ADMINISTRATOR, gateway: GATEWAY },
    bootstrapAddress: '127.0.0.1:9092',
    eventsKeptMs: 86_400_000,
    auditKeptMs: 86_400_000,
    log: SILENT,
  }
  const controlPlane = await startControlPlane(options)
  const { url } = controlPlane
  const as = (token: string | undefined) => createClient({ baseUrl: url, fetch, ...(token === undefined ? {} : { token }) })
  const root = as(ADMINISTRATOR)
  const kinds = await root.kinds()
  let made = 0
  return {
    url,
    root,
    as,
    fetch: (token, path, options = {}) =>
      fetch(`${url}${path}`, {
        ...options,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...options.headers,
        },
      }),
    put: async (kindName, metadata, spec) => {
      const kind = kinds.find((each) => each.kind === kindName)
      if (kind === undefined) throw new Error(`There is no kind ${kindName}.`)
      await root.put({ kind, ...metadata }, { apiVersion: 'kaas.dev/v1', kind: kindName, metadata, spec })
    },
    token: async (role, scope) => {
      made += 1
      const { secret } = await root.createToken({ name: `t${made}`, kind: 'machine', role, scope, expiresIn: '1d' })
      return secret
    },
    second: async () => {
      const signIn = { ...NO_SIGN_IN, config: { ...NO_SIGN_IN.config, bootstrap: 'disabled' as const } }
      const other = await startControlPlane({ ...options, signIn })
      return { root: createClient({ baseUrl: other.url, token: ADMINISTRATOR, fetch }), stop: () => other.close() }
    },
    stop: async () => {
      await controlPlane.close()
      await postgres.stop()
    },
  }
}

export const WORKLOAD = { produce: '1MB/s', retention: '1d' }

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => SILENT }
