// SPDX-License-Identifier: Apache-2.0
/** Manifests as the bytes of their files: YAML, with the reason of every planned field behind it. */
import type { Manifest } from './manifest.ts'
import { writeYaml } from './write-yaml.ts'

/** The first line of every rendered file: by it a renderer knows what it may remove. */
export const RENDERED_HEADER =
  '# Rendered by kaas from tenant.yaml and platform.yaml. Change those; this file is written anew.'

/** The text of every file by its path; objects of one path stand in it in the order in which they come. */
export function renderFiles(manifests: readonly Manifest[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const manifest of manifests) {
    const before = files.get(manifest.path)
    files.set(
      manifest.path,
      before === undefined ? renderYaml(manifest) : `${before}---\n${writeYaml(manifest.object, manifest.because)}`,
    )
  }
  return files
}

/** The text of a file with one object. Lines are never folded, so that one changed field is one changed line. */
export function renderYaml(manifest: Manifest): string {
  return writeYaml(manifest.object, manifest.because, `${RENDERED_HEADER}\n`)
}
