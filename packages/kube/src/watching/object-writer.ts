// SPDX-License-Identifier: Apache-2.0
/** Writes objects by server-side apply, as the field manager `kaas`. Which plural a kind has is asked of the API server once. */
import { KaasError } from '@kaas/errors'
import { z } from 'zod'
import type { ClusterWatch, ObjectKey } from '../cluster-watch.ts'
import type { ApiClient } from '../connection/api-client.ts'
import { apiError } from '../connection/api-error.ts'
import { groupPath, objectPath } from './api-paths.ts'

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
})

const resourcesSchema = z.object({ resources: z.array(z.object({ name: z.string(), kind: z.string() })) })

/** Holds the plurals that were learnt. Throws `kubernetes-unavailable`, `kubernetes-refused` with the server's words. */
export class ObjectWriter {
  readonly #client: ApiClient
  readonly #plurals = new Map<string, string>()

  constructor(client: ApiClient) {
    this.#client = client
  }

  /** Takes the fields over from whoever had them: what is rendered is what must be. */
  apply(object: object): Promise<void> {
    return this.#patch(object, '')
  }

  /** The subresource `status`; the rest of the object is ignored by the server. */
  applyStatus(object: object): Promise<void> {
    return this.#patch(object, '/status')
  }

  /** Dependents go in the background. An object that is gone already is no failure. */
  async remove(key: Parameters<ClusterWatch['remove']>[0]): Promise<void> {
    const path = `${objectPath(key.apiVersion, key.plural, key)}?propagationPolicy=Background`
    const answer = await this.#client.send({ method: 'DELETE', path })
    if (answer.status < 300 || answer.status === 404) return
    throw apiError(answer.server, `delete ${nameOf(key)}`, answer)
  }

  async #patch(object: object, subresource: string): Promise<void> {
    const { apiVersion, kind, metadata } = objectSchema.parse(object)
    const path = objectPath(apiVersion, await this.#pluralOf(apiVersion, kind), metadata)
    const body = { type: 'application/apply-patch+yaml', text: JSON.stringify(object) }
    const query = 'fieldManager=kaas&force=true&fieldValidation=Strict'
    const answer = await this.#client.send({ method: 'PATCH', path: `${path}${subresource}?${query}`, body })
    if (answer.status < 300) return
    throw apiError(answer.server, `apply ${nameOf({ kind, ...metadata })}`, answer)
  }

  async #pluralOf(apiVersion: string, kind: string): Promise<string> {
    const known = this.#plurals.get(`${apiVersion}/${kind}`)
    if (known !== undefined) return known
    const answer = await this.#client.send({ method: 'GET', path: groupPath(apiVersion) })
    if (answer.status !== 200 && answer.status !== 404) throw apiError(answer.server, `tell what ${apiVersion} has`, answer)
    const { resources } = answer.status === 404 ? { resources: [] } : resourcesSchema.parse(JSON.parse(answer.body))
    // Subresources such as `kafkas/status` have the same kind.
    const found = resources.find((resource) => resource.kind === kind && !resource.name.includes('/'))
    if (found === undefined) throw notInstalled(answer.server, apiVersion, kind)
    this.#plurals.set(`${apiVersion}/${kind}`, found.name)
    return found.name
  }
}

function nameOf({ kind, namespace, name }: ObjectKey): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`
}

function notInstalled(server: string, apiVersion: string, kind: string): KaasError {
  return new KaasError('kubernetes-refused', {
    message: `The Kubernetes API server ${server} has no kind ${kind} in ${apiVersion}.`,
    help: 'Install its definition (CRD) in this version.',
  })
}
