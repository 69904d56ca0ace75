// SPDX-License-Identifier: Apache-2.0
/**
 * A control plane as a process beside the lane: an empty database of its own, the lane's repository, and in its management cluster the
 * rights that the chart gives and no others.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, openSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ApiClient, createClient } from '@kaas/http-contract'
import { freePort, temporaryDirectory, waitFor } from '@kaas/testkit'
import { controlPlaneKubeconfig } from './control-plane-account.ts'
import type { LaneAddress } from './lane.ts'

const MAIN = fileURLToPath(new URL('../../../apps/control-plane/src/main.ts', import.meta.url))

/** A running control plane; its log is in `folder`. */
export interface LaneControlPlane {
  readonly client: ApiClient
  readonly url: string
  /** Of the administrator. */
  readonly tokenFile: string
  readonly folder: string
  stop(): Promise<void>
}

/** Starts one with an empty database; resolves when its API answers. */
export async function startControlPlane(
  lane: Pick<LaneAddress, 'repository' | 'kubeconfig' | 'binaries'>,
  more: Readonly<Record<string, string>> = {},
): Promise<LaneControlPlane> {
  const folder = temporaryDirectory('lane-control-plane')
  const token = randomBytes(16).toString('hex')
  const secret = (name: string, text: string) => {
    writeFileSync(join(folder, name), `${text}\n`, { mode: 0o600 })
    return join(folder, name)
  }
  mkdirSync(join(folder, 'state'))
  const port = await freePort()
  const log = openSync(join(folder, 'log'), 'a')
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', log, log],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: homedir(),
      KAAS_API_PORT: String(port),
      KAAS_STATE_DIR: join(folder, 'state'),
      KAAS_TOKEN_FILE: secret('token', token),
      KAAS_GATEWAY_TOKEN_FILE: secret('gateway-token', randomBytes(16).toString('hex')),
      KAAS_SECRETS_KEY_FILE: secret('secrets.key', randomBytes(32).toString('base64')),
      KAAS_GIT_URL: lane.repository.url,
      KAAS_GIT_POLL: '500ms',
      KAAS_KUBECONFIG_FILE: await controlPlaneKubeconfig(lane, folder),
      ...more,
    },
  })
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const url = `http://127.0.0.1:${port}`
  const what = `the control plane to answer (its log is ${join(folder, 'log')})`
  await waitFor(async () => (await fetch(`${url}/readyz`)).ok, { what })
  return {
    client: createClient({ baseUrl: url, token, fetch }),
    url,
    tokenFile: join(folder, 'token'),
    folder,
    stop: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}
