// SPDX-License-Identifier: Apache-2.0
/** Against answers of a broker as the real one gives them; `steps.int.test.ts` asks the real one. The tenant is `orders`. */
import { encodeResponse, fetch, heartbeat, offsetCommit, produce } from '@kaas/kafka-protocol'
import { expect, test } from 'vitest'
import { stepContext, TENANT } from '../../test/step-context.ts'
import { createPipeline, STEPS } from '../pipeline.ts'
import { createErrorsStep } from './errors-step.ts'

const REFUSED = 29

test('what a broker refuses inside of an answer is told with the name that the tenant knows', () => {
  const shares = [{ physicalName: 'shop.ledger', name: 'ledger', access: 'read' } as const]
  const context = { ...stepContext(offsetCommit, 9), tenant: { ...TENANT, shares } }
  const partitions = [{ partitionIndex: 0, errorCode: REFUSED }]
  for (const name of ['orders.payments', 'shop.ledger', 'shop.secret']) {
    heads(offsetCommit.key, 9)?.decoded?.(context, { throttleTimeMs: 0, topics: [{ name, partitions }] })
  }
  expect(context.errors).toEqual([
    [REFUSED, 'payments'],
    [REFUSED, 'ledger'],
    [REFUSED, undefined],
  ])
})

test('an answer that passes as bytes tells the code for the whole of it', () => {
  for (const version of [0, 3, 4]) {
    const context = stepContext(heartbeat, version)
    const answer = (errorCode: number) => encodeResponse(heartbeat, version, 7, { throttleTimeMs: 9, errorCode })
    heads(heartbeat.key, version)?.response?.(context, answer(0))
    heads(heartbeat.key, version)?.response?.(context, answer(-1))
    expect(context.errors, `v${version}`).toEqual([[-1, undefined]])
  }
})

test('bytes that are cut short, or have tags where no broker puts any, tell nothing', () => {
  const context = stepContext(heartbeat, 4)
  const frame = encodeResponse(heartbeat, 4, 7, { throttleTimeMs: 0, errorCode: REFUSED })
  heads(heartbeat.key, 4)?.response?.(context, frame.subarray(0, 14))
  frame[8] = 1
  heads(heartbeat.key, 4)?.response?.(context, frame)
  expect(context.errors).toEqual([])
})

test('for the sake of errors no Fetch is decoded, and no Produce that succeeded', () => {
  const pipeline = createPipeline(STEPS)
  const last = fetch.versions[1]
  expect(pipeline.wayOf(fetch.key, last)?.responseSteps).toEqual([])
  const context = stepContext(produce, 13)
  const partition = { index: 0, errorCode: 0, baseOffset: 1n, logAppendTimeMs: -1n, logStartOffset: 0n }
  const answered = (errorCode: number): boolean => {
    const partitionResponses = [{ ...partition, errorCode }]
    const frame = encodeResponse(produce, 13, 7, {
      responses: [{ topicId: 'ab'.repeat(16), partitionResponses }],
      throttleTimeMs: 0,
    })
    const way = pipeline.wayOf(produce.key, 13)
    if (way === undefined) throw new Error('Produce is offered')
    return pipeline.answer(way, context, 7, frame) === frame
  }
  expect(answered(0)).toBe(true)
  expect(context.errors).toEqual([])
  expect(answered(REFUSED)).toBe(false)
  expect(context.errors).toEqual([[REFUSED, undefined]])
})

function heads(apiKey: number, version: number) {
  return createErrorsStep().heads?.(apiKey, version)
}
