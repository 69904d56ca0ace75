// SPDX-License-Identifier: Apache-2.0
/**
 * What gateways tell for the audit log (decision 0030): who logged in or tried to, what was refused, which limits were reached, what
 * they were set to. Equal events are one with a count. Never a password, a token or a part of a record.
 */
import { z } from 'zod'

/** Most events in one report. */
export const MOST_AUDIT_EVENTS = 100

/** `lose` says that events before it could not be kept. */
const GATEWAY_ACTIONS = ['log-in', 'refuse', 'limit', 'configure', 'lose'] as const

const moment = z.iso.datetime()

/** One thing, or `count` equal things between `first` and `last`. */
export const gatewayEventSchema = z.strictObject({
  /** Grows by one with each event of a gateway: a report whose answer was lost is sent again, and known by it. */
  sequence: z.number().int().positive(),
  action: z.enum(GATEWAY_ACTIONS),
  outcome: z.enum(['allowed', 'denied']),
  /** What decided: the code of an error, or the name of a bound. */
  rule: z.string().regex(/^[a-z-]{1,64}$/),
  /** One sentence for people. */
  message: z.string().max(500),
  /** The full name `<tenant>.<name>`; of a denied log-in the one that was claimed. */
  user: z.string().max(128).optional(),
  /** Only one that there is. */
  tenant: z.string().max(32).optional(),
  remoteAddress: z.string().max(64).optional(),
  mechanism: z.string().max(32).optional(),
  /** Name of the Kafka API. */
  api: z.string().max(64).optional(),
  count: z.number().int().positive(),
  first: moment,
  last: moment,
})
export type GatewayEvent = Readonly<z.infer<typeof gatewayEventSchema>>

/** The body of a report. `node` as in a report of load. */
export const gatewayAuditSchema = z.strictObject({
  node: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  events: z.array(gatewayEventSchema).max(MOST_AUDIT_EVENTS),
})
export type GatewayAudit = z.infer<typeof gatewayAuditSchema>

/** The answer: all events of this gateway up to that sequence are in the log. */
export const gatewayAuditSavedSchema = z.object({ through: z.number().int().nonnegative() })
