// SPDX-License-Identifier: Apache-2.0
/**
 * As much of a browser as a sign-in needs: cookies, redirects, one form. It runs no script and shows nothing; stories that need
 * either use a real one. Cookies belong to a host whatever the port, as in browsers.
 */
import { passwordOf } from './identity-provider/people.ts'

const MOST_REDIRECTS = 12

/** Where a walk ended. */
export interface Page {
  readonly url: string
  readonly status: number
  readonly text: string
}

/** One browser with its cookies. */
export class HttpBrowser {
  readonly #cookies = new Map<string, string>()

  /** Opens an address and follows redirects, until a page, or until an address begins with `until` (which is then not asked). */
  async open(address: string, options: { readonly until?: string; readonly form?: URLSearchParams } = {}): Promise<Page> {
    const { until, form } = options
    let response = await this.send(address, form === undefined ? {} : { method: 'POST', body: form })
    let url = address
    for (let left = MOST_REDIRECTS; left > 0; left -= 1) {
      const location = response.headers.get('location')
      if (location === null) return { url, status: response.status, text: await response.text() }
      url = new URL(location, url).href
      if (until !== undefined && url.startsWith(until)) return { url, status: response.status, text: '' }
      response = await this.send(url)
    }
    throw new Error(`more than ${MOST_REDIRECTS} redirects, the last to ${url}`)
  }

  /** Opens the start of a sign-in and logs in at the identity provider. Returns where the product sends the browser in the end. */
  async signIn(start: string, login: string): Promise<Page> {
    const page = await this.open(start)
    if (!page.text.includes('name="login"')) return page
    const form = new URLSearchParams({ login, password: passwordOf(login) })
    const until = `${new URL(start).origin}/`
    const callback = await this.open(page.url, { form, until })
    return await this.open(callback.url, { until })
  }

  /** One request with the cookies; answers may set more. Follows nothing. */
  async send(address: string, options: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(cookie === '' ? {} : { cookie }), ...Object.fromEntries(new Headers(options.headers)) }
    const response = await fetch(address, { ...options, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  /** The value of a cookie. */
  cookie(name: string): string | undefined {
    return this.#cookies.get(name)
  }

  /** Puts a cookie in by hand, as a thief would. */
  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value)
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
    const [name = '', ...value] = pair.split('=')
    const ended = attributes.some((each) => /^max-age=0$/i.test(each) || /^expires=Thu, 01 Jan 1970/i.test(each))
    if (ended) this.#cookies.delete(name)
    else this.#cookies.set(name, value.join('='))
  }
}
