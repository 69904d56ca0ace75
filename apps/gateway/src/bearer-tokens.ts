// SPDX-License-Identifier: Apache-2.0
/** Verifies bearer tokens (JWT, RFC 7519) of the issuers that the platform trusts, and says which user each stands for. */
import { readFile } from 'node:fs/promises'
import { KaasError } from '@kaas/errors'
import type { Log } from '@kaas/telemetry'
import { createRemoteJWKSet, decodeJwt, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'

const webAddress = z.url({ protocol: /^https?$/ })

const issuerSchema = z.strictObject({
  /** As in the tokens' `iss`, to the letter. */
  issuer: webAddress,
  /** Where its keys are; found by its discovery document when absent. */
  keysUrl: webAddress.optional(),
  audience: z.string().min(1),
  /** The claim with the user's name inside its tenant, or with the full name `<tenant>.<user>` when there is no tenant claim. */
  userClaim: z.string().min(1).default('sub'),
  tenantClaim: z.string().min(1).optional(),
  clockSkewSeconds: z.number().int().min(0).max(300).default(30),
})
type Issuer = z.output<typeof issuerSchema>

/** Only signatures by a key pair: a shared secret would let every service that verifies also sign. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

/** A key that is not known is asked for at most once a second, however many tokens claim to be signed with it. */
const FETCHING = { timeoutDuration: 5000, cooldownDuration: 1000 }

/** Whom a token stands for, and until when. */
export interface Bearer {
  /** The full name `<tenant>.<name>`. */
  readonly user: string
  readonly expiresAtMs: number
}

/** The issuers of one gateway. */
export class BearerTokens {
  readonly #issuers: ReadonlyMap<string, Issuer>
  readonly #keys = new Map<string, Promise<JWTVerifyGetKey>>()
  readonly #log: Log

  /** `issuers` in any order; each `issuer` once. */
  constructor(issuers: readonly Issuer[], log: Log) {
    this.#issuers = new Map(issuers.map((each) => [each.issuer, each]))
    this.#log = log
  }

  /** Whether any token can be taken. */
  get isOffered(): boolean {
    return this.#issuers.size > 0
  }

  /**
   * The user of a token; undefined when it is not to be trusted, with the reason in the log. A key that is not known yet is fetched, so
   * that issuers can change their keys. Throws `api-unavailable` when the issuer's keys cannot be had.
   */
  async verify(token: string): Promise<Bearer | undefined> {
    const issuer = this.#issuers.get(issuerIn(token))
    if (issuer === undefined) return this.#refuse('its issuer is not trusted here')
    try {
      const { payload } = await jwtVerify(token, await this.#keysOf(issuer), {
        issuer: issuer.issuer,
        audience: issuer.audience,
        clockTolerance: issuer.clockSkewSeconds,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp'],
      })
      const user = userIn(payload, issuer)
      if (user === undefined) return this.#refuse(`it has no text in the claim that names the user`)
      return { user, expiresAtMs: Number(payload.exp) * 1000 }
    } catch (error) {
      if (isUnreachable(error)) throw unreachable(issuer, error)
      return this.#refuse(error instanceof Error ? error.message : String(error))
    }
  }

  #refuse(reason: string): undefined {
    this.#log.info({ reason }, 'a bearer token was refused')
  }

  #keysOf(issuer: Issuer): Promise<JWTVerifyGetKey> {
    const known = this.#keys.get(issuer.issuer)
    if (known !== undefined) return known
    const finding = keysUrlOf(issuer).then((url) => createRemoteJWKSet(url, FETCHING))
    this.#keys.set(issuer.issuer, finding)
    finding.catch(() => this.#keys.delete(issuer.issuer))
    return finding
  }
}

/** Reads the file of issuers; without one nobody is trusted. Throws `config-invalid` with every problem. */
export async function loadBearerTokens(file: string | undefined, log: Log): Promise<BearerTokens> {
  if (file === undefined) return new BearerTokens([], log)
  try {
    return new BearerTokens(
      z
        .array(issuerSchema)
        .min(1)
        .parse(JSON.parse(await readFile(file, 'utf8'))),
      log,
    )
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : cause instanceof Error ? cause.message : String(cause)
    throw new KaasError('config-invalid', {
      message: `The issuers in ${file} cannot be used: ${why}.`,
      help: 'docs/guides/gateway-in-production.md shows a whole file.',
      cause,
    })
  }
}

/** Without verifying anything: only to find who must have signed. */
function issuerIn(token: string): string {
  try {
    return decodeJwt(token).iss ?? ''
  } catch {
    return ''
  }
}

function userIn(payload: JWTPayload, { userClaim, tenantClaim }: Issuer): string | undefined {
  const user = payload[userClaim]
  const tenant = tenantClaim === undefined ? undefined : payload[tenantClaim]
  if (typeof user !== 'string') return undefined
  if (tenantClaim === undefined) return user
  return typeof tenant === 'string' ? `${tenant}.${user}` : undefined
}

async function keysUrlOf({ issuer, keysUrl }: Issuer): Promise<URL> {
  if (keysUrl !== undefined) return new URL(keysUrl)
  const discovery = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const response = await fetch(discovery, { signal: AbortSignal.timeout(5000) })
  const { issuer: named, jwks_uri: found } = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown }
  if (named !== issuer || typeof found !== 'string') throw new Error(`${discovery} is not the document of this issuer`)
  return new URL(found)
}

/** Network and server faults of the issuer, as against faults of the token. */
function isUnreachable(error: unknown): boolean {
  const code = (error as { readonly code?: unknown }).code
  if (code === 'ERR_JWKS_TIMEOUT' || code === 'ERR_JOSE_GENERIC') return true
  return error instanceof Error && !String(code).startsWith('ERR_J')
}

function unreachable({ issuer }: Issuer, cause: unknown): KaasError {
  return new KaasError('api-unavailable', {
    message: `The keys of the issuer ${issuer} cannot be had.`,
    help: 'Check that the gateway reaches the issuer; tokens are taken again by themselves.',
    cause,
  })
}
