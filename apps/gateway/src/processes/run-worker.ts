// SPDX-License-Identifier: Apache-2.0
/** One of several processes of a gateway: serves what the supervisor tells it, on the ports that all of them have together. */

import type { Log } from '@kaas/telemetry'
import type { Registry } from 'prom-client'
import type { GatewayConfig } from '../config.ts'
import { createMetrics } from '../metrics.ts'
import { type Serving, startServing } from '../start-serving.ts'
import type { Answer, Order } from './messages.ts'

/** Serves until the supervisor says to stop, or is gone: then the process ends. Throws as `startServing` does. */
export async function runWorker(config: GatewayConfig, log: Log, processes: number): Promise<void> {
  const orders = receiveOrders()
  answer({ kind: 'here' })
  const first = await orders.next()
  const serving = await startServing(config, log, processes)
  if (first.kind === 'begin' && first.snapshot !== undefined) serving.gateway.snapshot.apply(first.snapshot)
  const registry = createMetrics({ gateway: serving.gateway, stream: undefined })
  answer({ kind: 'serves', ports: [...serving.gateway.ports] })
  for (let order = await orders.next(); order.kind !== 'stop'; order = await orders.next()) {
    await follow(order, serving, registry)
  }
  await serving.stop()
  process.disconnect()
}

async function follow(order: Order, serving: Serving, registry: Registry): Promise<void> {
  switch (order.kind) {
    case 'snapshot':
      serving.gateway.snapshot.apply(order.event)
      break
    case 'reload':
      await serving.reload()
      break
    case 'look': {
      const metrics = order.withMetrics ? await registry.getMetricsAsJSON() : undefined
      answer({ kind: 'looked', look: order.look, isReady: serving.gateway.isReady(), metrics })
      break
    }
    case 'begin':
    case 'stop':
      break
    default:
      order satisfies never
  }
}

/** Orders one after another, in the order they came. Signals that a terminal sends to all processes are for the supervisor. */
function receiveOrders(): { next(): Promise<Order> } {
  const waiting: Order[] = []
  let wake: (() => void) | undefined
  process.on('message', (order: Order) => {
    waiting.push(order)
    wake?.()
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
  return {
    next: async () => {
      for (;;) {
        const order = waiting.shift()
        if (order !== undefined) return order
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}

function answer(message: Answer): void {
  process.send?.(message)
}
