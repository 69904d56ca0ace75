// SPDX-License-Identifier: Apache-2.0
/**
 * The lane: a management cluster of real programs on loopback. API server, controllers, Flux, Cluster API and a Git server are
 * what their projects release; kwok stands for kubelets, and actors of the tests play Strimzi's operator and the provider.
 */
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryDirectory } from '@kaas/testkit'
import { type Binaries, ensureBinaries } from '../machine/ensure-binaries.ts'
import { ensureDefinitions } from '../machine/ensure-definitions.ts'
import { ApiServer } from './api-server.ts'
import { startClusterApi } from './cluster-api.ts'
import { startControllers } from './controllers.ts'
import { ensureDatabase, MANAGEMENT } from './ensure-database.ts'
import { type Etcd, startEtcd } from './etcd.ts'
import { startFlux } from './flux.ts'
import { createRepository, type GitServer, startGitServer } from './git-server.ts'
import { KubeApi } from './kube-api.ts'
import type { LaneProcess } from './lane-process.ts'

/** Name of the repository of tenants on the Git server. */
const REPOSITORY = 'tenants'

/** Zones of the management cluster, each with two nodes. */
export const ZONES = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'] as const

/** Where everything is, in a form that goes from the process that started it to those that test. */
export interface LaneAddress {
  readonly folder: string
  readonly binaries: Binaries
  /** Folder of custom resource definitions and webhooks. */
  readonly definitions: string
  readonly etcd: { readonly url: string; readonly certificates: string }
  /** Kubeconfig file of an administrator of the management cluster. */
  readonly kubeconfig: string
  readonly repository: { readonly url: string; readonly folder: string }
}

/** All processes of the lane and their end. */
export class Lane {
  readonly address: LaneAddress
  readonly #etcd: Etcd
  readonly #server: ApiServer
  readonly #git: GitServer
  readonly #clients: readonly LaneProcess[]

  private constructor(address: LaneAddress, etcd: Etcd, server: ApiServer, git: GitServer, clients: readonly LaneProcess[]) {
    this.address = address
    this.#etcd = etcd
    this.#server = server
    this.#git = git
    this.#clients = clients
  }

  /** Builds what is missing, then starts everything; about ten seconds when nothing is missing. */
  static async start(print: (line: string) => void): Promise<Lane> {
    const binaries = await ensureBinaries(['controlplane', 'gitops', 'capi'], print)
    const definitions = await ensureDefinitions(print)
    const database = await ensureDatabase(binaries, definitions, print)
    const folder = temporaryDirectory('lane')
    await cp(join(database, 'etcd'), join(folder, 'etcd'), { recursive: true })
    const git = await startGitServer(join(folder, 'git'))
    const repository = await createRepository(git.root, REPOSITORY)
    const etcd = await startEtcd(binaries.etcd, folder)
    const program = binaries['kube-apiserver']
    const server = await ApiServer.start({ program, etcd, prefix: MANAGEMENT, folder, name: 'management' })
    await createFirstObjects(server.adminKubeconfig)
    const controllers = { folder, name: 'management', parts: ['controller-manager', 'scheduler', 'kwok'] as const }
    const clients = await Promise.all([
      startControllers(binaries, server, controllers),
      startFlux(binaries, server.adminKubeconfig, folder),
      startClusterApi(binaries, definitions, server, folder),
    ])
    const address = {
      folder,
      binaries,
      definitions,
      etcd: { url: etcd.url, certificates: etcd.credentials.folder },
      kubeconfig: server.adminKubeconfig,
      repository: { url: `${git.url}/${REPOSITORY}.git`, folder: repository },
    }
    return new Lane(address, etcd, server, git, clients.flat())
  }

  /** Ends everything in order: clients, API server, etcd. An API server without its etcd would hang in its shutdown. */
  async stop(): Promise<void> {
    await Promise.all([...this.#clients.map((each) => each.stop()), this.#git.stop()])
    await this.#server.stop()
    await this.#etcd.process.stop()
  }
}

/** What the controllers expect to find: their namespaces, and nodes to place pods on. */
async function createFirstObjects(kubeconfig: string): Promise<void> {
  const api = new KubeApi(kubeconfig)
  const namespaces = ['flux-system', 'capi-system'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  }))
  await Promise.all([...namespaces, ...ZONES.flatMap(nodesOf)].map((object) => api.apply(object)))
  api.close()
}

function nodesOf(zone: string) {
  return [1, 2].map((number) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: `${zone}-${number}`,
      labels: { 'topology.kubernetes.io/zone': zone, 'kubernetes.io/hostname': `${zone}-${number}` },
    },
    spec: { providerID: `lane:///${zone}/${number}` },
  }))
}
