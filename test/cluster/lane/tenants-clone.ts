// SPDX-License-Identifier: Apache-2.0
/** A person's clone of the repository of tenants: documents are written, `kaas render` makes the rest, and a push asks Flux to look. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ProgramResult, runProgram, temporaryDirectory } from '@kaas/testkit'
import { askAgain, GIT_REPOSITORY } from './conditions.ts'
import type { KubeApi } from './kube-api.ts'
import type { LaneAddress } from './lane.ts'

const KAAS = fileURLToPath(new URL('../../../apps/cli/bin/kaas.js', import.meta.url))

/** A working copy on branch main. */
export class TenantsClone {
  readonly folder: string
  readonly #api: KubeApi

  private constructor(folder: string, api: KubeApi) {
    this.folder = folder
    this.#api = api
  }

  /** Clones the lane's repository, which may be empty. */
  static async open({ repository }: LaneAddress, api: KubeApi): Promise<TenantsClone> {
    const folder = temporaryDirectory('tenants')
    await runProgram('git', ['clone', '--quiet', repository.url, folder])
    const clone = new TenantsClone(folder, api)
    await clone.#git('config', 'user.name', 'A person')
    await clone.#git('config', 'user.email', 'person@example.org')
    return clone
  }

  /** The text of a file. */
  read(path: string): Promise<string> {
    return readFile(join(this.folder, path), 'utf8')
  }

  /** Writes a file, with the folders above it. */
  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.folder, path)), { recursive: true })
    await writeFile(join(this.folder, path), text)
  }

  /** Replaces a text that stands in the file. Throws when it does not. */
  async replace(path: string, before: string | RegExp, after: string): Promise<void> {
    const text = await this.read(path)
    const changed = text.replace(before, after)
    if (changed === text) throw new Error(`${path} does not hold ${before}.`)
    await this.write(path, changed)
  }

  /** Removes a file or folder. */
  remove(path: string): Promise<void> {
    return rm(join(this.folder, path), { recursive: true })
  }

  /** The command line in the clone, as a person or a pipeline runs it. */
  kaas(...args: readonly string[]): Promise<ProgramResult> {
    return runProgram(process.execPath, [KAAS, ...args], { cwd: this.folder })
  }

  /** Renders the documents of one tenant, which stand in its `tenant.yaml`. */
  async render(tenant: string): Promise<void> {
    await this.kaas('render', '-f', `tenants/${tenant}/tenant.yaml`, '--out', '.')
  }

  /** Commits everything and pushes it; resolves with the commit. */
  async push(message: string): Promise<string> {
    await this.#git('add', '--all')
    await this.#git('commit', '--quiet', '--message', message)
    await this.#git('push', '--quiet', 'origin', 'main')
    return this.head()
  }

  /** The commit of the clone. */
  async head(): Promise<string> {
    return (await this.#git('rev-parse', 'HEAD')).trim()
  }

  /** Takes over what others pushed. */
  async pull(): Promise<void> {
    await this.#git('pull', '--quiet', '--rebase', 'origin', 'main')
  }

  /** Asks Flux to fetch the repository now. */
  async askFlux(): Promise<void> {
    await askAgain(this.#api, GIT_REPOSITORY, 'flux-system', 'kaas')
  }

  async #git(...args: readonly string[]): Promise<string> {
    return (await runProgram('git', args, { cwd: this.folder })).stdout
  }
}
