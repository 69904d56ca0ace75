// SPDX-License-Identifier: Apache-2.0
/** What applications are told when something is refused, as the JavaScript client that says most tells it. */
import { readFileSync } from 'node:fs'
import { Admin, Consumer } from '@platformatic/kafka'
import type { Target } from './client.ts'

/** Reads until something goes wrong, and tells what. `began` is called when records come. */
export async function firstFailure(target: Target, topic: string, began = () => {}): Promise<string> {
  const consumer = new Consumer({ ...connection(target), groupId: `until-${topic}`, autocommit: false, maxWaitTime: 200 })
  try {
    const stream = await consumer.consume({ topics: [topic], mode: 'earliest' })
    return await new Promise<string>((resolve) => {
      stream.on('error', (error) => resolve(textOf(error)))
      stream.on('data', began)
    })
  } catch (error) {
    return textOf(error)
  } finally {
    await consumer.close(true).catch(() => undefined)
  }
}

/** An administrator without retries. */
export async function withAdmin(target: Target, work: (admin: Admin) => Promise<void>): Promise<void> {
  const admin = new Admin(connection(target))
  await work(admin).finally(() => admin.close())
}

/** Why it was refused; `It was done.` when it was not. */
export function reasonOf(work: Promise<unknown>): Promise<string> {
  return work.then(() => 'It was done.', textOf)
}

function connection(target: Target) {
  return {
    clientId: 'shares',
    bootstrapBrokers: [target.bootstrapServers],
    sasl: { mechanism: target.mechanism, username: target.username, password: target.password },
    tls: { ca: readFileSync(target.caFile ?? '') },
    retries: 0,
  }
}

/** The error with all that it is made of. */
function textOf(error: unknown): string {
  const parts = error instanceof AggregateError ? error.errors.map(textOf) : []
  const { cause, errors = [], response } = error as { cause?: unknown; errors?: readonly unknown[]; response?: unknown }
  const more = [...parts, ...(cause === undefined ? [] : [textOf(cause)]), ...errors.map(textOf)]
  return [
    String(error),
    JSON.stringify(response, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
    ...more,
  ].join(' ')
}
