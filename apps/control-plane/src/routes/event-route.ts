// SPDX-License-Identifier: Apache-2.0
/** The route of the event stream. */
import { KaasError } from '@kaas/errors'
import { type EventAnswer, FIXED_ROUTES } from '@kaas/http-contract'
import type { StoreEvent } from '@kaas/store'
import type { FastifyInstance } from 'fastify'
import type { EventHub } from '../events/event-hub.ts'
import { openSseStream, type SseStream } from '../events/sse-stream.ts'
import { type EventFilter, eventFilter } from '../rights/visible-events.ts'
import { addRoute, type Checked } from './add-route.ts'

const MOST_STREAMS = 500

/** Adds `GET /v1/events`. `Last-Event-ID` of a client that comes back wins over `after`. */
export function addEventRoute(server: FastifyInstance, hub: EventHub): void {
  let open = 0
  addRoute(server, FIXED_ROUTES.events, async ({ query, caller, request, reply }) => {
    if (open >= MOST_STREAMS) {
      throw new KaasError('rate-exceeded', {
        message: `${MOST_STREAMS} event streams are open.`,
        help: 'Close some, or wait.',
      })
    }
    const resumed = Number(request.headers['last-event-id'] ?? Number.NaN)
    const asked = Number.isSafeInteger(resumed) ? resumed : query.after
    const start = typeof asked === 'number' ? asked : await hub.now()
    await refuseGap(hub, start)
    const stream = openSseStream(reply)
    open += 1
    try {
      await pump(hub, stream, start, query, eventFilter(server.rights, caller))
    } catch (error) {
      request.log.warn({ error: error instanceof Error ? error.message : String(error) }, 'an event stream was cut off')
    } finally {
      open -= 1
      stream.close()
    }
  })
}

/** Sequences have no gaps, so a first event that is not the next one means that what was between is no longer kept. */
async function refuseGap(hub: EventHub, start: number): Promise<void> {
  const first = (await hub.after(start))[0]
  if (start === 0 || first === undefined || first.sequence === start + 1) return
  throw new KaasError('usage-invalid', {
    message: `The events after ${start} are no longer kept; the oldest is ${first.sequence}.`,
    help: 'List the resources anew, then listen without "after", or with after=0 for all that is kept.',
  })
}

async function pump(
  hub: EventHub,
  stream: SseStream,
  start: number,
  query: Checked['query'],
  seenOf: EventFilter,
): Promise<void> {
  let sequence = start
  while (!stream.signal.aborted && !hub.isClosed) {
    const events = await hub.after(sequence)
    for (const event of events) {
      sequence = event.sequence
      const seen = await seenOf(event)
      if (seen !== undefined && isWanted(seen, query)) await stream.send(String(sequence), JSON.stringify(answerOf(seen)))
    }
    if (events.length === 0) await hub.more(sequence, stream.signal)
  }
}

/** A tenant's own events count as the tenant's. */
function isWanted({ key }: StoreEvent, { kind, tenant, name }: Checked['query']): boolean {
  const ofTenant = key.tenant === tenant || (key.kind === 'Tenant' && key.name === tenant)
  return (
    (kind === undefined || key.kind === kind) &&
    (tenant === undefined || ofTenant) &&
    (name === undefined || key.name === name)
  )
}

function answerOf({ key, at, team: _, teamBefore: __, ...event }: StoreEvent): EventAnswer {
  return { ...event, ...key, at: at.toISOString(), conditions: [...event.conditions] }
}
