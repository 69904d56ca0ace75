// SPDX-License-Identifier: Apache-2.0
/**
 * Versions of Kafka on a cluster of a tenant's own, and the order in which they go up: first the brokers, and only when all of
 * them run and are settled the format of the metadata, because that step cannot be undone. Neither ever goes down.
 */
import type { Tenant } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { PlatformProfile } from './manifests/platform-profile.ts'

/** A version of Kafka and the format of its metadata, as `4.3.1` and `4.3-IV0`. */
export interface KafkaVersions {
  readonly version: string
  readonly metadataVersion: string
}

/** What the cluster's status reports. */
export interface RunningVersions {
  /** Absent while the first brokers start. Strimzi changes it when the last broker runs the new version. */
  readonly kafkaVersion?: string | undefined
  readonly kafkaMetadataVersion?: string | undefined
  /** Ready, for the generation that was applied last. */
  readonly settled: boolean
}

/** The versions that Strimzi 1.2 runs, with the newest metadata of each (`kafka-storage version-mapping`). */
export const KAFKA_VERSIONS: Readonly<Record<string, string>> = {
  '4.2.0': '4.2-IV1',
  '4.2.1': '4.2-IV1',
  '4.3.0': '4.3-IV0',
  '4.3.1': '4.3-IV0',
}

/** What the tenant asks for: its own version with the newest metadata of that, or the platform's. Throws `not-supported`. */
export function wantedVersions(
  { metadata, spec }: Tenant,
  platform: Pick<PlatformProfile, 'kafkaVersion' | 'metadataVersion'>,
): KafkaVersions {
  const version = spec.kafkaVersion ?? platform.kafkaVersion
  if (version === platform.kafkaVersion) return { version, metadataVersion: platform.metadataVersion }
  const metadataVersion = KAFKA_VERSIONS[version]
  if (metadataVersion !== undefined) return { version, metadataVersion }
  throw new KaasError('not-supported', {
    message: `Tenant ${metadata.name} asks for Kafka ${version}; the platform runs ${Object.keys(KAFKA_VERSIONS).join(', ')}.`,
    help: 'Name one of these as spec.kafkaVersion, or leave it out.',
    fields: [{ path: 'spec.kafkaVersion', message: 'Is not a version that the platform runs.' }],
  })
}

/**
 * What the Kafka object must say now. A new cluster gets what is wanted at once. One that runs keeps its metadata until it is
 * settled at the wanted version. Throws `version-downgrade`, and `config-invalid` for metadata that the version does not know.
 */
export function versionsFor(wanted: KafkaVersions, running?: RunningVersions): KafkaVersions {
  refuseUnknownMetadata(wanted)
  if (running?.kafkaVersion === undefined) return wanted
  refuseLower('Kafka', wanted.version, running.kafkaVersion)
  const metadata = running.kafkaMetadataVersion
  if (metadata === undefined) return wanted
  refuseLower('metadata', wanted.metadataVersion, metadata)
  const arrived = running.settled && running.kafkaVersion === wanted.version
  return { version: wanted.version, metadataVersion: arrived ? wanted.metadataVersion : metadata }
}

/** Metadata of 4.3 on brokers of 4.2 would stop them all. */
function refuseUnknownMetadata({ version, metadataVersion }: KafkaVersions): void {
  const line = (text: string) => text.split(/[.-]/).slice(0, 2).join('.')
  if (compare(line(metadataVersion), line(version)) <= 0) return
  throw new KaasError('config-invalid', {
    message: `Kafka ${version} does not know metadata ${metadataVersion}.`,
    help: 'Name metadata of the same version or an older one.',
    fields: [{ path: 'metadataVersion', message: `Must not be newer than Kafka ${version}.` }],
  })
}

function refuseLower(what: 'Kafka' | 'metadata', wanted: string, running: string): void {
  if (compare(wanted, running) >= 0) return
  throw new KaasError('version-downgrade', {
    message: `The cluster runs ${what} ${running} and cannot go back to ${wanted}.`,
    help: `Ask for ${running} or newer, or order a new tenant and move the data.`,
    fields: [{ path: 'spec.kafkaVersion', message: `Must be at least ${running}.` }],
  })
}

/** By the numbers, in their order: 4.10.0 is after 4.9.1, and 4.3-IV1 after 4.3-IV0. */
function compare(left: string, right: string): number {
  const numbers = (text: string) => text.split(/[^0-9]+/).map(Number)
  const [a, b] = [numbers(left), numbers(right)]
  const at = Array.from({ length: Math.max(a.length, b.length) }, (_, index) => (a[index] ?? 0) - (b[index] ?? 0))
  return at.find((difference) => difference !== 0) ?? 0
}
