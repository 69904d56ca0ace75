// SPDX-License-Identifier: Apache-2.0
/** What the way back from an identity provider says went wrong, by code. Texts of addresses are not shown: anybody can write one. */

/** A problem with what to do about it. */
export interface ProblemText {
  readonly title: string
  readonly text: string
}

const TEXTS: Readonly<Record<string, ProblemText>> = {
  'sign-in-failed': {
    title: 'Signing in did not work',
    text: 'It was cancelled, took longer than ten minutes, or your account has no name that can be used here. Try again; if it does not help, the people who run this platform find the reason in the audit log.',
  },
  'identity-provider-unavailable': {
    title: 'The identity provider does not answer',
    text: 'Your company’s sign-in is away at the moment. Try again in a minute, or sign in another way.',
  },
  'rate-exceeded': {
    title: 'Too many attempts',
    text: 'Wait some minutes, then try again.',
  },
  'resource-absent': {
    title: 'This way to sign in is closed',
    text: 'The identity provider is not used any more. Choose one of those below.',
  },
  'database-unavailable': {
    title: 'The platform’s database does not answer',
    text: 'Nobody can sign in until it is back. Try again in a minute.',
  },
  'not-configured': {
    title: 'This address is not known to the platform',
    text: 'People who run it set KAAS_PUBLIC_URL to the address that browsers use.',
  },
}

/** The text for a code; one for all codes that are not known. Undefined without a code. */
export function problemText(code: string): ProblemText | undefined {
  if (code === '') return undefined
  const known = Object.hasOwn(TEXTS, code) ? TEXTS[code] : undefined
  return known ?? { title: 'Signing in did not work', text: 'Try again.' }
}
