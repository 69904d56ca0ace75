// SPDX-License-Identifier: Apache-2.0
/**
 * The password of the bootstrap administrator. It lies in a file of the operator, so it is never stored; in memory there is only its
 * scrypt value. Each try costs 64 MB and some 100 ms, right or wrong name alike.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** Name of the bootstrap administrator, as bindings and audit know her. */
export const BOOTSTRAP_NAME = 'administrator'

/** Whether name and password are hers. */
export type CheckBootstrap = (name: string, password: string) => Promise<boolean>

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const VALUE_BYTES = 32
/** Longer ones would only cost time. */
const LONGEST_PASSWORD = 1024

/** The check against `password`. Tries run one after the other, so that many at once cannot fill the memory. */
export function bootstrapCheck(password: string): CheckBootstrap {
  const salt = randomBytes(16)
  const right = derive(password, salt, VALUE_BYTES, COST)
  let last: Promise<unknown> = right
  return async (name, tried) => {
    const value = last.then(() => derive(tried.slice(0, LONGEST_PASSWORD), salt, VALUE_BYTES, COST))
    last = value.catch(() => {})
    const isPassword = timingSafeEqual(await value, await right)
    return isPassword && name === BOOTSTRAP_NAME && tried.length <= LONGEST_PASSWORD
  }
}
