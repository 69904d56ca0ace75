// SPDX-License-Identifier: Apache-2.0
/** Query parameters that several routes share. Everything arrives as text. */
import { z } from 'zod'

/** The most items one page has. */
export const LARGEST_PAGE = 1000

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true')

/** Of lists. Filter, sort and page are done by the server. */
export const listQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(100),
  cursor: z.string().optional().describe('`next` of the page before, with the same sort and filter'),
  sort: z.string().optional().describe('name, createdAt or updatedAt; - before it turns the order round'),
  filter: z
    .string()
    .optional()
    .describe('Terms joined by commas: name~pay, labels.app=shop, spec.environment!=production, ready=false, deleting=true'),
})

/** Of every write. */
export const writeQuerySchema = z.strictObject({
  dryRun: flag.describe('Answer what would happen and change nothing'),
})

/** Of a deletion. */
export const deleteQuerySchema = writeQuerySchema.extend({
  confirm: z.string().optional().describe('The name of the resource again; needed while deletion protection is on'),
})

/** Of a new password. */
export const rotateQuerySchema = z.strictObject({
  endOthers: flag.describe('End all other passwords at once, for example after a leak'),
})

/** Of the event stream: where to start, and which resources to hear of. */
export const eventsQuerySchema = z.strictObject({
  after: z.coerce.number().int().min(0).optional().describe('Start after this sequence; default: now'),
  kind: z.string().optional(),
  tenant: z.string().optional(),
  name: z.string().optional(),
})
