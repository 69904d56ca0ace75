// SPDX-License-Identifier: Apache-2.0
/** The whole product as a user starts it, as a process of its own with ports and state of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { KaasError } from '@kaas/errors'
import { type ApiClient, createClient } from '@kaas/http-contract'
import { freePorts, type Kafka, tiedToParent } from '@kaas/kafka-engine'
import { temporaryDirectory } from './temporary-directory.ts'

const MAIN = fileURLToPath(new URL('../../../apps/local/src/main.ts', import.meta.url))
const START_TIMEOUT_MS = 240_000
const STOP_TIMEOUT_MS = 60_000

/** How the product is started; without any, with a Kafka and a state of its own. */
export interface ProductOptions {
  /** A Kafka to use; the product starts one of its own when absent. */
  readonly kafka?: Kafka
  /** State of an earlier run; a new folder when absent. */
  readonly stateDirectory?: string
  /** More variables, such as `KAAS_DATABASE_URL`. They win over ours. */
  readonly env?: Readonly<Record<string, string>>
}

/** A running product. */
export interface Product {
  readonly api: string
  readonly token: string
  readonly client: ApiClient
  /** `host:port` for Kafka clients, by TLS and SASL. */
  readonly kafka: string
  readonly caFile: string
  /** Base address of the gateway's health pages. */
  readonly health: string
  readonly stateDirectory: string
  /** Of the program that keeps the parts running. */
  readonly pid: number
  /** All variables it was started with, to start it again on the same ports. */
  readonly env: Readonly<Record<string, string>>
  /** What it has printed so far. */
  output(): string
  /** Ends it as Ctrl-C does; resolves with its exit code. */
  stop(): Promise<number | null>
}

/** Starts `npm start`'s program and resolves when it says that it is ready. Throws with what it printed when it ends before. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const stateDirectory = options.stateDirectory ?? temporaryDirectory('state')
  const env = {
    ...(await portVariables()),
    KAAS_STATE_DIR: stateDirectory,
    ...kafkaVariables(options.kafka),
    ...options.env,
  }
  const [program = process.execPath, ...args] = tiedToParent('TERM', [process.execPath, MAIN])
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  }
  await untilReady(child, () => printed)
  const endpoints = JSON.parse(readFileSync(join(stateDirectory, 'endpoints.json'), 'utf8'))
  const token = readFileSync(endpoints.tokenFile, 'utf8').trim()
  return {
    api: endpoints.api,
    token,
    client: createClient({ baseUrl: endpoints.api, token, fetch }),
    kafka: endpoints.kafka,
    caFile: endpoints.caFile,
    health: endpoints.health,
    stateDirectory,
    pid: endpoints.pid,
    env,
    output: () => printed,
    stop: () => stop(child),
  }
}

/** A block of ports, so that a product under test never meets a developer's own. */
async function portVariables(): Promise<Readonly<Record<string, string>>> {
  const [first = 0] = await freePorts(16)
  const at = (offset: number) => String(first + offset)
  return {
    KAAS_API_PORT: at(0),
    KAAS_GATEWAY_HEALTH_PORT: at(1),
    KAAS_ENGINE_PORT: at(2),
    KAAS_KAFKA_PORT: at(4),
  }
}

function kafkaVariables(kafka: Kafka | undefined): Readonly<Record<string, string>> {
  if (kafka === undefined) return { KAAS_KAFKA: 'apache' }
  return {
    KAAS_KAFKA: kafka.bootstrapServers,
    KAAS_KAFKA_USERNAME: kafka.admin.username,
    KAAS_KAFKA_PASSWORD_FILE: kafka.adminPasswordFile,
  }
}

async function untilReady(child: ChildProcess, printed: () => string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!printed().includes('KaaS is ready')) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      child.kill('SIGTERM')
      throw new KaasError('component-failed', { message: `The product did not start. It printed:\n${printed()}` })
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  child.kill('SIGINT')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  return ended.finally(() => clearTimeout(timer))
}
