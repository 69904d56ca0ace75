// SPDX-License-Identifier: Apache-2.0
/** All routes of people: coming in, sessions, tokens, the command line's sign-in. */
import type { FastifyInstance } from 'fastify'
import { addDeviceRoutes } from './device-routes.ts'
import type { PeopleRouteParts } from './session-answer.ts'
import { addSessionRoutes } from './session-routes.ts'
import { addSignInRoutes } from './sign-in-routes.ts'
import { addTokenRoutes } from './token-routes.ts'

/** Adds them. */
export function addPeopleRoutes(server: FastifyInstance, parts: PeopleRouteParts): void {
  addSignInRoutes(server, parts)
  addSessionRoutes(server, parts)
  addDeviceRoutes(server, parts)
  addTokenRoutes(server, parts)
}
