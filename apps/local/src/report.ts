// SPDX-License-Identifier: Apache-2.0
/** What local mode prints when everything runs, and the file in which other programs find the same. */
import { isAbsolute, relative } from 'node:path'
import type { LocalConfig } from './config.ts'
import type { EngineAddress } from './engine.ts'
import type { SplitTimes } from './product.ts'
import type { StatePaths } from './state-files.ts'

/** `endpoints.json`: where a running product is. Paths are absolute. */
export interface Endpoints {
  readonly api: string
  readonly tokenFile: string
  readonly kafka: string
  readonly caFile: string
  readonly health: string
  /** Address or folder of the repository of tenants. */
  readonly git: string
  readonly pid: number
}

/** The endpoints of a product with this configuration. */
export function endpointsOf(config: LocalConfig, paths: StatePaths, pid: number): Endpoints {
  return {
    api: `http://127.0.0.1:${config.apiPort}`,
    tokenFile: paths.token,
    kafka: `127.0.0.1:${config.kafkaPort}`,
    caFile: paths.ca,
    health: `http://127.0.0.1:${config.gatewayHealthPort}`,
    git: config.gitUrl ?? paths.tenantsRepository,
    pid,
  }
}

/** The text after a start: where everything is, how long it took, what to type next. `readyMs` counts from the command. */
export function renderReport(
  endpoints: Endpoints,
  paths: StatePaths,
  engine: EngineAddress,
  times: SplitTimes,
  readyMs: number,
  workingDirectory: string,
): string {
  const show = (path: string) => shortest(path, workingDirectory)
  const splits = times.map((each) => `${each.part} ${(each.readyMs / 1000).toFixed(1)} s`).join(', ')
  const servers = engine.bootstrapServers.join(',')
  return `
KaaS is ready after ${(readyMs / 1000).toFixed(1)} s (${splits}).

  console   ${endpoints.api}   sign in as administrator, password in ${show(paths.administratorPassword)}
  API       ${endpoints.api}   token in ${show(endpoints.tokenFile)}
  Kafka     ${endpoints.kafka}   TLS and SASL, CA in ${show(endpoints.caFile)}
  gateway   ${endpoints.health}/metrics
  engine    ${engine.kind === 'apache' ? `Apache Kafka at ${servers}, one broker, for development` : `Kafka at ${servers}`}
  Git       ${isAbsolute(endpoints.git) ? show(endpoints.git) : endpoints.git}   tenants with a Kafka of their own, as objects
  logs      ${show(paths.logs)}/

Open the console, or in a second terminal:

  npx kaas plan --produce 5MB/s --consume 15MB/s --retention 7d
  npx kaas create tenant orders --produce 5MB/s --consume 15MB/s --retention 7d
  npx kaas create topic payments --tenant orders --partitions 6
  npx kaas create user app --tenant orders --role admin
  npx kaas connect orders --user app --format kcat

Ctrl-C stops everything; what you made stays in ${show(paths.directory)}/.
`
}

/** Relative for what lies below the working directory. */
function shortest(path: string, workingDirectory: string): string {
  const short = relative(workingDirectory, path)
  return short === '' || short.startsWith('..') ? path : short
}
