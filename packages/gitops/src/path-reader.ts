// SPDX-License-Identifier: Apache-2.0
/**
 * The content of a path at a commit. What git calls "missing" is either not there or lost by damage, and to take the second for
 * the first would remove files; so the folder is looked at before a path counts as absent.
 */
import { damagedCopy } from './git-failure.ts'
import type { GitObject, ObjectReader } from './object-reader.ts'
import { checkedPath } from './repository-path.ts'

/** Folders kept in memory: those of one tenant and the long list of tenants. */
const KEPT_FOLDERS = 16

/** Reads paths. */
export class PathReader {
  readonly #objects: ObjectReader
  readonly #folders = new Map<string, Promise<GitObject | undefined>>()

  constructor(objects: ObjectReader) {
    this.#objects = objects
  }

  /** The text of a file; undefined when there is none, or a folder. Throws `stored-data-corrupt` when it is there and cannot be read. */
  async read(commit: string, path: string): Promise<string | undefined> {
    const object = await this.#objects.read(`${commit}:${checkedPath(path)}`)
    if (object !== undefined) return object.type === 'blob' ? object.bytes.toString('utf8') : undefined
    if (await this.#isListed(commit, path)) throw damagedCopy(`reading ${path}`, 'it is listed and not there')
    return undefined
  }

  async #isListed(commit: string, path: string): Promise<boolean> {
    const slash = path.lastIndexOf('/')
    const folder = path.slice(0, Math.max(slash, 0))
    const tree = await this.#folder(commit, folder)
    // An entry is its mode, a space, its name, a zero and its hash.
    if (tree !== undefined) return tree.type === 'tree' && tree.bytes.includes(` ${path.slice(slash + 1)}\0`)
    if (folder === '') throw damagedCopy(`reading ${commit}`, 'its first folder is not there')
    if (await this.#isListed(commit, folder)) throw damagedCopy(`reading ${folder}/`, 'it is listed and not there')
    return false
  }

  #folder(commit: string, folder: string): Promise<GitObject | undefined> {
    const spec = `${commit}:${folder}`
    const kept = this.#folders.get(spec)
    if (kept !== undefined) return kept
    const tree = this.#objects.read(spec)
    this.#folders.set(spec, tree)
    tree.catch(() => this.#folders.delete(spec))
    const [oldest] = this.#folders.keys()
    if (this.#folders.size > KEPT_FOLDERS && oldest !== undefined) this.#folders.delete(oldest)
    return tree
  }
}
