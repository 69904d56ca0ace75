// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planReset, type ResetRule } from './plan-reset.ts'

const PARTITION = { before: 50n, earliest: 10, latest: 100 }

test.each<readonly [ResetRule, bigint | undefined, RegExp | undefined]>([
  [{ kind: 'earliest' }, 10n, undefined],
  [{ kind: 'latest' }, 100n, undefined],
  [{ kind: 'time', found: 70 }, 70n, undefined],
  [{ kind: 'time', found: undefined }, 100n, /No record is that late/],
  [{ kind: 'offset', offset: 42n }, 42n, undefined],
  [{ kind: 'offset', offset: 3n }, 10n, /earliest offset that is kept; 3 is gone/],
  [{ kind: 'offset', offset: 9_223_372_036_854_775_807n }, 100n, /not written yet/],
  [{ kind: 'shift', by: -20n }, 30n, undefined],
  [{ kind: 'shift', by: -50n }, 10n, /earliest/],
  [{ kind: 'shift', by: 51n }, 100n, /end/],
  [{ kind: 'group', offset: 64n }, 64n, undefined],
  [{ kind: 'group', offset: undefined }, undefined, undefined],
])('a reset by %o goes to %s', (rule, after, note) => {
  const planned = planReset(rule, PARTITION)
  expect(planned?.after).toBe(after)
  if (note === undefined) expect(planned?.note).toBeUndefined()
  else expect(planned?.note).toMatch(note)
})

test('shifting a partition that nothing was committed of leaves it alone', () => {
  expect(planReset({ kind: 'shift', by: 1n }, { ...PARTITION, before: undefined })).toBeUndefined()
})

test('no rule ever leads outside of what is kept', () => {
  const big = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n })
  const rule = fc.oneof(
    fc.record({ kind: fc.constant('offset' as const), offset: big }),
    fc.record({ kind: fc.constant('shift' as const), by: big }),
    fc.record({ kind: fc.constant('group' as const), offset: big }),
  )
  fc.assert(
    fc.property(rule, big, fc.nat(), fc.nat(), (asked, before, earliest, records) => {
      const planned = planReset(asked, { before, earliest, latest: earliest + records })
      expect(planned?.after).toBeGreaterThanOrEqual(BigInt(earliest))
      expect(planned?.after).toBeLessThanOrEqual(BigInt(earliest + records))
    }),
  )
})
