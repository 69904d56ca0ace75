// SPDX-License-Identifier: Apache-2.0
/** What KAAS_SIGN_IN_FILE can say: identity providers, how long sessions last, whether the bootstrap administrator may sign in. */
import { durationText, fieldProblemsOf, parseDuration, withProblems } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { parse } from 'yaml'
import { z } from 'zod'

const duration = durationText.transform(parseDuration)
const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]']
/** A plain connection to a provider would let anybody on the way be anybody. */
const issuer = z.url({ protocol: /^https?$/ }).refine((text) => {
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || loopbackHosts.includes(hostname)
}, 'it must be https; only providers on this machine may be http')

const providerSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/, 'it takes up to 32 of a-z, 0-9 and -'),
  name: z.string().min(1).max(60),
  issuer,
  clientId: z.string().min(1),
  /** Absent for a public client, which PKCE protects alone. */
  clientSecretFile: z.string().min(1).optional(),
  scopes: z.array(z.string().min(1)).default(['openid', 'profile', 'email']),
  nameClaim: z.string().min(1).default('preferred_username'),
  groupsClaim: z.string().min(1).default('groups'),
  /** Stands before names and groups of this provider, so that it can speak for none of another. */
  prefix: z
    .string()
    .regex(/^[a-z0-9.:/_-]*$/)
    .max(32)
    .default(''),
  caFile: z.string().min(1).optional(),
})

const schema = z.strictObject({
  providers: z.array(providerSchema).max(20).default([]),
  sessionIdle: duration.default(parseDuration('1h')),
  sessionLife: duration.default(parseDuration('12h')),
  /** How long what `kaas login` gets is valid. */
  loginLife: duration.default(parseDuration('7d')),
  /** A personal token rests when its owner has not signed in for so long: only then are her groups looked at again. */
  tokenOwnerSeenWithin: duration.default(parseDuration('90d')),
  bootstrap: z.enum(['enabled', 'disabled']).default('enabled'),
})

/** One identity provider. */
export type ProviderConfig = z.output<typeof providerSchema>
/** Durations are in milliseconds. */
export type SignInConfig = z.output<typeof schema>

/** Ids that stand for something else in the record of a session. */
const RESERVED: readonly string[] = ['bootstrap', 'token', 'gateway', 'api-server']

/** Without a file: no provider, and the bootstrap administrator. */
export const DEFAULT_SIGN_IN: SignInConfig = schema.parse({})

/** Reads the text of a file, YAML or JSON. Throws `config-invalid` with every problem. */
export function parseSignIn(text: string, file: string): SignInConfig {
  const parsed = schema.safeParse(readYaml(text, file))
  if (!parsed.success) {
    const fields = parsed.error.issues.flatMap(fieldProblemsOf)
    throw configError(withProblems(`The file of KAAS_SIGN_IN_FILE (${file}) has problems.`, fields))
  }
  const problem = conflictIn(parsed.data)
  if (problem !== undefined) throw configError(`The file of KAAS_SIGN_IN_FILE (${file}) ${problem}.`)
  return parsed.data
}

function readYaml(text: string, file: string): unknown {
  try {
    return parse(text) ?? {}
  } catch (cause) {
    throw configError(`The file of KAAS_SIGN_IN_FILE (${file}) is neither YAML nor JSON.`, cause)
  }
}

/** What single fields cannot tell. */
function conflictIn({ providers, sessionIdle, sessionLife, bootstrap }: SignInConfig): string | undefined {
  const ids = providers.map(({ id }) => id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) return `names the provider "${twice}" twice`
  const reserved = ids.find((id) => RESERVED.includes(id))
  if (reserved !== undefined) return `calls a provider "${reserved}", which stands for something else`
  const prefixes = providers.map(({ prefix }) => prefix)
  const same = providers.find(({ prefix }, index) => prefixes.indexOf(prefix) !== index)
  if (same !== undefined) {
    return `gives "${same.id}" the same prefix as another provider, so that either could speak for people of the other`
  }
  if (sessionIdle > sessionLife) return 'lets sessions be idle for longer than they last'
  if (bootstrap === 'disabled' && providers.length === 0) {
    return 'turns the bootstrap administrator off and names no provider: nobody could sign in'
  }
  return undefined
}

function configError(message: string, cause?: unknown): KaasError {
  return new KaasError('config-invalid', {
    message,
    help: 'The guide docs/guides/sign-in.md shows the file for several identity providers.',
    cause,
  })
}
