// SPDX-License-Identifier: Apache-2.0
/** Each published formula against its publisher's own example (`docs/reference/sizing.md`, O1 to O13). */
import { describe, expect, it } from 'vitest'
import {
  alibabaBrokers,
  awsSustainedPerBroker,
  diskBytesFor,
  fleetManagerBrokers,
  fleetManagerDiskGiB,
  googleCores,
  mskScriptPerBroker,
  networkOutFor,
  networkOutOneZoneLost,
  partitionsForTopic,
  zoneTrafficGiBPerMonth,
} from './formulas.ts'

describe('the published formulas answer as their publishers say', () => {
  it('O4: a topic of 250 MB/s needs 10 partitions, one of 20 MB/s 7 (Confluent, partition pitfalls)', () => {
    expect(partitionsForTopic(250, 50, 25)).toBe(10)
    expect(partitionsForTopic(20, 5, 3)).toBe(7)
  })

  it('O5: 39,000 messages of 1941 bytes keep 63.45 GiB in five minutes and 4.46 TiB in six hours (Oracle OCNADD)', () => {
    const rate = 39_000 * 1941
    expect(diskBytesFor(rate, 300, 3) / 1024 ** 3).toBeCloseTo(63.45, 2)
    expect(diskBytesFor(rate, 6 * 3600, 3) / 1024 ** 4).toBeCloseTo(4.46, 2)
  })

  it('O9: 1500 and 3000 partitions make 3 and 6 brokers with 361.5 GiB each (Red Hat fleet manager)', () => {
    expect(fleetManagerBrokers(1500)).toBe(3)
    expect(fleetManagerBrokers(3000)).toBe(6)
    expect(fleetManagerDiskGiB(1000, 50, 3)).toBeCloseTo(361.5, 1)
    expect(fleetManagerDiskGiB(2000, 100, 6)).toBeCloseTo(361.5, 1)
  })

  it('O13: 50 MB/s in and 100 MB/s out need 20 cores and 80 GiB (Google Managed Kafka)', () => {
    expect(googleCores(50, 100, 3)).toEqual({ cores: 20, memoryGiB: 80 })
  })

  it.each([
    ['m5.2xlarge', 250, 320, 64, 18.4, 15.6],
    ['m5.large', 81, 96, 19.2, 5.5, 4.7],
  ])(
    '%s: 80 %% of equation 1 against the MSK script, with and without tiering (AWS)',
    (_, disk, nic, equation, script, tiered) => {
      expect(0.8 * awsSustainedPerBroker(disk, nic, 2, 3)).toBeCloseTo(equation, 1)
      expect(mskScriptPerBroker(disk, nic, 2)).toBeCloseTo(script, 1)
      expect(mskScriptPerBroker(disk, nic, 2, true)).toBeCloseTo(tiered, 1)
    },
  )

  it('100 MiB/s with two readers cost $20,531 between zones, $13,687 with follower fetch, $3,422 as MSK bills it', () => {
    const dollars = (followerFetch: boolean, replicationBilled: boolean) =>
      zoneTrafficGiBPerMonth(100, { fanOut: 2, zones: 3, replicationFactor: 3, followerFetch, replicationBilled }) * 0.02
    expect(Math.round(dollars(false, true))).toBe(20_531)
    expect(Math.round(dollars(true, true))).toBe(13_687)
    expect(Math.round(dollars(true, false))).toBe(3422)
  })

  it('F18: a cluster has at least four brokers, and 800 MB/s of all traffic need four (Alibaba, Confluent)', () => {
    expect(alibabaBrokers(1, 1, 3)).toBe(4)
    expect(alibabaBrokers(1000, 3, 3)).toBe(40)
  })

  it('one lost zone of three turns 4 × the produce rate into 4.5 × when two readers read all', () => {
    expect(networkOutFor(1, 2, 3)).toBe(4)
    expect(networkOutOneZoneLost(1, 2, 3, 3)).toBe(4.5)
  })
})
