// SPDX-License-Identifier: Apache-2.0
/** The order of upgrades, as a table and as a walk to the end from every version to every other. */
import { parseDocument, type Tenant } from '@kaas/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { platformWith } from '../test/manifest-inputs.ts'
import { KAFKA_VERSIONS, type RunningVersions, versionsFor, wantedVersions } from './kafka-versions.ts'

const OLD = { version: '4.2.1', metadataVersion: '4.2-IV1' }
const NEW = { version: '4.3.1', metadataVersion: '4.3-IV0' }
const running = (settled: boolean, { version, metadataVersion } = OLD): RunningVersions => ({
  kafkaVersion: version,
  kafkaMetadataVersion: metadataVersion,
  settled,
})

describe('a version goes up without a step that cannot be undone too early', () => {
  it.each([
    ['a new cluster starts with what is wanted', NEW, undefined, NEW],
    ['a cluster whose first brokers start keeps what is wanted', NEW, { settled: false }, NEW],
    ['brokers go first and the metadata stays', NEW, running(true), { ...NEW, metadataVersion: '4.2-IV1' }],
    ['while they roll the metadata stays', NEW, running(false), { ...NEW, metadataVersion: '4.2-IV1' }],
    [
      'all brokers are new, but something still restarts: the metadata waits',
      NEW,
      running(false, { ...NEW, metadataVersion: '4.2-IV1' }),
      { ...NEW, metadataVersion: '4.2-IV1' },
    ],
    ['all are new and settled: the metadata follows', NEW, running(true, { ...NEW, metadataVersion: '4.2-IV1' }), NEW],
    ['nothing changes when all is as wanted, even while it restarts', NEW, running(false, NEW), NEW],
    ['before the last broker is new an upgrade can be taken back', OLD, running(false), OLD],
  ])('%s', (_, wanted, status, expected) => {
    expect(versionsFor(wanted, status)).toEqual(expected)
  })

  it('from any version to any newer one it takes two steps, never down, never metadata that a broker does not know', () => {
    const versions = fc.constantFrom(...Object.entries(KAFKA_VERSIONS))
    fc.assert(
      fc.property(versions, versions, ([from, fromMetadata], [to, toMetadata]) => {
        fc.pre(from <= to)
        let now = { version: from, metadataVersion: fromMetadata }
        for (let step = 0; step < 3; step++) {
          const next = versionsFor({ version: to, metadataVersion: toMetadata }, running(true, now))
          expect(next.version >= now.version && next.metadataVersion >= now.metadataVersion).toBe(true)
          if (next.metadataVersion !== now.metadataVersion) expect(now.version).toBe(to)
          now = next
        }
        expect(now).toEqual({ version: to, metadataVersion: toMetadata })
      }),
    )
  })
})

describe('a version that cannot be had is refused with what to do', () => {
  it.each([
    ['an older Kafka', OLD, running(true, NEW), 'version-downgrade'],
    ['an older patch of Kafka', { ...NEW, version: '4.3.0' }, running(true, NEW), 'version-downgrade'],
    ['older metadata', { ...NEW, metadataVersion: '4.2-IV1' }, running(true, NEW), 'version-downgrade'],
    ['metadata that the version does not know', { ...OLD, metadataVersion: '4.3-IV0' }, undefined, 'config-invalid'],
  ])('%s', (_, wanted, status, code) => {
    expect(() => versionsFor(wanted, status)).toThrow(expect.objectContaining({ code, help: expect.any(String) }))
  })

  it('4.10 is newer than 4.9', () => {
    const ten = { version: '4.10.0', metadataVersion: '4.9-IV0' }
    expect(versionsFor(ten, running(true, { version: '4.9.1', metadataVersion: '4.9-IV0' }))).toEqual(ten)
  })
})

describe('a tenant has the version that its document names', () => {
  const tenant = (kafkaVersion?: string) =>
    parseDocument({
      apiVersion: 'kaas.dev/v1',
      kind: 'Tenant',
      metadata: { name: 'shop' },
      spec: { workload: { produce: '5MB/s', retention: '1d' }, ...(kafkaVersion === undefined ? {} : { kafkaVersion }) },
    }) as Tenant

  it('or that of the platform when it names none', () => {
    const platform = platformWith(['a'])
    expect(wantedVersions(tenant(), platform)).toEqual(NEW)
    expect(wantedVersions(tenant('4.2.1'), platform)).toEqual(OLD)
    expect(wantedVersions(tenant('4.3.1'), platformWith(['a'], { metadataVersion: '4.2-IV1' }))).toEqual({
      ...NEW,
      metadataVersion: '4.2-IV1',
    })
  })

  it('and is told which there are when it names another', () => {
    expect(() => wantedVersions(tenant('4.9.0'), platformWith(['a']))).toThrow(/4\.2\.0, 4\.2\.1, 4\.3\.0, 4\.3\.1/)
  })
})
