// SPDX-License-Identifier: Apache-2.0
/**
 * What tests and actors ask an API server, over its HTTP API. Written for tests: it knows kinds by asking the server, and passes
 * answers on as they are. The product has a client of its own, which these tests look at from outside.
 */

import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'yaml'

/** Any object of Kubernetes, as JSON. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly uid?: string
    readonly generation?: number
    readonly resourceVersion?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
    readonly creationTimestamp?: string
    readonly deletionTimestamp?: string
    readonly finalizers?: readonly string[]
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly uid: string }[]
  }
  readonly [field: string]: unknown
}

/** A kind, or an object of it. */
export interface KindOf {
  readonly apiVersion: string
  readonly kind: string
}

/** An answer other than 2xx, with the server's own words. */
export class KubeRefusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** What is applied: a kind, a name and any fields. */
export interface Applied extends KindOf {
  readonly metadata: object
  readonly [field: string]: unknown
}

/** How an object is applied. */
export interface ApplyOptions {
  readonly manager?: string
  readonly dryRun?: boolean
  readonly subresource?: 'status'
}

interface Answer {
  readonly status: number
  readonly text: string
}

interface Resource {
  readonly plural: string
  readonly namespaced: boolean
}

/** A client with the rights of one kubeconfig. */
export class KubeApi {
  readonly kubeconfigFile: string
  readonly #server: URL
  readonly #agent: Agent
  readonly #headers: Readonly<Record<string, string>>
  readonly #resources = new Map<string, Promise<ReadonlyMap<string, Resource>>>()

