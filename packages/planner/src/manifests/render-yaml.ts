// SPDX-License-Identifier: Apache-2.0
/** A manifest as the bytes of its file: YAML, with the reason of every planned field behind it. */
import { Document, isScalar } from 'yaml'
import type { Manifest } from './manifest.ts'

/** The first line of every rendered file: by it a renderer knows what it may remove. */
export const RENDERED_HEADER =
  '# Rendered by kaas from tenant.yaml and platform.yaml. Change those; this file is written anew.'

/** The file's text. Lines are never folded, so that one changed field is one changed line. */
export function renderYaml({ object, because }: Manifest): string {
  const document = new Document(object, { aliasDuplicateObjects: false })
  for (const { path, reason } of because) {
    const node = document.getIn(path, true)
    if (!isScalar(node)) throw new TypeError(`There is no field ${path.join('.')} in ${object.kind}.`)
    node.comment = ` ${reason}`
  }
  return `${RENDERED_HEADER}\n${document.toString({ lineWidth: 0 })}`
}
