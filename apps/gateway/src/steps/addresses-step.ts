// SPDX-License-Identifier: Apache-2.0
/**
 * Wherever a response tells where a broker is, it tells the gateway (design 6.3). Node ids stay: the port (or host name) that a
 * client then uses says which broker it means. An address is never passed on because it is unknown; it is replaced or left out.
 */
import {
  type Api,
  describeCluster,
  fetch,
  findCoordinator,
  metadata,
  produce,
  type ResponseOf,
  shareAcknowledge,
  shareFetch,
} from '@kaas/kafka-protocol'
import type { Message, Step, StepContext } from '../step.ts'
import { FetchEndpointsEraser } from './addresses/fetch-endpoints.ts'
import { isOffered } from './api-claims.ts'
import { passesProduce } from './produce-bytes.ts'

/** Where a broker is, in any of the shapes that responses have. */
interface Located {
  host: string
  port: number
}

type Relocate = (response: Message, context: StepContext) => void

/** First version of Produce that tells where new leaders are (KIP-951); Fetch does from 16 on. */
const PRODUCE_ENDPOINTS_SINCE = 10
/** First version of Fetch that passes as bytes. */
const FETCH_BY_ID_SINCE = 13
const BROKER_ENDPOINTS = 1

/** By API key. Fetch is not here: see `addresses/fetch-endpoints.ts`. */
const RELOCATIONS: ReadonlyMap<number, Relocate> = new Map([
  relocation(produce, (response, context) => relocateAll(response.nodeEndpoints, context)),
  relocation(metadata, (response, context) => relocateAll(response.brokers, context)),
  relocation(findCoordinator, relocateCoordinators),
  relocation(describeCluster, relocateCluster),
  relocation(shareFetch, (response, context) => relocateAll(response.nodeEndpoints, context)),
  relocation(shareAcknowledge, (response, context) => relocateAll(response.nodeEndpoints, context)),
])

/** The step that shows brokers at the gateway. */
export function createAddressesStep(): Step {
  return {
    name: 'addresses',
    wants: (apiKey, apiVersion) => ({ request: false, response: tellsAddresses(apiKey, apiVersion) }),
    watch: (apiKey, apiVersion) =>
      apiKey === fetch.key && apiVersion >= FETCH_BY_ID_SINCE
        ? (context) => new FetchEndpointsEraser((code) => context.noteError(code))
        : undefined,
    passes: passesProduce,
    response: (context, message) => RELOCATIONS.get(context.apiKey)?.(message, context),
  }
}

/** The type of the API forgotten: messages that reach a step are of the API that the context says. */
function relocation<A extends Api>(
  api: A,
  relocate: (response: ResponseOf<A>, context: StepContext) => void,
): readonly [number, Relocate] {
  return [api.key, relocate as Relocate]
}

function tellsAddresses(apiKey: number, apiVersion: number): boolean {
  if (!isOffered(apiKey, apiVersion) || !RELOCATIONS.has(apiKey)) return false
  return apiKey !== produce.key || apiVersion >= PRODUCE_ENDPOINTS_SINCE
}

function relocateAll(nodes: readonly (Located & { readonly nodeId: number })[], context: StepContext): void {
  for (const node of nodes) relocate(node, node.nodeId, context)
}

/** Up to v3 one coordinator in the response itself, then a list. */
function relocateCoordinators(response: ResponseOf<typeof findCoordinator>, context: StepContext): void {
  relocate(response, response.nodeId, context)
  relocateAll(response.coordinators, context)
}

/** Controllers (endpoint type 2) are not reached through the gateway: they are left out. */
function relocateCluster(response: ResponseOf<typeof describeCluster>, context: StepContext): void {
  if (response.endpointType !== BROKER_ENDPOINTS) response.brokers = []
  for (const broker of response.brokers) relocate(broker, broker.brokerId, context)
}

/** No host: an error, which has no address, or a version that has its address elsewhere. */
function relocate(located: Located, nodeId: number, context: StepContext): void {
  if (located.host === '') return
  const { host, port } = context.advertise(nodeId, { host: located.host, port: located.port })
  located.host = host
  located.port = port
}
