// SPDX-License-Identifier: Apache-2.0
/** The writer of YAML against a reader of YAML 1.2 and one of 1.1, with any data, and with the words that have fooled people. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { writeYaml } from './write-yaml.ts'

const VERSIONS = ['1.1', '1.2'] as const
const read = (text: string) => VERSIONS.map((version) => parse(text, { version }))

describe('what is written reads back as the same data, in both versions of YAML', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[-+0-9.:_eExXoObBaAfF]{1,8}$/),
    fc.stringMatching(/^[-?:,[\]{}#&*!|>'"%@` \t\n~=<a]{1,6}$/),
    fc.stringMatching(/^[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,2}[tT ]?[0-9:]{0,8}$/),
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      tie('leaf'),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(
        text.filter((key) => key !== '__proto__'),
        tie('tree'),
        { maxKeys: 4 },
      ),
    ),
    leaf: fc.oneof(
      text,
      fc.boolean(),
      fc.constant(null),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((each) => !Object.is(each, -0)),
    ),
  }))

  it('whatever the data', () => {
    fc.assert(
      fc.property(tree, (value) => {
        for (const found of read(writeYaml(value, []))) expect(found).toEqual(value)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['a team called no', 'no'],
    ['a team called On', 'On'],
    ['a name that is a number', '007'],
    ['a number with underscores', '1_000'],
    ['a time', '12:30:45'],
    ['a date', '2026-11-21'],
    ['a number in hexadecimal', '0x1f'],
    ['a number with an exponent', '1e3'],
    ['nothing', ''],
    ['a tilde', '~'],
    ['a remark', 'a # b'],
    ['a key', 'a: b'],
    ['an end of a document', '---'],
    ['lines', 'one\ntwo\n'],
    ['an expression of Prometheus', 'sum(x{namespace="kaas-shop"}) > 0'],
  ])('%s stays a text', (_, value) => {
    const data = { [value === '' ? 'empty' : value]: [value, { name: value }] }
    for (const found of read(writeYaml(data, []))) expect(found).toEqual(data)
  })
})

describe('remarks', () => {
  const object = { spec: { replicas: 3, zones: ['a', 'b'], empty: {} } }

  it('stand behind their values and change nothing of the data', () => {
    const text = writeYaml(object, [
      { path: ['spec', 'replicas'], reason: 'plan: cores' },
      { path: ['spec', 'zones', 1], reason: 'the second' },
    ])
    expect(text).toBe('spec:\n  replicas: 3 # plan: cores\n  zones:\n    - a\n    - b # the second\n  empty: {}\n')
  })

  it.each([[['spec', 'cores']], [['spec', 'zones']], [['spec', 'replicas', 'deeper']]])(
    'on what is no value are a mistake of ours: %j',
    (path) => {
      expect(() => writeYaml(object, [{ path, reason: 'x' }])).toThrow(TypeError)
    },
  )
})
