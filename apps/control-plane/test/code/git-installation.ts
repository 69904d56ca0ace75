// SPDX-License-Identifier: Apache-2.0
/** A control plane with a repository of tenants: a real bare Git repository, an embedded database, no Kubernetes and no Kafka. */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type ApiClient, createClient, type ResourceAnswer } from '@kaas/http-contract'
import type { Log } from '@kaas/telemetry'
import { temporaryDirectory, waitFor } from '@kaas/testkit'
import { startControlPlane } from '../../src/control-plane.ts'
import { KINDS } from '../api/documents.ts'

const run = promisify(execFile)

/** The platform that tenants are rendered for. */
export const PLATFORM = `domain: kafka.example.org
storageClass: gp3-encrypted
kafkaVersion: 4.3.1
metadataVersion: 4.3-IV0
zones: [eu-1a, eu-1b, eu-1c]
issuer: { name: letsencrypt }
external: { type: tlsroute, gateway: { name: kafka, namespace: gateway, sectionName: tls } }
people: { issuer: 'https://id.example.org', clientId: kubernetes, server: 'https://kubernetes.example.org:6443' }
`

/** What a colleague does in her own clone: content by path, undefined removes. */
export type Edit = Readonly<Record<string, string | undefined>>

/** One installation. */
export interface GitInstallation {
  readonly bare: string
  readonly client: ApiClient
  readonly url: string
  readonly token: string
  /** Content of a file in the branch; undefined when there is none. */
  read(path: string): Promise<string | undefined>
  /** Paths in the branch. */
  paths(): Promise<readonly string[]>
  /** Messages and authors, newest first. */
  log(): Promise<readonly { readonly author: string; readonly message: string }[]>
  /** Commits and pushes as somebody else. */
  merge(message: string, edit: Edit): Promise<void>
  /** Waits until the tenant's condition of this type has the reason. */
  reason(tenant: string, type: string, reason: string): Promise<ResourceAnswer>
  stop(): Promise<void>
}

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => SILENT }

/** A bare repository with a platform. */
export async function newRepository(): Promise<string> {
  const bare = join(temporaryDirectory('bare'), 'tenants.git')
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare])
  await mergeInto(bare, 'Begin', { 'platform.yaml': PLATFORM })
  return bare
}

/** What the branch of a bare repository holds. */
export function repositoryAt(bare: string): Pick<GitInstallation, 'read' | 'paths' | 'log'> {
  return {
    read: (path) => git(bare, 'show', `main:${path}`).catch(() => undefined),
    paths: async () => (await git(bare, 'ls-tree', '-r', '--name-only', 'main')).trim().split('\n'),
    log: async () => {
      const text = await git(bare, 'log', '--format=%an%x00%B%x01', 'main')
      const entries = text.split('\x01').map((entry) => entry.trim().split('\0'))
      return entries.flatMap(([author, message]) =>
        author === undefined || message === undefined ? [] : [{ author, message }],
      )
    },
  }
}

/** Starts a control plane with an empty database on the repository. */
export async function startWithGit(bare: string, kubeconfigFile?: string): Promise<GitInstallation> {
  const directory = temporaryDirectory('control-plane-git')
  const token = randomBytes(16).toString('hex')
  const controlPlane = await startControlPlane({
    host: '127.0.0.1',
    port: 0,
    store: {
      directory: join(directory, 'database'),
      cacheDirectory: join(homedir(), '.cache', 'kaas'),
      secretsKey: randomBytes(32),
    },
    tokens: { administrator: token, gateway: randomBytes(16).toString('hex') },
    code: {
      git: { url: bare, branch: 'main', directory: join(directory, 'repository') },
      kubeconfigFile,
      pollMs: 200,
      goneAfterMs: 300_000,
    },
    bootstrapAddress: 'kafka.example.org:9092',
    eventsKeptMs: 3_600_000,
    auditKeptMs: 3_600_000,
    log: SILENT,
  })
  const client = createClient({ baseUrl: controlPlane.url, token, fetch })
  return {
    bare,
    client,
    url: controlPlane.url,
    token,
    ...repositoryAt(bare),
    merge: (message, edit) => mergeInto(bare, message, edit),
    reason: (tenant, type, reason) =>
      waitFor(
        async () => {
          const found = await client.get({ kind: KINDS.tenant, name: tenant })
          const condition = found.status?.conditions.find((each) => each.type === type)
          if (condition?.reason === reason) return found
          throw new Error(`${type} says ${condition?.reason}: ${condition?.message}`)
        },
        { what: `${type} of ${tenant} to say ${reason}` },
      ),
    stop: () => controlPlane.close(),
  }
}

async function git(folder: string, ...words: readonly string[]): Promise<string> {
  return (await run('git', ['-C', folder, ...words], { maxBuffer: 64 * 1024 * 1024 })).stdout
}

/** As a Git server merges a pull request: on what the branch is then, whoever was faster. */
export async function mergeInto(bare: string, message: string, edit: Edit, tries = 5): Promise<void> {
  const clone = temporaryDirectory('colleague')
  await run('git', ['clone', '--quiet', bare, clone])
  await git(clone, 'checkout', '--quiet', '-B', 'main')
  for (const [path, text] of Object.entries(edit)) {
    const file = join(clone, path)
    mkdirSync(dirname(file), { recursive: true })
    if (text === undefined) rmSync(file, { recursive: true, force: true })
    else writeFileSync(file, text)
  }
  await git(clone, 'add', '--all')
  await git(clone, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', 'commit', '--quiet', '-m', message)
  const refused = await git(clone, 'push', '--quiet', 'origin', 'main').then(
    () => undefined,
    (error: unknown) => error,
  )
  if (refused === undefined) return
  if (tries <= 1) throw refused
  await mergeInto(bare, message, edit, tries - 1)
}
