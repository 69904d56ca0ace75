// SPDX-License-Identifier: Apache-2.0
/** What exists from the first start on: the team "default", and the clusters that the configuration names. */
import { readFile } from 'node:fs/promises'
import { API_VERSION, parseDocument, type Resource } from '@kaas/domain'
import { asKaasError, KaasError } from '@kaas/errors'
import type { Actor } from './actor.ts'
import { putResource } from './put-resource.ts'
import type { ServiceParts } from './service-parts.ts'

/** The team that every database begins with. */
export const DEFAULT_TEAM = 'default'

const CONFIGURATION: Actor = { name: 'configuration', kind: 'bootstrap', rule: 'configuration' }

/** Writes both as intent. Unchanged documents leave no trace. Throws `config-invalid` when the file cannot be used. */
export async function ensureDefaults(parts: ServiceParts, clustersFile: string | undefined): Promise<void> {
  const team = parseDocument({ apiVersion: API_VERSION, kind: 'Team', metadata: { name: DEFAULT_TEAM }, spec: {} })
  if ((await parts.store.loadResource({ kind: 'Team', name: DEFAULT_TEAM })) === undefined) await put(parts, team)
  for (const cluster of clustersFile === undefined ? [] : await readClusters(clustersFile)) await put(parts, cluster)
}

async function put(parts: ServiceParts, document: Resource): Promise<void> {
  await putResource(parts, document, { actor: CONFIGURATION, dryRun: false, fromConfiguration: true })
}

async function readClusters(file: string): Promise<readonly Resource[]> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'))
    const documents = (Array.isArray(content) ? content : [content]).map(parseDocument)
    const other = documents.find(({ kind }) => kind !== 'KafkaCluster')
    if (other !== undefined) throw new Error(`it holds a ${other.kind}; only KafkaCluster is taken`)
    return documents
  } catch (cause) {
    throw new KaasError('config-invalid', {
      message: `The file of KAAS_CLUSTERS_FILE (${file}) cannot be used: ${asKaasError(cause).message}`,
      help: 'Write KafkaCluster documents as a JSON list.',
      cause,
    })
  }
}
