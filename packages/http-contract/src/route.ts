// SPDX-License-Identifier: Apache-2.0
/** What a route is, as data. The server serves from it, the OpenAPI document is printed from it, the reference lists it. */
import type { ResourceKind } from '@kaas/domain'
import type { z } from 'zod'

/** Who may call: anyone, the gateway (and administrators), or administrators only. */
export type Access = 'anyone' | 'gateway' | 'administrator'

/** `path` has parameters in braces. `answers` has one schema per success status; every route may also answer with a problem. */
export interface Route {
  /** Unique; the operationId of the OpenAPI document. */
  readonly id: string
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly access: Access
  readonly kind?: ResourceKind
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly answers: Readonly<Record<number, z.ZodType>>
  /** True for server-sent events; the answer schema is that of one event's data. */
  readonly stream?: boolean
}
