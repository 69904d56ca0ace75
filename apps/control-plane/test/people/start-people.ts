// SPDX-License-Identifier: Apache-2.0
/** An API with people: real identity providers over loopback, browsers with cookies, one PostgreSQL for all control planes of a test. */
import { databaseEngines, HttpBrowser, type IdentityProvider, type TestDatabase } from '@kaas/testkit'
import { parseSignIn } from '../../src/sign-in/sign-in-config.ts'
import type { SignInOptions } from '../../src/sign-in/sign-in-parts.ts'
import { startApi, type TestApi } from '../api/start-api.ts'

export const BOOTSTRAP_PASSWORD = 'the-password-of-the-bootstrap-administrator'

/** PostgreSQL, which several control planes can share. */
export const POSTGRES = databaseEngines().find(({ name }) => name === 'PostgreSQL') ?? databaseEngines()[0]

/** What is different from the default. */
export interface PeopleOptions {
  readonly providers?: Readonly<Record<string, IdentityProvider>>
  /** More lines of the file of KAAS_SIGN_IN_FILE, and of single providers by id. */
  readonly file?: Readonly<Record<string, unknown>>
  readonly ofProvider?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly publicUrl?: URL
  readonly bootstrapPassword?: string | undefined
  readonly trustedProxies?: readonly string[]
}

/** The options as the control plane reads them from its file. */
export function signInOptions(options: PeopleOptions): SignInOptions {
  const { providers = {}, file = {}, ofProvider = {}, publicUrl } = options
  const listed = Object.entries(providers).map(([id, { issuer, clientId }], index) => ({
    id,
    name: `Account of ${id}`,
    issuer,
    clientId,
    scopes: ['openid', 'profile', 'email', 'groups'],
    ...(index > 0 && { prefix: `${id}:` }),
    ...ofProvider[id],
  }))
  const config = parseSignIn(JSON.stringify({ providers: listed, ...file }), 'sign-in.yaml')
  return {
    config,
    providers: config.providers.map((each) => ({
      config: each,
      clientSecret: providers[each.id]?.clientSecret ?? '',
    })),
    bootstrapPassword: 'bootstrapPassword' in options ? options.bootstrapPassword : BOOTSTRAP_PASSWORD,
    publicUrl,
  }
}

/** A control plane on the database. */
export async function startPeople(database: TestDatabase, options: PeopleOptions = {}): Promise<TestApi> {
  const { trustedProxies } = options
  const people = { signIn: signInOptions(options), ...(trustedProxies && { trustedProxies }) }
  return await startApi(await database.open(), undefined, people)
}

/** Somebody with a browser in which she is signed in. */
export interface SignedIn {
  readonly browser: HttpBrowser
  readonly csrf: string
  readonly cookie: string
  /** A call as a page of the console makes it; headers may be replaced. */
  call(path: string, options?: RequestInit): Promise<Response>
}

/** Signs in at a provider. Fails when no session comes of it. */
export async function signIn(api: Pick<TestApi, 'url'>, login: string, provider = 'company'): Promise<SignedIn> {
  const browser = new HttpBrowser()
  const end = await browser.signIn(`${api.url}/v1/sign-in/provider/${provider}?returnTo=/tenants`, login)
  if (!end.url.endsWith('/tenants')) throw new Error(`signing in as ${login} ended at ${end.url}: ${end.text}`)
  return await signedIn(api, browser)
}

/** The bootstrap administrator by her password. */
export async function signInAsBootstrap(api: Pick<TestApi, 'url'>): Promise<SignedIn> {
  const browser = new HttpBrowser()
  const response = await tryPassword(api, browser)
  if (response.status !== 200) throw new Error(`the bootstrap administrator was refused: ${await response.text()}`)
  return await signedIn(api, browser)
}

/** One try with a password. */
export function tryPassword(
  { url }: Pick<TestApi, 'url'>,
  browser: HttpBrowser,
  { name = 'administrator', password = BOOTSTRAP_PASSWORD, ...headers }: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return browser.send(`${url}/v1/sign-in/password`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, ...headers },
    body: JSON.stringify({ name, password }),
  })
}

/** The signed-in person of a browser, also at another control plane. */
export async function signedIn({ url }: Pick<TestApi, 'url'>, browser: HttpBrowser): Promise<SignedIn> {
  const session = (await (await browser.send(`${url}/v1/session`)).json()) as { csrf: string }
  return {
    browser,
    csrf: session.csrf,
    cookie: browser.cookie('kaas_session') ?? '',
    call: (path, options = {}) => {
      const ofBody = options.body === undefined ? {} : { 'content-type': 'application/json' }
      const headers = { origin: url, 'x-kaas-csrf': session.csrf, ...ofBody, ...options.headers }
      return browser.send(`${url}${path}`, { ...options, headers })
    },
  }
}

/** The answer as JSON, with its status. */
export async function answerOf(response: Response | Promise<Response>): Promise<Record<string, unknown>> {
  const { status } = await response
  return { status, ...((await (await response).json()) as object) }
}
