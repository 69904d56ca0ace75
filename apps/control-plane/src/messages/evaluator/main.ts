// SPDX-License-Identifier: Apache-2.0
/**
 * The process that looks at records for the API. It runs what users write (filters, schemas) on what producers sent, so it gets no
 * environment, no files but its program, no child processes, and makes no program text from strings; whoever started it may end it
 * at any moment.
 */
import { contentReader } from '../decoding/content-reader.ts'
import { type CompiledSpec, evaluateRecords } from './evaluate-records.ts'
import type { EvaluationSpec, FromEvaluator, ToEvaluator } from './evaluation.ts'
import { recordFilter } from './record-filter.ts'
import { type WireMessage, WireReader, writeMessage } from './wire.ts'

const specs = new Map<number, CompiledSpec>()
const reader = new WireReader<ToEvaluator>()
const queue: WireMessage<ToEvaluator>[] = []
let working = false

/** Milliseconds between two signs of life; who waits is patient with work that goes on, not with one record that never ends. */
const BEAT_MS = 250
let beatenMs = Date.now()

process.stdin.on('data', (chunk: Buffer) => {
  queue.push(...reader.push(chunk))
  if (!working) void work()
})
process.stdin.on('end', () => process.exit(0))

function beat(): void {
  const nowMs = Date.now()
  if (nowMs - beatenMs < BEAT_MS) return
  beatenMs = nowMs
  writeMessage(process.stdout, { kind: 'working' } satisfies FromEvaluator)
}

async function work(): Promise<void> {
  working = true
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const answer = await answerTo(next)
    if (answer !== undefined) writeMessage(process.stdout, answer)
  }
  working = false
}

async function answerTo({ header, body }: WireMessage<ToEvaluator>): Promise<FromEvaluator | undefined> {
  switch (header.kind) {
    case 'open':
      return open(header.spec, header.content)
    case 'close':
      specs.delete(header.spec)
      return undefined
    case 'evaluate': {
      const spec = specs.get(header.spec)
      if (spec === undefined) throw new Error(`There is no spec ${header.spec}.`)
      return { kind: 'evaluated', evaluation: evaluateRecords(spec, header.task, body, beat) }
    }
    default:
      return header satisfies never
  }
}

async function open(number: number, spec: EvaluationSpec): Promise<FromEvaluator> {
  let field: 'filter' | 'key' | 'value' = 'filter'
  try {
    const filter = spec.filter === undefined ? undefined : recordFilter(spec.filter)
    field = 'key'
    const key = await contentReader(spec.key)
    field = 'value'
    const value = await contentReader(spec.value)
    const header = await contentReader({ format: 'auto' })
    specs.set(number, {
      filter,
      search: spec.search === undefined ? undefined : Buffer.from(spec.search),
      isolation: spec.isolation,
      readers: { key, value, header, previewBytes: spec.previewBytes },
    })
    return { kind: 'opened' }
  } catch (error) {
    return { kind: 'refused', field, message: error instanceof Error ? error.message : String(error) }
  }
}
