// SPDX-License-Identifier: Apache-2.0
/**
 * The Kubernetes clusters that tenants run on: the management cluster, and the own cluster of each tenant with isolation `cluster`,
 * reached by the kubeconfig that Cluster API left in a Secret. Watches of tenants are opened when they are first asked for.
 */
import { KaasError } from '@kaas/errors'
import { apiServerOf, type ClusterWatch, type KubeOptions } from '@kaas/kube'
import type { Log } from '@kaas/telemetry'
import { withinRights } from './cluster-rights.ts'
import { MANAGEMENT_KINDS, OWN_LABEL, TENANT_KINDS } from './watched-kinds.ts'

/** What is needed to open watches. */
export interface KubernetesClustersOptions {
  /** The kubeconfig of the management cluster, read anew when it is asked for. */
  readonly kubeconfig: () => Promise<string>
  readonly watch: (options: KubeOptions) => ClusterWatch
  /** Tenants of which something changed. Several changes at once are told once. */
  readonly changed: (tenants: readonly string[]) => void
  readonly now: () => Date
  readonly log: Log
}

/** So long changes are gathered before they are told. */
const GATHER_MS = 300
/** How long the first look at a cluster may take before its conditions say that it is unknown. */
const READY_MS = 5_000

/** Owns the watches; `close` ends them. */
export class KubernetesClusters {
  readonly #options: KubernetesClustersOptions
  readonly #tenants = new Map<string, ClusterWatch>()
  readonly #known = new Set<string>()
  readonly #waiting = new Set<string>()
  readonly #management: ClusterWatch
  #timer: NodeJS.Timeout | undefined

  constructor(options: KubernetesClustersOptions) {
    this.#options = options
    this.#management = withinRights(this.#open(options.kubeconfig, true, undefined))
  }

  /** The management cluster, after its first look. Throws what stands in the way. */
  async management(tenant: string): Promise<ClusterWatch> {
    this.#known.add(tenant)
    return await seen(this.#management)
  }

  /** The tenant's own cluster, lost or not; undefined while no kubeconfig of it is there. */
  async ofTenant(tenant: string): Promise<ClusterWatch | undefined> {
    const kubeconfig = await this.#kubeconfigOf(tenant)
    if (kubeconfig === undefined) {
      await this.forget(tenant)
      return undefined
    }
    const known = this.#tenants.get(tenant)
    if (known !== undefined) return known
    const watch = this.#open(async () => (await this.#kubeconfigOf(tenant)) ?? kubeconfig, false, tenant)
    this.#tenants.set(tenant, watch)
    await watch.ready(READY_MS).catch(() => undefined)
    return watch
  }

  /** Where the API server of a tenant's own cluster is; undefined while no kubeconfig of it is there. */
  async apiServerOf(tenant: string): Promise<{ readonly server: string; readonly ca?: string } | undefined> {
    const kubeconfig = await this.#kubeconfigOf(tenant)
    return kubeconfig === undefined ? undefined : apiServerOf(kubeconfig)
  }

  /** Whether each cluster that is watched answers: the management cluster first. */
  health(): readonly { readonly name: string; readonly problem: KaasError | undefined }[] {
    const own = [...this.#tenants].map(([tenant, watch]) => ({ name: tenant, problem: watch.problem() }))
    return [{ name: 'management', problem: this.#management.problem() }, ...own]
  }

  /** Asks Flux to look at the repository now instead of at its next interval. That it may not be asked stops nobody. */
  async nudge(tenant: string): Promise<void> {
    const metadata = {
      name: 'kaas',
      namespace: 'flux-system',
      annotations: { 'reconcile.fluxcd.io/requestedAt': this.#options.now().toISOString() },
    }
    try {
      const watch = await this.management(tenant)
      const source = watch.objectsOfPlatform().find(({ kind, name }) => kind === 'GitRepository' && name === metadata.name)
      if (source === undefined) return
      await watch.apply({ apiVersion: source.apiVersion, kind: source.kind, metadata })
    } catch (error) {
      this.#options.log.debug({ tenant, error }, 'Flux could not be asked to look now')
    }
  }

  /** Ends the watch of a tenant's own cluster. */
  async forget(tenant: string): Promise<void> {
    const watch = this.#tenants.get(tenant)
    this.#tenants.delete(tenant)
    await watch?.close()
  }

  /** Ends all watches. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    await Promise.all([...this.#tenants.keys()].map((tenant) => this.forget(tenant)))
    await this.#management.close()
  }

  async #kubeconfigOf(tenant: string): Promise<string | undefined> {
    const secret = await this.#management.readSecret(`kaas-${tenant}`, `${tenant}-kubeconfig`)
    return secret?.value
  }

  #open(kubeconfig: () => Promise<string>, mayUseHost: boolean, tenant: string | undefined): ClusterWatch {
    return this.#options.watch({
      kubeconfig,
      mayUseHost,
      kinds: tenant === undefined ? MANAGEMENT_KINDS : TENANT_KINDS,
      labelSelector: OWN_LABEL,
      changed: (name) => this.#gather(name === undefined ? (tenant === undefined ? [...this.#known] : [tenant]) : [name]),
      now: this.#options.now,
    })
  }

  #gather(tenants: readonly string[]): void {
    for (const tenant of tenants) this.#waiting.add(tenant)
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      const told = [...this.#waiting]
      this.#waiting.clear()
      this.#options.changed(told)
    }, GATHER_MS)
  }
}

/** A watch that was lost after its first look still answers from memory. */
async function seen(watch: ClusterWatch): Promise<ClusterWatch> {
  try {
    await watch.ready(READY_MS)
    return watch
  } catch (cause) {
    if (cause instanceof KaasError) throw cause
    throw new KaasError('kubernetes-unavailable', {
      message: `The management cluster cannot be looked at: ${cause instanceof Error ? cause.message : String(cause)}`,
      help: 'Check KAAS_KUBECONFIG_FILE and that the API server runs; work goes on by itself.',
      cause,
    })
  }
}
