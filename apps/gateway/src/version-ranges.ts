// SPDX-License-Identifier: Apache-2.0
/**
 * Which versions clients are offered: what the gateway claims, narrowed to what the brokers speak. Pure; brokers are asked in
 * `cluster-versions.ts`.
 */
import { APIS, apiVersions, encodeResponse, type ResponseOf } from '@kaas/kafka-protocol'
import { claimOf } from './steps/api-claims.ts'

/** What a broker answered to ApiVersions. */
export type BrokerVersions = ResponseOf<typeof apiVersions>

const PRODUCE_KEY = 0
const SASL_KEYS: ReadonlySet<number> = new Set([17, 36])
const TELEMETRY_KEYS: ReadonlySet<number> = new Set([71, 72])
const API_VERSIONS_KEY = 18
const UNSUPPORTED_VERSION = 35

interface Range {
  readonly apiKey: number
  readonly minVersion: number
  readonly maxVersion: number
}

/**
 * The gateway's answer to ApiVersions, its length in front. `known` has the answer of one broker per cluster that the client may
 * end up on: of each range and feature the part that all share. Empty: no broker answered yet, claims alone count. A request
 * that is newer than we speak is answered in version 0 with error 35 and the range to use (KIP-511).
 */
export function apiVersionsAnswer(known: readonly BrokerVersions[], version: number, correlationId: number): Buffer {
  const [, last] = apiVersions.versions
  if (version < 0 || version > last) {
    const own = { apiKey: API_VERSIONS_KEY, minVersion: 0, maxVersion: last }
    return encodeResponse(apiVersions, 0, correlationId, { errorCode: UNSUPPORTED_VERSION, apiKeys: [own] })
  }
  const [first, ...others] = known
  const features = first === undefined ? {} : commonFeatures(first, others)
  return encodeResponse(apiVersions, version, correlationId, { errorCode: 0, apiKeys: offeredRanges(known), ...features })
}

/** Ranges by API: never empty ones, which some clients cannot read. */
export function offeredRanges(known: readonly BrokerVersions[]): readonly Range[] {
  const spoken = known.map((versions) => new Map(versions.apiKeys.map((range) => [range.apiKey, range])))
  const ranges: Range[] = []
  for (const api of APIS) {
    const own = ownRange(api.key, api.versions)
    if (own === undefined) continue
    const theirs = spoken.map((ranges) => (isOurs(api.key) ? own : ranges.get(api.key)))
    const min = Math.max(own.minVersion, ...theirs.map((range) => range?.minVersion ?? Number.POSITIVE_INFINITY))
    const max = Math.min(own.maxVersion, ...theirs.map((range) => range?.maxVersion ?? -1))
    if (min > max) continue
    // Brokers say 0 as well though they take 3 and later: old librdkafka turns compression off otherwise (KAFKA-18659).
    ranges.push({ apiKey: api.key, minVersion: api.key === PRODUCE_KEY ? 0 : min, maxVersion: max })
  }
  return ranges
}

/** Requests for log-ins, versions and telemetry are answered by the gateway itself, whatever brokers speak. */
function isOurs(apiKey: number): boolean {
  return apiKey === API_VERSIONS_KEY || SASL_KEYS.has(apiKey) || TELEMETRY_KEYS.has(apiKey)
}

function ownRange(apiKey: number, [first, last]: readonly [number, number]): Range | undefined {
  if (isOurs(apiKey)) return { apiKey, minVersion: first, maxVersion: last }
  const claim = claimOf(apiKey)
  if (claim === undefined || claim.decision === 'refuse') return undefined
  return { apiKey, minVersion: Math.max(claim.min, first), maxVersion: Math.min(claim.max, last) }
}

/** Features steer what clients send (KIP-890, KIP-848), so they must be what every broker behind us has. */
function commonFeatures(first: BrokerVersions, others: readonly BrokerVersions[]): Partial<BrokerVersions> {
  const supportedFeatures = first.supportedFeatures.flatMap((feature) => {
    const same = others.map((other) => other.supportedFeatures.find(({ name }) => name === feature.name))
    if (same.includes(undefined)) return []
    const minVersion = Math.max(feature.minVersion, ...same.map((each) => each?.minVersion ?? 0))
    const maxVersion = Math.min(feature.maxVersion, ...same.map((each) => each?.maxVersion ?? 0))
    return minVersion > maxVersion ? [] : [{ ...feature, minVersion, maxVersion }]
  })
  const finalizedFeatures = first.finalizedFeatures.flatMap((feature) => {
    const same = others.map((other) => other.finalizedFeatures.find(({ name }) => name === feature.name))
    if (same.includes(undefined)) return []
    const maxVersionLevel = Math.min(feature.maxVersionLevel, ...same.map((each) => each?.maxVersionLevel ?? 0))
    const minVersionLevel = Math.min(feature.minVersionLevel, ...same.map((each) => each?.minVersionLevel ?? 0))
    return [{ ...feature, minVersionLevel, maxVersionLevel }]
  })
  return { supportedFeatures, finalizedFeatures, finalizedFeaturesEpoch: first.finalizedFeaturesEpoch }
}
