// SPDX-License-Identifier: Apache-2.0
/**
 * The control plane as a process of its own, with an empty embedded database and no Kafka cluster: for what a command line does
 * before anything runs. What needs Kafka uses the whole product.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ApiClient, createClient } from '@kaas/http-contract'
import { freePort, temporaryDirectory, waitFor } from '@kaas/testkit'

const MAIN = fileURLToPath(new URL('../../control-plane/src/main.ts', import.meta.url))

/** A running control plane. `home` is what KAAS_HOME of the command line is set to. */
export interface ControlPlaneProcess {
  readonly home: string
  readonly api: string
  readonly client: ApiClient
  stop(): Promise<void>
}

/** Starts one and waits until it is ready; `env` are more of its variables. */
export async function startControlPlane(env: Readonly<Record<string, string>> = {}): Promise<ControlPlaneProcess> {
  const home = temporaryDirectory('cli-home')
  mkdirSync(join(home, 'state'))
  const secret = (name: string, text: string) => {
    writeFileSync(join(home, name), `${text}\n`, { mode: 0o600 })
    return join(home, name)
  }
  const token = randomBytes(16).toString('hex')
  const port = await freePort()
  const api = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: homedir(),
      KAAS_STATE_DIR: join(home, 'state'),
      KAAS_API_PORT: String(port),
      KAAS_TOKEN_FILE: secret('token', token),
      KAAS_GATEWAY_TOKEN_FILE: secret('gateway-token', randomBytes(16).toString('hex')),
      KAAS_SECRETS_KEY_FILE: secret('secrets.key', randomBytes(32).toString('base64')),
      ...env,
    },
  })
  writeFileSync(join(home, 'endpoints.json'), JSON.stringify({ api, tokenFile: join(home, 'token') }))
  const ended = new Promise<never>((_, reject) =>
    child.once('exit', (code) => reject(new Error(`The control plane ended with ${code}.`))),
  )
  ended.catch(() => undefined)
  const ready = waitFor(async () => (await fetch(`${api}/readyz`)).ok, { what: 'the control plane' })
  await Promise.race([ready, ended])
  return {
    home,
    api,
    client: createClient({ baseUrl: api, token, fetch }),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}
