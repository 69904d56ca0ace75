// SPDX-License-Identifier: Apache-2.0
/** Manifests as the bytes of their files: YAML, with the reason of every planned field behind it. */
import { Document, isScalar } from 'yaml'
import type { Manifest } from './manifest.ts'

/** The first line of every rendered file: by it a renderer knows what it may remove. */
export const RENDERED_HEADER =
  '# Rendered by kaas from tenant.yaml and platform.yaml. Change those; this file is written anew.'

/** The text of every file by its path; objects of one path stand in it in the order in which they come. */
export function renderFiles(manifests: readonly Manifest[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const manifest of manifests) {
    const before = files.get(manifest.path)
    files.set(manifest.path, before === undefined ? renderYaml(manifest) : `${before}---\n${bodyOf(manifest)}`)
  }
  return files
}

/** The text of a file with one object. Lines are never folded, so that one changed field is one changed line. */
export function renderYaml(manifest: Manifest): string {
  return `${RENDERED_HEADER}\n${bodyOf(manifest)}`
}

function bodyOf({ object, because }: Manifest): string {
  const document = new Document(object, { aliasDuplicateObjects: false })
  for (const { path, reason } of because) {
    const node = document.getIn(path, true)
    if (!isScalar(node)) throw new TypeError(`There is no field ${path.join('.')} in ${object.kind}.`)
    node.comment = ` ${reason}`
  }
  return document.toString({ lineWidth: 0 })
}