  /** `token` takes the place of the client certificate: a service account's. */
  constructor(kubeconfigFile: string, token?: string) {
    this.kubeconfigFile = kubeconfigFile
    const config = parse(readFileSync(kubeconfigFile, 'utf8'))
    const [{ cluster }] = config.clusters
    const [{ user }] = config.users
    const bytes = (text: string | undefined) => (text === undefined ? undefined : Buffer.from(text, 'base64'))
    this.#server = new URL(cluster.server)
    this.#agent = new Agent({
      keepAlive: true,
      ca: bytes(cluster['certificate-authority-data']),
      ...(token === undefined && {
        cert: bytes(user['client-certificate-data']),
        key: bytes(user['client-key-data']),
      }),
    })
    const bearer = token ?? user.token
    this.#headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }
  }

  /** The object, or undefined when there is none. */
  async get(kind: KindOf, name: string, namespace?: string): Promise<KubeObject | undefined> {
    const answer = await this.#send('GET', await this.#path(kind, namespace, name))
    return answer.status === 404 ? undefined : read(answer)
  }

  /** All objects of a kind, in one namespace or all. */
  async list(kind: KindOf, namespace?: string, labelSelector?: string): Promise<readonly KubeObject[]> {
    const query = labelSelector === undefined ? '' : `?labelSelector=${encodeURIComponent(labelSelector)}`
    const { items } = read(await this.#send('GET', `${await this.#path(kind, namespace)}${query}`))
    return (items as readonly KubeObject[]).map((item) => ({ ...item, apiVersion: kind.apiVersion, kind: kind.kind }))
  }

  /** Server-side apply; takes over fields of others. Throws KubeRefusal. */
  async apply(object: Applied, options: ApplyOptions = {}): Promise<KubeObject> {
    const { name, namespace } = object.metadata as KubeObject['metadata']
    const query = `?fieldManager=${options.manager ?? 'test'}&force=true&fieldValidation=Strict${options.dryRun ? '&dryRun=All' : ''}`
    const path = await this.#path(object, namespace, name, options.subresource)
    return read(await this.#send('PATCH', path + query, object, 'application/apply-patch+yaml'))
  }

  /** Merge patch of an object or its status. */
  async patch(target: KubeObject, patch: object, subresource?: 'status'): Promise<KubeObject> {
    const path = await this.#path(target, target.metadata.namespace, target.metadata.name, subresource)
    return read(await this.#send('PATCH', path, patch, 'application/merge-patch+json'))
  }

  /** POST below an object or a collection, as `serviceaccounts/x/token`. */
  async post(path: string, body: object): Promise<KubeObject> {
    return read(await this.#send('POST', path, body))
  }

  /** Asks for deletion; nothing happens when it is gone. */
  async remove(kind: KindOf, name: string, namespace?: string): Promise<void> {
    const answer = await this.#send('DELETE', await this.#path(kind, namespace, name))
    if (answer.status !== 404) read(answer)
  }

  /** Removes the namespace of a tenant with all that is in it, marked as the admission policy demands. */
  async giveUpNamespace(tenant: string): Promise<void> {
    const namespace = { apiVersion: 'v1', kind: 'Namespace' }
    const found = await this.get(namespace, `kaas-${tenant}`)
    if (found === undefined) return
    await this.patch(found, { metadata: { annotations: { 'kaas.dev/purge': tenant } } })
    await this.remove(namespace, `kaas-${tenant}`)
  }

  /** Whether this user may do this, as the server answers; `pods/log` is the part `log` of pods. Everywhere, without a namespace. */
  async may(verb: string, group: string, kind: string, namespace?: string): Promise<boolean> {
    const [resource, subresource] = kind.split('/')
    const review = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { verb, group, resource, subresource, namespace } },
    }
    const { status } = await this.post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', review)
    return (status as { readonly allowed: boolean }).allowed
  }

  /** The client of a service account, with a fresh token. */
  async asServiceAccount(namespace: string, name: string): Promise<KubeApi> {
    return new KubeApi(this.kubeconfigFile, await this.tokenOf(namespace, name))
  }

  /** A token of a service account for an hour. */
  async tokenOf(namespace: string, name: string): Promise<string> {
    const spec = { expirationSeconds: 3600 }
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`
    const { status } = await this.post(path, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec })
    return (status as { readonly token: string }).token
  }

  /**
   * Every object of a kind as it is and as it changes, deleted ones with `gone`; begins anew when the connection breaks, until
   * `signal` ends it. `handle` is called for one object at a time; what it throws is given to it again a moment later.
   */
  async watch(
    kind: KindOf,
    handle: (object: KubeObject, gone: boolean) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    while (!signal.aborted) {
      try {
        const path = await this.#path(kind)
        const list = read(await this.#send('GET', path))
        for (const item of list.items as readonly KubeObject[]) await handle({ ...item, ...kind }, false)
        const query = `?watch=1&timeoutSeconds=20&resourceVersion=${list.metadata.resourceVersion}`
        await this.#follow(path + query, handle, signal)
      } catch {
        // A conflict, a lost connection, a kind that is not installed yet: all is looked at anew.
      }
      await sleep(200, undefined, { signal }).catch(() => {})
    }
  }

  /** Ends its connections. */
  close(): void {
    this.#agent.destroy()
  }

  async #path(kind: KindOf, namespace?: string, name?: string, subresource?: string): Promise<string> {
    const root = kind.apiVersion.includes('/') ? `/apis/${kind.apiVersion}` : `/api/${kind.apiVersion}`
    const resource = await this.#resourceOf(root, kind.kind)
    const place = resource.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : ''
    const rest = [name, subresource].filter((part) => part !== undefined).map((part) => `/${part}`)
    return `${root}${place}/${resource.plural}${rest.join('')}`
  }

  async #resourceOf(root: string, kind: string): Promise<Resource> {
    const known = this.#resources.get(root) ?? this.#discover(root)
    this.#resources.set(root, known)
    const found = (await known).get(kind)
    if (found !== undefined) return found
    this.#resources.delete(root)
    throw new KubeRefusal(404, `The server knows no kind ${kind} below ${root}.`)
  }

  async #discover(root: string): Promise<ReadonlyMap<string, Resource>> {
    const answer = await this.#send('GET', root)
    if (answer.status === 404) return new Map()
    const { resources } = read(answer) as unknown as {
      readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[]
    }
    const own = resources.filter(({ name }) => !name.includes('/'))
    return new Map(own.map(({ name, kind, namespaced }) => [kind, { plural: name, namespaced }]))
  }

  async #follow(
    path: string,
    handle: (object: KubeObject, gone: boolean) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const options = { agent: this.#agent, headers: this.#headers, signal }
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(new URL(path, this.#server), options, resolve).on('error', reject).end()
    })
    let rest = ''
    for await (const chunk of response.setEncoding('utf8')) {
      const lines = `${rest}${chunk}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const { type, object } = JSON.parse(line)
        if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED') return
        await handle(object, type === 'DELETED')
      }
    }
  }

  #send(method: string, path: string, body?: object, type = 'application/json'): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body)
    return new Promise((resolve, reject) => {
      const asked = request(
        new URL(path, this.#server),
        {
          method,
          agent: this.#agent,
          headers: { ...this.#headers, ...(text !== undefined && { 'content-type': type }) },
          timeout: 30_000,
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
          )
        },
      )
      asked.on('timeout', () => asked.destroy(new Error(`${method} ${path} was not answered in 30 s.`)))
      asked.on('error', reject)
      asked.end(text)
    })
  }
}

function read({ status, text }: Answer): KubeObject {
  if (status >= 200 && status < 300) return JSON.parse(text)
  throw new KubeRefusal(status, messageOf(text))
}

function messageOf(text: string): string {
  try {
    return JSON.parse(text).message ?? text
  } catch {
    return text
  }
}
