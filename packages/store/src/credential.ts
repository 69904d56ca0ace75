// SPDX-License-Identifier: Apache-2.0
/**
 * Credentials of Kafka users. A credential is one password in the form of its salted SCRAM values (RFC 5802) for both
 * mechanisms; the password itself never reaches the store. Kafka holds one value per user and mechanism, so two passwords are
 * valid at once by living on different mechanisms (`scramEntriesFor`).
 */

/** The mechanisms that Kafka has, the stronger first. */
export const SCRAM_MECHANISMS = ['SCRAM-SHA-512', 'SCRAM-SHA-256'] as const
/** One of them, in Kafka's spelling. */
export type ScramMechanism = (typeof SCRAM_MECHANISMS)[number]

/** One salted value, as `AlterUserScramCredentials` takes it (KIP-554). */
export interface ScramValue {
  readonly mechanism: ScramMechanism
  readonly iterations: number
  readonly salt: Buffer
  readonly saltedPassword: Buffer
}

/** A password ready to be stored. `mechanism` is the one the user was told; `values` has one value per mechanism. */
export interface NewCredential {
  readonly mechanism: ScramMechanism
  readonly values: readonly ScramValue[]
}

/** A valid credential without its values. */
export interface CredentialSummary {
  readonly id: string
  readonly mechanism: ScramMechanism
  readonly createdAt: Date
}

/** What Kafka must hold. Write it again whenever `credentialId` differs from the one written last for this mechanism. */
export interface ScramEntry extends ScramValue {
  readonly credentialId: string
}

/**
 * One entry per mechanism from the valid credentials, newest first: the newest that was announced for the mechanism, else the
 * newest of all. So one password serves both mechanisms, and two passwords serve one each.
 */
export function scramEntriesFor(
  credentials: readonly (CredentialSummary & { readonly values: readonly ScramValue[] })[],
): readonly ScramEntry[] {
  return SCRAM_MECHANISMS.flatMap((mechanism) => {
    const holder = credentials.find((one) => one.mechanism === mechanism) ?? credentials[0]
    const value = holder?.values.find((one) => one.mechanism === mechanism)
    return holder === undefined || value === undefined ? [] : [{ ...value, credentialId: holder.id }]
  })
}
