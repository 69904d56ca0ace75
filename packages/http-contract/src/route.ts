// SPDX-License-Identifier: Apache-2.0
/** What a route is, as data. The server serves from it, the OpenAPI document is printed from it, the reference lists it. */
import type { ResourceKind, Verb, ViewKind } from '@kaas/domain'
import type { z } from 'zod'

/**
 * Who may call: anyone, the gateways, API servers of Kubernetes, everybody who is signed in (what she gets depends on her rights, by the service), or those who
 * are granted the route's `right`.
 */
export type Access = 'anyone' | 'gateway' | 'api-server' | 'signed-in' | 'granted'

/** What a caller must be granted: a verb on a kind, in the tenant of the path, or on the platform where the path has none. */
export interface Right {
  readonly verb: Verb
  readonly kind: ResourceKind | ViewKind
}

/** `path` has parameters in braces. `answers` has one schema per success status; every route may also answer with a problem. */
export interface Route {
  /** Unique; the operationId of the OpenAPI document. */
  readonly id: string
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly access: Access
  /** Present exactly when access is `granted`. */
  readonly right?: Right
  readonly kind?: ResourceKind
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** In bytes; a mebibyte when absent. */
  readonly largestBody?: number
  readonly answers: Readonly<Record<number, z.ZodType>>
  /** True for server-sent events; the answer schema is that of one event's data. */
  readonly stream?: boolean
}
