// SPDX-License-Identifier: Apache-2.0
/**
 * Reads a kubeconfig: which server its current context names, and how to log in there. Pure; files and programs that it names are
 * used in `credentials.ts`. Format: kubernetes.io/docs/reference/config-api/kubeconfig.v1.
 */
import { KaasError } from '@kaas/errors'
import { parse } from 'yaml'
import { z } from 'zod'

/** Bytes that stand in the kubeconfig itself, or in a file that it names. */
export type Material = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'file'; readonly path: string }

/** A program that prints credentials (client.authentication.k8s.io), as EKS needs it. */
export interface ExecPlugin {
  readonly apiVersion: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly provideClusterInfo: boolean
  readonly installHint: string | undefined
}

/** The server and the log-in of one context. */
export interface KubeAccess {
  /** Without a slash at its end. */
  readonly server: string
  readonly authority: Material | undefined
  readonly serverName: string | undefined
  readonly isInsecure: boolean
  readonly proxyUrl: string | undefined
  readonly certificate: { readonly certificate: Material; readonly key: Material } | undefined
  readonly token: Material | undefined
  readonly password: { readonly user: string; readonly password: string } | undefined
  readonly exec: ExecPlugin | undefined
  readonly impersonate: { readonly user: string; readonly groups: readonly string[] } | undefined
}

const clusterSchema = z.object({
  server: z.url({ protocol: /^https?$/ }),
  'certificate-authority': z.string().optional(),
  'certificate-authority-data': z.string().optional(),
  'tls-server-name': z.string().optional(),
  'insecure-skip-tls-verify': z.boolean().optional(),
  'proxy-url': z.url({ protocol: /^https?$/ }).optional(),
})

const execSchema = z.object({
  apiVersion: z.enum(['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1']),
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  provideClusterInfo: z.boolean().optional(),
  installHint: z.string().optional(),
  interactiveMode: z.enum(['Never', 'IfAvailable']).optional(),
})

const userSchema = z.object({
  'client-certificate': z.string().optional(),
  'client-certificate-data': z.string().optional(),
  'client-key': z.string().optional(),
  'client-key-data': z.string().optional(),
  token: z.string().optional(),
  tokenFile: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  exec: execSchema.optional(),
  as: z.string().optional(),
  'as-groups': z.array(z.string()).optional(),
  'auth-provider': z.never({ error: 'was removed from Kubernetes: use exec' }).optional(),
})

const kubeconfigSchema = z.object({
  'current-context': z.string().min(1),
  clusters: z.array(z.object({ name: z.string(), cluster: z.unknown() })),
  contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string(), user: z.string() }) })),
  users: z.array(z.object({ name: z.string(), user: z.unknown() })),
})

type ClusterEntry = z.infer<typeof clusterSchema>
type UserEntry = z.infer<typeof userSchema>

/** The current context of a kubeconfig. Throws `config-invalid` with the field; never with a value, since many are secrets. */
export function parseKubeconfig(text: string): KubeAccess {
  const config = checked(kubeconfigSchema, parsedYaml(text), 'The kubeconfig')
  const current = config['current-context']
  const context = config.contexts.find(({ name }) => name === current)?.context
  if (context === undefined) throw invalid(`The kubeconfig has no context "${current}", which is its current one.`)
  const cluster = config.clusters.find(({ name }) => name === context.cluster)?.cluster
  if (cluster === undefined) throw invalid(`The kubeconfig has no cluster "${context.cluster}".`)
  const user = config.users.find(({ name }) => name === context.user)?.user
  if (user === undefined) throw invalid(`The kubeconfig has no user "${context.user}".`)
  return accessOf(
    checked(clusterSchema, cluster, `Cluster "${context.cluster}" of the kubeconfig`),
    checked(userSchema, user ?? {}, `User "${context.user}" of the kubeconfig`),
  )
}

/** Where the API server of a kubeconfig is, and its CA, without how to log in. Throws as parseKubeconfig does. */
export function apiServerOf(text: string): { readonly server: string; readonly ca?: string } {
  const { server, authority } = parseKubeconfig(text)
  return authority?.kind === 'text' ? { server, ca: authority.text } : { server }
}

function accessOf(cluster: ClusterEntry, user: UserEntry): KubeAccess {
  const certificate = materialOf(user['client-certificate-data'], user['client-certificate'])
  const key = materialOf(user['client-key-data'], user['client-key'])
  if ((certificate === undefined) !== (key === undefined)) {
    throw invalid('The kubeconfig has a client certificate without its key, or a key without its certificate.')
  }
  return {
    server: cluster.server.replace(/\/+$/, ''),
    authority: materialOf(cluster['certificate-authority-data'], cluster['certificate-authority']),
    serverName: cluster['tls-server-name'],
    isInsecure: cluster['insecure-skip-tls-verify'] ?? false,
    proxyUrl: cluster['proxy-url'],
    certificate: certificate && key ? { certificate, key } : undefined,
    token: tokenOf(user),
    password: user.username === undefined ? undefined : { user: user.username, password: user.password ?? '' },
    exec: user.exec === undefined ? undefined : execOf(user.exec),
    impersonate: user.as === undefined ? undefined : { user: user.as, groups: user['as-groups'] ?? [] },
  }
}

/** The file wins over the text, as in client-go: the text is what the file held when the kubeconfig was written. */
function tokenOf(user: UserEntry): Material | undefined {
  if (user.tokenFile !== undefined) return { kind: 'file', path: user.tokenFile }
  return user.token === undefined ? undefined : { kind: 'text', text: user.token }
}

/** The text wins over the file, as in client-go. */
function materialOf(data: string | undefined, path: string | undefined): Material | undefined {
  if (data !== undefined) return { kind: 'text', text: Buffer.from(data, 'base64').toString('utf8') }
  return path === undefined ? undefined : { kind: 'file', path }
}

function execOf(exec: z.infer<typeof execSchema>): ExecPlugin {
  return {
    apiVersion: exec.apiVersion,
    command: exec.command,
    args: exec.args ?? [],
    env: Object.fromEntries((exec.env ?? []).map(({ name, value }) => [name, value])),
    provideClusterInfo: exec.provideClusterInfo ?? false,
    installHint: exec.installHint,
  }
}

function parsedYaml(text: string): unknown {
  try {
    return parse(text)
  } catch {
    throw invalid('The kubeconfig is not YAML.')
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const { path, message } = result.error.issues[0] ?? { path: [], message: 'cannot be read' }
  throw invalid(`${what} cannot be used: ${path.length === 0 ? 'the whole' : path.join('.')}: ${message}.`)
}

function invalid(message: string): KaasError {
  return new KaasError('config-invalid', {
    message,
    help: 'Write the kubeconfig anew and try it with kubectl --kubeconfig FILE version.',
  })
}
