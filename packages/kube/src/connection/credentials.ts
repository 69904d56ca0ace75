// SPDX-License-Identifier: Apache-2.0
/**
 * What a request to the API server needs of the kubeconfig: headers and TLS material. Files are read again each time, because they are
 * rotated; what a program printed is kept until shortly before it expires.
 */
import { readFile } from 'node:fs/promises'
import { KaasError } from '@kaas/errors'
import { type ExecCredential, runExecPlugin } from './exec-plugin.ts'
import { type ExecPlugin, type KubeAccess, type Material, parseKubeconfig } from './kubeconfig.ts'

/** Headers that log in, and TLS material as Node takes it. */
export interface Credentials {
  readonly server: string
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly tls: {
    readonly ca?: string
    readonly cert?: string
    readonly key?: string
    readonly servername?: string
    readonly rejectUnauthorized: boolean
  }
  readonly proxyUrl: string | undefined
}

/** A token that ends within this time is not used any more. */
const EXPIRY_MARGIN_MS = 30_000

/** Keeps what was learnt of a kubeconfig. Owns nothing that must be closed. */
export class CredentialSource {
  readonly #kubeconfig: string | (() => Promise<string>)
  readonly #mayUseHost: boolean
  readonly #now: () => Date
  #access: KubeAccess | undefined
  #execCredential: Promise<ExecCredential> | undefined

  constructor(kubeconfig: string | (() => Promise<string>), mayUseHost: boolean, now: () => Date) {
    this.#kubeconfig = kubeconfig
    this.#mayUseHost = mayUseHost
    this.#now = now
  }

  /** Throws `config-invalid` for a kubeconfig or a file that cannot be read, `kubernetes-refused` when a program fails, and what the caller's function throws. */
  async current(): Promise<Credentials> {
    this.#access ??= await this.#read()
    const access = this.#access
    const [authority, certificate, key, token] = await Promise.all([
      textOf(access.authority),
      textOf(access.certificate?.certificate),
      textOf(access.certificate?.key),
      textOf(access.token),
    ])
    const printed = access.exec === undefined ? undefined : await this.#printed(access, authority)
    const cert = printed?.certificate?.certificate ?? certificate
    const pem = printed?.certificate?.key ?? key
    return {
      server: access.server,
      headers: { ...loginHeader(access, printed?.token ?? token?.trim()), ...impersonationHeaders(access) },
      tls: {
        ...(authority === undefined ? {} : { ca: authority }),
        ...(cert === undefined ? {} : { cert }),
        ...(pem === undefined ? {} : { key: pem }),
        ...(access.serverName === undefined ? {} : { servername: access.serverName }),
        rejectUnauthorized: !access.isInsecure,
      },
      proxyUrl: access.proxyUrl,
    }
  }

  /** The API server is away, so its `place` may be another now; or it refused the `log-in`, and a new one is needed as well. */
  forget(what: 'place' | 'log-in'): void {
    if (what === 'log-in') this.#execCredential = undefined
    if (typeof this.#kubeconfig === 'function') this.#access = undefined
  }

  async #read(): Promise<KubeAccess> {
    const { kubeconfig, mayUseHost } = { kubeconfig: this.#kubeconfig, mayUseHost: this.#mayUseHost }
    const access = parseKubeconfig(typeof kubeconfig === 'string' ? kubeconfig : await kubeconfig())
    const named = [access.authority, access.certificate?.certificate, access.certificate?.key, access.token]
    const usesHost = access.exec !== undefined || named.some((material) => material?.kind === 'file')
    if (usesHost && !mayUseHost) {
      throw new KaasError('config-invalid', {
        message: 'The kubeconfig names a file or a program of this machine, which one that was read from a cluster may not.',
        help: 'Put certificates and tokens into the kubeconfig itself.',
      })
    }
    return access
  }

  /** Calls at the same time share one run of the program. */
  async #printed(access: KubeAccess, authority: string | undefined): Promise<ExecCredential | undefined> {
    const { exec } = access
    if (exec === undefined) return undefined
    const kept = this.#execCredential
    if (kept !== undefined) {
      const credential = await kept
      const endsAt = credential.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY
      if (endsAt - EXPIRY_MARGIN_MS > this.#now().getTime()) return credential
      if (this.#execCredential === kept) this.#execCredential = undefined
    }
    this.#execCredential ??= this.#run(exec, access, authority)
    return this.#execCredential
  }

  #run(exec: ExecPlugin, access: KubeAccess, authority: string | undefined): Promise<ExecCredential> {
    const running = runExecPlugin(exec, access, authority)
    running.catch(() => {
      if (this.#execCredential === running) this.#execCredential = undefined
    })
    return running
  }
}

function loginHeader(access: KubeAccess, token: string | undefined): Record<string, string> {
  if (token !== undefined) return { authorization: `Bearer ${token}` }
  if (access.password === undefined) return {}
  const { user, password } = access.password
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
}

function impersonationHeaders({ impersonate }: KubeAccess): Record<string, string | readonly string[]> {
  if (impersonate === undefined) return {}
  return { 'impersonate-user': impersonate.user, 'impersonate-group': impersonate.groups }
}

async function textOf(material: Material | undefined): Promise<string | undefined> {
  if (material === undefined) return undefined
  if (material.kind === 'text') return material.text
  try {
    return await readFile(material.path, 'utf8')
  } catch (cause) {
    throw new KaasError('config-invalid', {
      message: `The kubeconfig names ${material.path}, which cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      help: 'Put the file there, with rights for the user that the control plane runs as.',
      cause,
    })
  }
}
