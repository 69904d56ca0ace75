// SPDX-License-Identifier: Apache-2.0
/** What Kafka says, put together: views, samples, health, and their routes. One call for the control plane, one to stop. */
import { readFile } from 'node:fs/promises'
import { KaasError } from '@kaas/errors'
import type { Log } from '@kaas/telemetry'
import type { FastifyInstance } from 'fastify'
import type { OwnKafka } from '../kafka/own-kafka.ts'
import { KafkaViews } from '../kafka-views/kafka-views.ts'
import { ClusterViews } from '../kafka-views/platform/cluster-views.ts'
import type { HealthSource } from '../kafka-views/platform/health-source.ts'
import { ownHealth } from '../kafka-views/platform/own-health.ts'
import { Sampler } from '../series/sampler.ts'
import type { ServiceParts } from '../services/service-parts.ts'
import { addAccessRoutes } from './access-routes.ts'
import { addPlatformRoutes } from './platform-routes.ts'
import { addSeriesRoute } from './series-route.ts'
import { addTopicViewRoutes } from './topic-view-routes.ts'

/** What an operator may say about views. */
export interface ViewOptions {
  /** PEM file with the CA of the gateway's certificate. */
  readonly bootstrapCaFile?: string | undefined
  readonly gatewayMetricsUrls?: readonly string[] | undefined
  readonly prometheusUrl?: string | undefined
  /** Topics and groups whose usage is kept over time. 20,000 when absent. */
  readonly seriesThings?: number | undefined
  /** Between two samples, in milliseconds. A minute when absent; tests are in a hurry. */
  readonly sampleEveryMs?: number | undefined
}

/** What views are made from. */
export interface ViewParts {
  readonly services: ServiceParts
  readonly ownKafka: OwnKafka
  /** How many gateways hold a snapshot stream of this process. */
  readonly streams: () => number
  readonly log: Log
}

/** Running views. */
export interface RunningViews {
  /** Adds a part to the page of the platform's health. */
  addHealth(source: HealthSource): void
  /** Ends sampling and all connections. */
  close(): Promise<void>
}

const VERSION = '0.1.0'
const MOST_THINGS = 20_000

/** Adds all routes to `server`, which does not listen yet. Throws `config-invalid` when the CA cannot be read. */
export async function addViews(
  server: FastifyInstance,
  { services, ownKafka, streams, log }: ViewParts,
  options: ViewOptions = {},
): Promise<RunningViews> {
  const { store, placements, code, bootstrapAddress } = services
  const caPem = options.bootstrapCaFile === undefined ? undefined : await readCa(options.bootstrapCaFile)
  const views = new KafkaViews(store, ownKafka)
  const { kafka } = views
  const sampler = new Sampler({
    store,
    placements,
    kafka,
    log,
    gatewayUrls: options.gatewayMetricsUrls ?? [],
    mostThings: options.seriesThings ?? MOST_THINGS,
    ...(options.sampleEveryMs === undefined ? {} : { everyMs: options.sampleEveryMs }),
  })
  const sources = [...ownHealth({ store, sampler, code, streams })]
  addTopicViewRoutes(server, services, views)
  addAccessRoutes(server, { store, code, bootstrapAddress, caPem }, views)
  addSeriesRoute(server, { store, prometheusUrl: options.prometheusUrl })
  addPlatformRoutes(server, new ClusterViews({ store, placements, kafka }), sources, VERSION)
  return {
    addHealth: (source) => void sources.push(source),
    close: async () => {
      await sampler.stop()
      await views.close()
    },
  }
}

async function readCa(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new KaasError('config-invalid', {
      message: `KAAS_BOOTSTRAP_CA_FILE: the file ${file} cannot be read.`,
      help: 'Check that it exists and that the control plane may read it.',
      cause,
    })
  }
}
