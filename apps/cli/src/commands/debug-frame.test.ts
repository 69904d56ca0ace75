// SPDX-License-Identifier: Apache-2.0
import { encodeRequest, encodeResponse, heartbeat, metadata } from '@kaas/kafka-protocol'
import { expect, test } from 'vitest'
import { debugFrameCommand } from './debug-frame.ts'

function printed(hex: string, response?: string) {
  let text = ''
  const out = (more: string) => {
    text += more
  }
  const terminal = { out } as Parameters<typeof debugFrameCommand>[0]
  const exit = debugFrameCommand(terminal, hex, { output: 'table', ...(response === undefined ? {} : { response }) })
  return { exit, text }
}

const request = encodeRequest(metadata, 12, { correlationId: 1, clientId: 'app' }, { topics: [{ name: 'payments' }] })

test('a captured request is told field by field, with its length or without, whatever stands between the digits', () => {
  const { exit, text } = printed(request.toString('hex'))
  expect(exit).toBe(0)
  expect(text).toMatch(/^Metadata request v12\n000000 {2}apiKey: 3 \(Metadata\)\n/)
  expect(text).toMatch(/name: "payments"/)
  expect(printed(request.subarray(4).toString('hex')).text).toBe(text)
  expect(printed(request.toString('hex').replace(/../g, '$& ')).text).toBe(text)
})

test('a response is told with the names of its errors', () => {
  const response = encodeResponse(heartbeat, 4, 9, { throttleTimeMs: 0, errorCode: 25 })
  expect(printed(response.toString('hex'), 'heartbeat:4').text).toMatch(/errorCode: 25 \(UNKNOWN_MEMBER_ID\)/)
})

test('bytes that stop making sense end with the code for corrupt data, and say where', () => {
  const { exit, text } = printed(request.subarray(4, 40).toString('hex'))
  expect(exit).toBe(13)
  expect(text).toMatch(/At offset \d+: /)
})

test.each([
  ['hello', undefined],
  ['abc', undefined],
  ['', undefined],
  ['0000', 'NoSuchApi:1'],
  ['0000', 'Metadata'],
])('%j as %s is refused with how to say it', (hex, response) => {
  expect(() => printed(hex, response)).toThrow(expect.objectContaining({ code: 'usage-invalid', help: expect.any(String) }))
})
