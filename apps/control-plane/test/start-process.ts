// SPDX-License-Identifier: Apache-2.0
/** The control plane as a process of its own, with its state in a folder of the test. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ApiClient, createClient } from '@kaas/http-contract'
import { freePort, temporaryDirectory, waitFor } from '@kaas/testkit'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** A folder with the secrets of one installation. */
export interface Installation {
  readonly directory: string
  readonly token: string
  readonly gatewayToken: string
  readonly env: Readonly<Record<string, string>>
}

/** A process that has started. */
export interface RunningProcess {
  readonly url: string
  readonly client: ApiClient
  readonly child: ChildProcess
  /** Resolves with the exit code, or the signal. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string>
}

/** How a process ended that was not to start. */
export interface Ending {
  readonly code: number | null
  readonly said: string
}

/** Tokens and key in files, as local mode or a chart makes them. */
export function newInstallation(): Installation {
  const directory = temporaryDirectory('control-plane')
  const [token, gatewayToken] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')]
  const secret = (name: string, text: string) => {
    writeFileSync(join(directory, name), `${text}\n`, { mode: 0o600 })
    return join(directory, name)
  }
  mkdirSync(join(directory, 'state'))
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: homedir(),
    KAAS_STATE_DIR: join(directory, 'state'),
    KAAS_TOKEN_FILE: secret('token', token),
    KAAS_GATEWAY_TOKEN_FILE: secret('gateway-token', gatewayToken),
    KAAS_SECRETS_KEY_FILE: secret('secrets.key', randomBytes(32).toString('base64')),
  }
  return { directory, token, gatewayToken, env }
}

/** Starts and waits until it is ready. */
export async function startProcess(installation: Installation): Promise<RunningProcess> {
  const port = await freePort()
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...installation.env, KAAS_API_PORT: String(port) },
  })
  const url = `http://127.0.0.1:${port}`
  const exited = new Promise<number | string>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal ?? '')),
  )
  await waitFor(async () => (await fetch(`${url}/readyz`)).ok, { what: 'the control plane' })
  return {
    url,
    child,
    client: createClient({ baseUrl: url, token: installation.token, fetch }),
    kill: async (signal) => {
      child.kill(signal)
      return await exited
    },
  }
}

/** Starts with settings that cannot work, or with a command that ends by itself, and waits for the end. */
export async function failToStart(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ending> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...env } })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, said }
}
