// SPDX-License-Identifier: Apache-2.0
/** The control plane as a process of its own, as in production: with its state and its secrets in a folder, and without gateway or Kafka. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ApiClient, createClient } from '@kaas/http-contract'
import { freePort, type Kafka } from '@kaas/kafka-engine'
import { temporaryDirectory } from './temporary-directory.ts'
import { waitFor } from './wait-for.ts'

const MAIN = fileURLToPath(new URL('../../../apps/control-plane/src/main.ts', import.meta.url))
const START_TIMEOUT_MS = 240_000

/** A folder with the secrets of one installation, and the variables that name them. */
export interface Installation {
  readonly directory: string
  readonly token: string
  readonly tokenFile: string
  readonly gatewayToken: string
  readonly env: Readonly<Record<string, string>>
}

/** A running one. */
export interface ControlPlaneProcess {
  readonly url: string
  /** The administrator. */
  readonly client: ApiClient
  /** File with the administrator's token. */
  readonly tokenFile: string
  readonly child: ChildProcess
  /** Somebody else. */
  as(token: string): ApiClient
  /** Resolves with the exit code, or the signal. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string>
  /** Ends it as an operator does. */
  stop(): Promise<void>
}

/** Tokens and key in files, as local mode or a chart makes them. `files` are variables that name a file, with the text of it. */
export function newInstallation(files: Readonly<Record<string, string>> = {}): Installation {
  const directory = temporaryDirectory('control-plane')
  mkdirSync(join(directory, 'state'))
  const [token, gatewayToken] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')]
  const texts = {
    KAAS_TOKEN_FILE: token,
    KAAS_GATEWAY_TOKEN_FILE: gatewayToken,
    KAAS_SECRETS_KEY_FILE: randomBytes(32).toString('base64'),
    ...files,
  }
  const written = Object.entries(texts).map(
    ([name, text]) => [name, writeSecret(directory, fileNameOf(name), text)] as const,
  )
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: homedir(),
    KAAS_STATE_DIR: join(directory, 'state'),
    ...Object.fromEntries(written),
  }
  return { directory, token, tokenFile: join(directory, 'token'), gatewayToken, env }
}

/** What `KAAS_CLUSTERS_FILE` says of one Kafka. */
export function clustersFile(name: string, kafka: Kafka): string {
  const admin = { username: kafka.admin.username, passwordFile: kafka.adminPasswordFile }
  const spec = { bootstrapServers: kafka.bootstrapServers.split(','), admin }
  return JSON.stringify([{ apiVersion: 'kaas.dev/v1', kind: 'KafkaCluster', metadata: { name }, spec }])
}

/** Starts one and resolves when it is ready; `env` wins over the installation's. Throws with the end of its log when it does not get so far. */
export async function startControlPlane(
  installation: Installation,
  env: Readonly<Record<string, string>> = {},
): Promise<ControlPlaneProcess> {
  const port = await freePort()
  const logFile = join(installation.directory, 'log')
  const log = openSync(logFile, 'a')
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', log, log],
    env: { ...installation.env, KAAS_API_PORT: String(port), ...env },
  })
  const exited = new Promise<number | string>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal ?? '')),
  )
  const url = `http://127.0.0.1:${port}`
  const isReady = async () => child.exitCode !== null || (await fetch(`${url}/readyz`)).ok
  await waitFor(isReady, { what: 'the control plane to be ready', timeoutMs: START_TIMEOUT_MS }).catch(() => child.kill())
  if (child.exitCode !== null || child.killed) {
    throw new Error(`The control plane did not start (${await exited}):\n${readFileSync(logFile, 'utf8').slice(-3000)}`)
  }
  const as = (token: string) => createClient({ baseUrl: url, token, fetch })
  const kill = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal)
    return await exited
  }
  const stop = async () => void (await kill('SIGTERM'))
  return { url, client: as(installation.token), tokenFile: installation.tokenFile, child, as, kill, stop }
}

/** `KAAS_SECRETS_KEY_FILE` is `secrets-key`. */
function fileNameOf(variable: string): string {
  return variable
    .replace(/^KAAS_/, '')
    .replace(/_FILE$/, '')
    .toLowerCase()
    .replaceAll('_', '-')
}

function writeSecret(directory: string, name: string, text: string): string {
  const file = join(directory, name)
  writeFileSync(file, `${text}\n`, { mode: 0o600 })
  return file
}
