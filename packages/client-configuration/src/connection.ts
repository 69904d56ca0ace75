// SPDX-License-Identifier: Apache-2.0
/** What a client must know to reach its tenant, whatever its language. */

/** Everything that the formats print. Strings are unescaped; each format escapes for its own syntax. */
export interface Connection {
  readonly tenant: string
  /** Full name: `orders.app`. */
  readonly username: string
  readonly login: Login
  /** `host:port`, of the gateway or of the tenant's own Kafka. */
  readonly bootstrap: string
  /** Whether a gateway answers there: it takes PLAIN, which Kafka itself does not. */
  readonly gateway: boolean
  /** Absolute path of the CA in PEM. Without it and without `caPem` the certificate comes from a public authority. */
  readonly caFile: string | undefined
  /** The CA itself; printed where there is no file. */
  readonly caPem: string | undefined
  /** A topic and a group for the examples. */
  readonly topic: string
  readonly group: string
}

/** How the user proves who it is. */
export type Login = ScramLogin | TlsLogin

/** By password. It is undefined when this machine has not kept it: formats print `PASSWORD_PLACEHOLDER` and say so. */
export interface ScramLogin {
  readonly kind: 'scram'
  readonly mechanism: 'SCRAM-SHA-512' | 'SCRAM-SHA-256'
  readonly password: string | undefined
}

/** By certificate. The files are there for clients whose configuration takes paths only. */
export interface TlsLogin {
  readonly kind: 'tls'
  readonly certificatePem: string
  /** PKCS #8, unencrypted. */
  readonly keyPem: string
  readonly certificateFile: string
  readonly keyFile: string
}

/** Stands where a password belongs that only its owner knows. */
export const PASSWORD_PLACEHOLDER = 'PASTE-THE-PASSWORD-HERE'

/** The password, or what to replace. */
export function passwordOf({ password }: ScramLogin): string {
  return password ?? PASSWORD_PLACEHOLDER
}

/** First lines of every file: whose it is, and what to do about a password that is not here. Without comment marks. */
export function headline({ login, tenant, username }: Connection, what: string): readonly string[] {
  return [`${what}: user ${username}, tenant ${tenant}.`, ...secretLines(login, tenant, username)]
}

/** The lines as comments. */
export function commented(lines: readonly string[], mark: string): string {
  return lines.map((line) => `${mark} ${line}`.trimEnd()).join('\n')
}

function secretLines(login: Login, tenant: string, username: string): readonly string[] {
  if (login.kind === 'tls') return ['It leads to or contains the private key: keep it as you keep a password.']
  if (login.password !== undefined) return ['It contains the password: keep it as you keep a password.']
  return [
    `The password is not kept on this machine: replace ${PASSWORD_PLACEHOLDER}, or get a new one with`,
    `"kaas rotate ${username.slice(tenant.length + 1)} --tenant ${tenant}".`,
  ]
}
