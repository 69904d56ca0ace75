// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { z } from 'zod'
import { flag, httpUrl, port, serverList, text } from './index.ts'

test.each([
  ['port', port, '0', 0],
  ['port', port, '65535', 65_535],
  ['flag', flag, 'false', false],
  ['address without the slash at its end', httpUrl, 'https://api.example.org/', 'https://api.example.org'],
  ['one server', serverList, 'broker:9092', ['broker:9092']],
  ['an IPv6 server', serverList, '[::1]:9092', ['[::1]:9092']],
  ['text without the space around it', text, ' a ', 'a'],
] as const)('a good %s is read', (_, schema, given, expected) => {
  expect(schema.parse(given)).toEqual(expected)
})

test.each([
  ['port above the range', port, '65536'],
  ['port with a sign', port, '+1'],
  ['port with decimals', port, '1.5'],
  ['flag in other words', flag, 'off'],
  ['address of another protocol', httpUrl, 'ftp://x'],
  ['server without a port', serverList, 'broker'],
  ['empty place in a list of servers', serverList, 'a:1,,b:2'],
] as const)('a %s is refused', (_, schema, given) => {
  expect(schema.safeParse(given).success).toBe(false)
})

test('a choice between a word and servers is refused with the words of the choice', () => {
  const engine = z.union([z.literal('apache'), serverList], 'it must be apache, or host:port,host:port')
  expect(engine.parse('apache')).toBe('apache')
  expect(engine.safeParse('nothing').error?.issues.map(({ message }) => message)).toEqual([
    'it must be apache, or host:port,host:port',
  ])
})
