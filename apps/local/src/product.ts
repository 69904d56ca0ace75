// SPDX-License-Identifier: Apache-2.0
/**
 * The product on one machine: what starts when, and in which order it stops. Kafka and the control plane start side by
 * side; the gateway needs the control plane's snapshot, so it comes after it; it stops first, so that no client is cut off
 * from a broker behind a gateway that still accepts.
 */
import { Child } from './child-process.ts'
import { apiUrlOf, controlPlaneSettings, gatewaySettings, type PartSettings } from './child-settings.ts'
import type { LocalConfig } from './config.ts'
import { prepareConsole } from './console.ts'
import { type Engine, type EngineAddress, startEngine } from './engine.ts'
import { KeptRunning } from './kept-running.ts'
import { registerCluster } from './register-cluster.ts'
import type { StatePaths } from './state-files.ts'
import { prepareTenantsRepository } from './tenants-repository.ts'

/** How long each part took to be ready, in the order in which they were. */
export type SplitTimes = readonly { readonly part: string; readonly readyMs: number }[]

/** A part of the product that can be stopped. */
interface Part {
  stop(): Promise<void>
}

/** Starts and stops the parts. `stop` may be called at any time, also while `start` runs. */
export class Product {
  readonly #config: LocalConfig
  readonly #paths: StatePaths
  readonly #address: EngineAddress
  readonly #print: (line: string) => void
  readonly #times: { part: string; readyMs: number }[] = []
  /** In the order in which they stop. */
  readonly #parts: { gateway?: Part; controlPlane?: Part; engine?: Part } = {}
  #stopping: Promise<void> | undefined

  constructor(config: LocalConfig, paths: StatePaths, address: EngineAddress, print: (line: string) => void) {
    this.#config = config
    this.#paths = paths
    this.#address = address
    this.#print = print
  }

  get isStopping(): boolean {
    return this.#stopping !== undefined
  }

  /**
   * Starts everything; resolves when clients can be served, or when `stop` was called meanwhile and is done. What cannot
   * start is thrown after the rest has stopped.
   */
  async start(): Promise<SplitTimes> {
    const started = performance.now()
    const timed = async <T>(part: string, work: Promise<T>): Promise<T> => {
      const result = await work
      this.#times.push({ part, readyMs: Math.round(performance.now() - started) })
      return result
    }
    const console = prepareConsole(this.#print)
    const work = Promise.all([
      timed(this.#address.kind === 'apache' ? 'Kafka' : 'Kafka (runs already)', this.#startEngine()),
      timed('control plane', this.#startControlPlane(console.folder)).then(() =>
        timed('gateway', this.#startChild('gateway', gatewaySettings(this.#config, this.#paths))),
      ),
    ])
    try {
      await work
      await timed('cluster known', registerCluster(apiUrlOf(this.#config), this.#paths.token, this.#address))
      await console.done
    } catch (error) {
      const wasAskedTo = this.isStopping
      await this.stop()
      if (!wasAskedTo) throw error
    }
    return this.#times
  }

  /** Ends gateway, control plane and Kafka, one after the other, and says each. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll()
    return this.#stopping
  }

  async #stopAll(): Promise<void> {
    const { controlPlane, engine, gateway } = this.#parts
    for (const [name, part] of [
      ['The gateway', gateway],
      ['The control plane', controlPlane],
      ['Kafka', engine],
    ] as const) {
      if (part === undefined) continue
      await part.stop()
      this.#print(`${name} has stopped.`)
    }
  }

  async #startControlPlane(consoleFolder: string): Promise<void> {
    const gitUrl = await this.#gitUrl()
    await this.#startChild('controlPlane', controlPlaneSettings(this.#config, this.#paths, gitUrl, consoleFolder))
  }

  async #gitUrl(): Promise<string | undefined> {
    const { gitUrl } = this.#config
    if (gitUrl !== undefined) return gitUrl
    const folder = this.#paths.tenantsRepository
    return (await prepareTenantsRepository(folder, this.#print)) ? folder : undefined
  }

  async #startEngine(): Promise<void> {
    const starting: Promise<Engine> = startEngine(this.#config, this.#paths, this.#address, this.#print)
    this.#parts.engine = { stop: () => starting.then((engine) => engine.stop()).catch(() => {}) }
    await starting
  }

  async #startChild(key: 'controlPlane' | 'gateway', settings: PartSettings): Promise<void> {
    if (this.isStopping) return
    const child: Child = new Child({ ...settings, onDeath: (reason) => kept.died(reason) })
    const kept = new KeptRunning(settings.name, () => child.start(), this.#print)
    this.#parts[key] = {
      stop: async () => {
        const closed = kept.close()
        await child.stop()
        await closed
      },
    }
    await child.start()
  }
}
