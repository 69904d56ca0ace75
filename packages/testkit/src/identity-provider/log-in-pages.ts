// SPDX-License-Identifier: Apache-2.0
/** The log-in page of the provider, before everything else that it serves. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Provider } from 'oidc-provider'

/** Whether the password is hers. */
export type CheckPassword = (login: string, password: string) => boolean

/** The handler of the whole provider. */
export function logInPages(
  provider: Provider,
  isRight: CheckPassword,
): (request: IncomingMessage, response: ServerResponse) => void {
  const rest = provider.callback()
  return (request, response) => {
    if (request.url?.startsWith('/log-in/') !== true) {
      rest(request, response)
      return
    }
    serve(provider, isRight, request, response).catch((error: unknown) => {
      response.writeHead(400, { 'content-type': 'text/plain' }).end(String(error))
    })
  }
}

async function serve(
  provider: Provider,
  isRight: CheckPassword,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    show(response, '')
    return
  }
  const fields = new URLSearchParams(await text(request))
  if (fields.has('cancel')) {
    const error = { error: 'access_denied', error_description: 'The person did not want to' }
    await provider.interactionFinished(request, response, error)
    return
  }
  const login = fields.get('login') ?? ''
  if (!isRight(login, fields.get('password') ?? '')) {
    show(response, 'That is not right.')
    return
  }
  await provider.interactionFinished(request, response, { login: { accountId: login } })
}

function show(response: ServerResponse, problem: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html>
<html lang="en"><head><title>Identity provider</title><meta name="viewport" content="width=device-width"></head>
<body><main><h1>Log in</h1><p role="alert">${problem}</p>
<form method="post">
<p><label>User name <input name="login" autocomplete="username" autofocus></label></p>
<p><label>Password <input name="password" type="password" autocomplete="current-password"></label></p>
<p><button>Log in</button> <button name="cancel" value="yes">Cancel</button></p>
</form></main></body></html>`)
}
