// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest'
import { configOf, rawSetting } from './settings-form.ts'

describe('settings of a topic as people write them', () => {
  test('become what Kafka takes, and say what that means', () => {
    expect(rawSetting({ name: 'retention.ms', value: '4 weeks' })).toEqual({
      kind: 'raw',
      raw: '2419200000',
      meaning: '4\u00a0weeks',
    })
    expect(rawSetting({ name: 'retention.ms', value: '-1' })).toMatchObject({ raw: '-1', meaning: 'for ever' })
    expect(rawSetting({ name: 'retention.bytes', value: '1GiB' })).toMatchObject({ raw: '1073741824' })
    expect(rawSetting({ name: 'segment.bytes', value: '1048576' })).toMatchObject({ meaning: '1\u00a0MiB' })
    expect(rawSetting({ name: 'cleanup.policy', value: 'compact' })).toMatchObject({ raw: 'compact' })
  })

  test('that cannot be read are said at their line', () => {
    const { config, problems } = configOf([
      { name: 'retention.ms', value: 'long' },
      { name: 'min.insync.replicas', value: '2' },
      { name: 'min.insync.replicas', value: '1' },
      { name: 'not a name', value: '1' },
      { name: 'segment.ms', value: ' ' },
    ])
    expect(config).toEqual({ 'min.insync.replicas': '2' })
    expect(Object.keys(problems)).toEqual(['0', '2', '3', '4'])
  })
})
