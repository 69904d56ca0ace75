// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process'
import type { Message, MessageContent } from '@kaas/http-contract'
import { describe, expect, test } from 'vitest'
import { curlCommand, kcatReadCommand, kcatWriteCommand, recordText } from './copy-text.ts'

const PLACE = { tenant: 'orders', topic: 'payments' }

function content(format: MessageContent['format'], text: string): MessageContent {
  return { format, text, reason: '', bytes: text.length, truncated: false }
}

const MESSAGE: Message = {
  partition: 2,
  offset: 1500,
  timestamp: '2026-11-21T10:00:00.042Z',
  timestampMs: 1,
  timestampType: 'create',
  key: content('text', "it's"),
  value: content('json', '{"id":23958446825181076828}'),
  headers: [{ name: 'origin', value: content('text', '$(reboot) `x` "y"') }],
  bytes: 100,
  compression: 'none',
  transactional: false,
}

describe('a message as text to copy', () => {
  test('has every digit of big integers in the whole record', () => {
    expect(recordText(PLACE, MESSAGE)).toContain('"id": 23958446825181076828')
    expect(JSON.parse(recordText(PLACE, MESSAGE))).toMatchObject({ partition: 2, key: "it's", topic: 'payments' })
  })

  test('holds a value that was cut as a string, so that the record stays JSON', () => {
    const cut = { ...MESSAGE, value: { ...content('json', '{"a":"half'), truncated: true } }
    expect(JSON.parse(recordText(PLACE, cut))).toMatchObject({ value: '{"a":"half' })
  })

  test('reads and writes as commands', () => {
    expect(kcatReadCommand(PLACE, MESSAGE)).toBe('kcat -F kcat.conf -C -t payments -p 2 -o 1500 -c 1 -e -J')
    expect(curlCommand(PLACE, MESSAGE, 'https://kaas.example.com')).toBe(
      'curl -H "Authorization: Bearer $KAAS_TOKEN" https://kaas.example.com/v1/tenants/orders/topics/payments/messages/2/1500',
    )
  })

  test('never lets contents of a message run in the shell of the person who pastes the command', () => {
    const command = kcatWriteCommand(PLACE, MESSAGE) ?? ''
    const { stdout } = spawnSync('sh', ['-c', `kcat() { cat; printf ' <%s>' "$@"; }; ${command}`], { encoding: 'utf8' })
    expect(stdout).toContain('{"id":23958446825181076828}')
    expect(stdout).toContain('<-H> <origin=$(reboot) `x` "y"> <-D> <\\x1e> <-k> <it\'s>')
  })

  test('offers no command for bytes that no command line can say', () => {
    expect(kcatWriteCommand(PLACE, { ...MESSAGE, value: content('hex', '00ff') })).toBeUndefined()
  })

  test('writes a tombstone with its key', () => {
    const command = kcatWriteCommand(PLACE, { ...MESSAGE, headers: [], value: null }) ?? ''
    const { stdout } = spawnSync('sh', ['-c', `kcat() { cat; printf ' <%s>' "$@"; }; ${command}`], { encoding: 'utf8' })
    expect(stdout).toBe("it's\u001f <-F> <kcat.conf> <-P> <-t> <payments> <-D> <\\x1e> <-K> <\\x1f> <-Z>")
  })
})
