// SPDX-License-Identifier: Apache-2.0
/**
 * Stands in for the API server of the management cluster: speaks list, watch and reads of Secrets over HTTP, from memory. Not done here:
 * TLS, log-in, label selectors, pages, writes (refused), and every kind that no object is of (told as not installed). Who is refused a
 * Secret here, a real API server refuses by RBAC: that is tested with a real one in `test/cluster`.
 */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { KubernetesObject } from '@kaas/planner'

/** An object with what controllers wrote. */
export type ServedObject = KubernetesObject & { readonly status?: object }

/** A running server. */
export interface KubernetesStandIn {
  /** Content of a kubeconfig for it. */
  readonly kubeconfig: string
  /** Paths of Secrets that were asked for, `kaas-shop/kaas-control-plane`, in their order. */
  readonly secretsAsked: readonly string[]
  /** Puts an object in place of the one with its kind, namespace and name, and tells it to all watches. */
  put(object: ServedObject): void
  putSecret(namespace: string, name: string, content: Readonly<Record<string, string>>): void
  /** Reads of Secrets of this namespace are forbidden from now on, or no longer. */
  forbid(namespace: string, isForbidden: boolean): void
  stop(): Promise<void>
}

/** What is served. */
interface Served {
  version: number
  readonly objects: Map<string, ServedObject>
  readonly secrets: Map<string, Readonly<Record<string, string>>>
  readonly forbidden: Set<string>
  readonly watches: Set<{ readonly path: string; readonly response: ServerResponse }>
  readonly asked: string[]
}

/** Starts it, empty, on a free port of loopback. */
export async function startKubernetesStandIn(): Promise<KubernetesStandIn> {
  const served: Served = {
    version: 1,
    objects: new Map(),
    secrets: new Map(),
    forbidden: new Set(),
    watches: new Set(),
    asked: [],
  }
  const server = createServer(({ method, url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://server')
    if (method !== 'GET') refuse(response, 404, 'the server could not find the requested resource')
    else answer(served, pathname, searchParams.has('watch'), response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    kubeconfig: kubeconfigFor(`http://127.0.0.1:${port}`),
    secretsAsked: served.asked,
    put: (object) => put(served, object),
    putSecret: (namespace, name, content) => void served.secrets.set(`${namespace}/${name}`, content),
    forbid: (namespace, isForbidden) =>
      void (isForbidden ? served.forbidden.add(namespace) : served.forbidden.delete(namespace)),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer(served: Served, path: string, isWatch: boolean, response: ServerResponse): void {
  const secret = /^\/api\/v1\/namespaces\/([^/]+)\/secrets\/([^/]+)$/.exec(path)
  const items = [...served.objects.values()].filter((object) => pathOf(object) === path)
  if (path === '/version') json(response, 200, { major: '1', minor: '36' })
  else if (secret !== null) answerSecret(served, secret[1] ?? '', decodeURIComponent(secret[2] ?? ''), response)
  else if (items.length === 0) refuse(response, 404, 'the server could not find the requested resource')
  else if (!isWatch) json(response, 200, { metadata: { resourceVersion: String(served.version) }, items })
  else openWatch(served, path, response)
}

function openWatch(served: Served, path: string, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.flushHeaders()
  const watch = { path, response }
  served.watches.add(watch)
  response.on('close', () => served.watches.delete(watch))
}

function answerSecret(served: Served, namespace: string, name: string, response: ServerResponse): void {
  served.asked.push(`${namespace}/${name}`)
  const content = served.secrets.get(`${namespace}/${name}`)
  if (served.forbidden.has(namespace)) {
    refuse(response, 403, `secrets "${name}" is forbidden: User "kaas" cannot get resource "secrets" in "${namespace}"`)
  } else if (content === undefined) refuse(response, 404, `secrets "${name}" not found`)
  else {
    const data = Object.entries(content).map(([key, value]) => [key, Buffer.from(value).toString('base64')])
    json(response, 200, { metadata: { namespace, name }, data: Object.fromEntries(data) })
  }
}

function put(served: Served, object: ServedObject): void {
  served.version += 1
  const { metadata } = object
  const versioned = {
    ...object,
    metadata: {
      generation: 1,
      ...metadata,
      resourceVersion: String(served.version),
      creationTimestamp: '2026-11-21T07:00:00Z',
    },
  }
  const key = `${pathOf(object)} ${metadata?.namespace ?? ''} ${metadata?.name ?? ''}`
  const type = served.objects.has(key) ? 'MODIFIED' : 'ADDED'
  served.objects.set(key, versioned as ServedObject)
  for (const { path, response } of served.watches) {
    if (path === pathOf(object)) response.write(`${JSON.stringify({ type, object: versioned })}\n`)
  }
}

/** Plurals of the kinds that are rendered are regular. */
function pathOf({ apiVersion, kind }: ServedObject): string {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  return `${group}/${kind.toLowerCase()}s`
}

function kubeconfigFor(server: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'here', cluster: { server } }],
    users: [{ name: 'kaas', user: { token: 'a-token-that-nobody-looks-at' } }],
    contexts: [{ name: 'here', context: { cluster: 'here', user: 'kaas' } }],
    'current-context': 'here',
  })
}

function refuse(response: ServerResponse, code: number, message: string): void {
  json(response, code, { kind: 'Status', status: 'Failure', message, code })
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
