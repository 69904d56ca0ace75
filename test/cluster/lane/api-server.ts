// SPDX-License-Identifier: Apache-2.0
/** A real Kubernetes API server with RBAC and client certificates, on loopback. Several share one etcd, each below its prefix. */
import { join } from 'node:path'
import { freePort } from '@kaas/testkit'
import { Credentials, type Identity } from './credentials.ts'
import type { EtcdAddress } from './etcd.ts'
import { LaneProcess } from './lane-process.ts'
import { isAnswering } from './probe.ts'

/** What an API server is started from. */
export interface ApiServerOptions {
  readonly program: string
  readonly etcd: EtcdAddress
  /** What stands before all its keys in etcd, without slash. */
  readonly prefix: string
  readonly folder: string
  readonly name: string
  /** A free one when absent. */
  readonly port?: number
  /** The authority of its certificates, when somebody else made one. */
  readonly authority?: { readonly certificate: string; readonly key: string }
  /** More arguments. */
  readonly flags?: readonly string[]
}

/** A running API server. Stop it before its etcd: it hangs in its shutdown otherwise. */
export class ApiServer {
  readonly url: string
  readonly credentials: Credentials
  /** Kubeconfig of an administrator. */
  readonly adminKubeconfig: string
  readonly #process: LaneProcess

  private constructor(url: string, credentials: Credentials, adminKubeconfig: string, process: LaneProcess) {
    this.url = url
    this.credentials = credentials
    this.adminKubeconfig = adminKubeconfig
    this.#process = process
  }

  /** Starts one and resolves when it is ready, after three to five seconds. */
  static async start(options: ApiServerOptions): Promise<ApiServer> {
    const credentials = await Credentials.create(join(options.folder, `${options.name}-certificates`), options.authority)
    const port = options.port ?? (await freePort())
    const url = `https://127.0.0.1:${port}`
    const [adminKubeconfig] = await Promise.all([
      credentials.writeKubeconfig('admin', { user: 'admin', groups: ['system:masters'] }, url),
      credentials.issueServer('api-server'),
      credentials.createTokenKeys(),
    ])
    const process = new LaneProcess({
      name: options.name,
      logFile: join(options.folder, `${options.name}.log`),
      command: [options.program, ...flagsOf(options, credentials, port), ...(options.flags ?? [])],
    })
    await process.untilReady(() => isAnswering(`${url}/readyz`, credentials))
    return new ApiServer(url, credentials, adminKubeconfig, process)
  }

  /** The kubeconfig file of a further user. */
  kubeconfigFor(name: string, identity: Identity): Promise<string> {
    return this.credentials.writeKubeconfig(name, identity, this.url)
  }

  /** Ends it in order, or at once as a lost machine would. */
  stop(how: 'in order' | 'at once' = 'in order'): Promise<void> {
    return this.#process.stop(how === 'in order' ? 'SIGTERM' : 'SIGKILL')
  }
}

function flagsOf({ etcd, prefix }: ApiServerOptions, credentials: Credentials, port: number): readonly string[] {
  const path = (file: string) => credentials.path(file)
  return [
    `--etcd-servers=${etcd.url}`,
    `--etcd-prefix=/${prefix}`,
    `--etcd-cafile=${etcd.credentials.path('ca.crt')}`,
    `--etcd-certfile=${etcd.credentials.path('api-server.crt')}`,
    `--etcd-keyfile=${etcd.credentials.path('api-server.key')}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    '--endpoint-reconciler-type=none',
    `--tls-cert-file=${path('api-server.crt')}`,
    `--tls-private-key-file=${path('api-server.key')}`,
    `--client-ca-file=${path('ca.crt')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${path('sa.pub')}`,
    `--service-account-signing-key-file=${path('sa.key')}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--authorization-mode=Node,RBAC',
    '--allow-privileged=true',
    `--requestheader-client-ca-file=${path('ca.crt')}`,
    '--requestheader-allowed-names=front-proxy',
    '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    '--shutdown-delay-duration=0s',
  ]
}
