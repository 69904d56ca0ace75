// SPDX-License-Identifier: Apache-2.0
/** The certificates of one API server, made by `openssl` for one run: an authority, the servers, and whom they know. */
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { findProgram, runProgram } from '@kaas/testkit'

const SERVER_NAMES = 'IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes.default.svc'
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30']

/** Who a client certificate is for: a user, and groups such as `system:masters`. */
export interface Identity {
  readonly user: string
  readonly groups?: readonly string[]
}

/** A folder with `ca.crt` and `ca.key`, in which certificates are made. */
export class Credentials {
  readonly folder: string
  readonly #openssl: string

  private constructor(folder: string) {
    this.folder = folder
    this.#openssl = findProgram('openssl', { package: 'openssl', purpose: 'make the certificates of the cluster tests' })
    writeFileSync(join(folder, 'openssl.cnf'), '[req]\ndistinguished_name = dn\n[dn]\n')
  }

  /** A folder that another process made. */
  static open(folder: string): Credentials {
    return new Credentials(folder)
  }

  /** In a new folder: with an authority of its own, or one that somebody else made (PEM texts). */
  static async create(
    folder: string,
    authority?: { readonly certificate: string; readonly key: string },
  ): Promise<Credentials> {
    await mkdir(folder, { recursive: true })
    const credentials = new Credentials(folder)
    if (authority === undefined) {
      const rules = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,digitalSignature,keyCertSign,cRLSign']
      await credentials.#request('ca', '/CN=lane', rules)
    } else {
      writeFileSync(join(folder, 'ca.crt'), authority.certificate)
      writeFileSync(join(folder, 'ca.key'), authority.key, { mode: 0o600 })
    }
    return credentials
  }

  /** The path of a file in the folder. */
  path(file: string): string {
    return join(this.folder, file)
  }

  /** `<name>.crt` and `<name>.key` of a server on loopback. */
  async issueServer(name: string): Promise<void> {
    await this.#issue(name, `/CN=${name}`, ['extendedKeyUsage=serverAuth,clientAuth', `subjectAltName=${SERVER_NAMES}`])
  }

  /** `<name>.crt` and `<name>.key` of a client. */
  async issueClient(name: string, { user, groups = [] }: Identity): Promise<void> {
    const subject = `${groups.map((group) => `/O=${group}`).join('')}/CN=${user}`
    await this.#issue(name, subject, ['extendedKeyUsage=clientAuth'])
  }

  /** The pair that signs tokens of service accounts: `sa.key`, `sa.pub`. */
  async createTokenKeys(): Promise<void> {
    const key = this.path('sa.key')
    await runProgram(this.#openssl, ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', key])
    await runProgram(this.#openssl, ['pkey', '-in', key, '-pubout', '-out', this.path('sa.pub')])
  }

  /** A client certificate as a kubeconfig; the path of the file `<name>.kubeconfig`. */
  async writeKubeconfig(name: string, identity: Identity, server: string): Promise<string> {
    await this.issueClient(name, identity)
    const base64 = (file: string) => readFileSync(this.path(file)).toString('base64')
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'lane', cluster: { server, 'certificate-authority-data': base64('ca.crt') } }],
      users: [
        { name, user: { 'client-certificate-data': base64(`${name}.crt`), 'client-key-data': base64(`${name}.key`) } },
      ],
      contexts: [{ name: 'lane', context: { cluster: 'lane', user: name } }],
      'current-context': 'lane',
    }
    writeFileSync(this.path(`${name}.kubeconfig`), JSON.stringify(config), { mode: 0o600 })
    return this.path(`${name}.kubeconfig`)
  }

  /** Certificate and key of `name` as a PKCS #12 store; its path. */
  async exportStore(name: string, password: string): Promise<string> {
    const store = this.path(`${name}.p12`)
    const pair = ['-in', this.path(`${name}.crt`), '-inkey', this.path(`${name}.key`)]
    await runProgram(this.#openssl, ['pkcs12', '-export', ...pair, '-passout', `pass:${password}`, '-out', store])
    return store
  }

  async #issue(name: string, subject: string, rules: readonly string[]): Promise<void> {
    const all = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature', ...rules]
    await this.#request(name, subject, all, ['-CA', this.path('ca.crt'), '-CAkey', this.path('ca.key')])
  }

  async #request(name: string, subject: string, rules: readonly string[], signer: readonly string[] = []): Promise<void> {
    const config = ['-config', this.path('openssl.cnf'), '-subj', subject, ...rules.flatMap((rule) => ['-addext', rule])]
    const files = ['-keyout', this.path(`${name}.key`), '-out', this.path(`${name}.crt`)]
    await runProgram(this.#openssl, ['req', '-x509', ...NEW_KEY, ...config, ...files, ...signer])
  }
}
