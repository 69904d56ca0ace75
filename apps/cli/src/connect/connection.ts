// SPDX-License-Identifier: Apache-2.0
/** What a client must know to reach its tenant, whatever its language. */

/** Everything that the formats print. Strings are unescaped; each format escapes for its own syntax. */
export interface Connection {
  readonly tenant: string
  /** Full name: `orders.app`. */
  readonly username: string
  /** Undefined when this machine has not kept it: formats print `PASSWORD_PLACEHOLDER` and say so. */
  readonly password: string | undefined
  readonly mechanism: 'SCRAM-SHA-512' | 'SCRAM-SHA-256'
  /** `host:port`, of the gateway. */
  readonly bootstrap: string
  /** Absolute path of the CA in PEM; undefined when the certificate comes from a public authority. */
  readonly caFile: string | undefined
  readonly caPem: string | undefined
  /** A topic and a group for the examples. */
  readonly topic: string
  readonly group: string
}

/** Stands where a password belongs that only its owner knows. */
export const PASSWORD_PLACEHOLDER = 'PASTE-THE-PASSWORD-HERE'

/** The password, or what to replace. */
export function passwordOf(connection: Connection): string {
  return connection.password ?? PASSWORD_PLACEHOLDER
}

/** First lines of every file: whose it is, and what to do about a password that is not here. Without comment marks. */
export function headline(connection: Connection, what: string): readonly string[] {
  return [
    `${what}: user ${connection.username}, tenant ${connection.tenant}.`,
    ...(connection.password === undefined
      ? [
          `The password is not kept on this machine: replace ${PASSWORD_PLACEHOLDER}, or get a new one with`,
          `"kaas rotate ${connection.username.slice(connection.tenant.length + 1)} --tenant ${connection.tenant}".`,
        ]
      : ['It contains the password: keep it as you keep a password.']),
  ]
}

/** The lines as comments. */
export function commented(lines: readonly string[], mark: string): string {
  return lines.map((line) => `${mark} ${line}`.trimEnd()).join('\n')
}
