// SPDX-License-Identifier: Apache-2.0
/** Sign-ins of the command line, which wait for somebody with a browser. */
import type { Connection } from '../../database.ts'
import type { DeviceAnswer } from '../../people/person.ts'
import { fromNow } from './moments.ts'

/** See PeopleVerbs. */
export async function saveDeviceSignIn(
  db: Connection,
  { deviceHash, userCode, remoteAddress }: { deviceHash: Buffer; userCode: string; remoteAddress: string },
  lifeMs: number,
): Promise<void> {
  await db
    .insertInto('device_sign_ins')
    .values({ device_hash: deviceHash, user_code: userCode, remote_address: remoteAddress, expires_at: fromNow(lifeMs) })
    .execute()
}

/** See PeopleVerbs. */
export async function answerDeviceSignIn(
  db: Connection,
  userCode: string,
  by: { readonly person: string; readonly provider: string } | undefined,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('device_sign_ins')
    .set(by === undefined ? { state: 'denied' } : { state: 'approved', ...by })
    .where('user_code', '=', userCode)
    .where('state', '=', 'pending')
    .where('expires_at', '>', fromNow(0))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** See PeopleVerbs. */
export async function takeDeviceSignIn(db: Connection, deviceHash: Buffer): Promise<DeviceAnswer | undefined> {
  const answered = await db
    .deleteFrom('device_sign_ins')
    .where('device_hash', '=', deviceHash)
    .where('expires_at', '>', fromNow(0))
    .where('state', '!=', 'pending')
    .returningAll()
    .executeTakeFirst()
  if (answered === undefined) return await pending(db, deviceHash)
  const { state, person, provider, remote_address: remoteAddress } = answered
  if (state === 'denied' || person === null || provider === null) return { kind: 'denied' }
  return { kind: 'approved', person, provider, remoteAddress }
}

async function pending(db: Connection, deviceHash: Buffer): Promise<DeviceAnswer | undefined> {
  const waiting = await db
    .selectFrom('device_sign_ins')
    .select('state')
    .where('device_hash', '=', deviceHash)
    .where('expires_at', '>', fromNow(0))
    .executeTakeFirst()
  return waiting && { kind: 'pending' }
}
