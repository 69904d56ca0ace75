// SPDX-License-Identifier: Apache-2.0
/** Our charts as files of a repository of tenants, so that a platform depends on nothing of ours that is not in its Git. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { KaasError } from '@kaas/errors'

const CHARTS = fileURLToPath(new URL('../../../../charts/', import.meta.url))

/** What is installed once, in the order in which a reader meets them. */
const NAMES = ['platform', 'cluster', 'gateway', 'control-plane']

/** What a chart needs to be installed. Examples, pages and tests stay here. */
const PARTS = /^(Chart\.yaml|values\.yaml|values\.schema\.json|\.helmignore|(templates|crds)\/.+)$/

/** Text by path below `platform/charts/`. Throws `component-failed` when the charts were not installed with the command. */
export function chartFiles(): ReadonlyMap<string, string> {
  const files = NAMES.flatMap((name) =>
    [...versioned(textsOf(name))].map(([path, text]) => [`${name}/${path}`, text] as const),
  )
  return new Map(files.map(([path, text]) => [`platform/charts/${path}`, text]))
}

function textsOf(chart: string): ReadonlyMap<string, string> {
  const folder = join(CHARTS, chart)
  return new Map(filesBelow(folder).map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
}

/**
 * Flux upgrades a chart out of Git when its version changes. So the version says the content: every change of a chart is taken over,
 * and a commit that changes something else upgrades nothing.
 */
function versioned(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const hash = createHash('sha256').update(JSON.stringify([...texts]))
  const version = (text: string) => text.replace(/^version: (\S+)$/m, `version: $1+${hash.digest('hex').slice(0, 12)}`)
  return new Map([...texts].map(([path, text]) => [path, path === 'Chart.yaml' ? version(text) : text]))
}

function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => PARTS.test(path) && statSync(join(folder, path)).isFile())
      .toSorted()
  } catch (error) {
    throw new KaasError('component-failed', {
      message: `The charts of KaaS are not in ${CHARTS}.`,
      help: 'Run the command from a whole checkout of the project.',
      cause: error,
    })
  }
}
