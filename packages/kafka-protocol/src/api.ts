// SPDX-License-Identifier: Apache-2.0
/** What an API is: a key, the versions spoken, and the descriptions of its request and response. */
import type { Fields, InputOf, MessageOf } from './schema.ts'

/** Who calls an API. `client`: applications and their administrators. The others are for Kafka's own servers, see `APIS`. */
export type Audience = 'client' | 'broker' | 'controller'

/** One API of the protocol. Same key and version give the same bytes in every Kafka release. */
export interface Api<Req extends Fields = Fields, Res extends Fields = Fields> {
  readonly key: number
  /** Kafka's own name, such as `Metadata`. */
  readonly name: string
  /** The first and the last version that a Kafka 4.3 broker speaks, and so do we. */
  readonly versions: readonly [first: number, last: number]
  /** The first version with compact encoding and tagged fields (KIP-482); `NEVER` when there is none. */
  readonly flexible: number
  readonly audience: Audience
  readonly request: Req
  readonly response: Res
}

/** For `flexible`: no version is. */
export const NEVER = Number.POSITIVE_INFINITY

/** Describes an API; its messages' types follow from the description. */
export function api<Req extends Fields, Res extends Fields>(
  description: Omit<Api<Req, Res>, 'audience'> & { readonly audience?: Audience },
): Api<Req, Res> {
  return { audience: 'client', ...description }
}

/** A request as read: every field is present; a field that the version lacks has its fallback. */
export type RequestOf<A extends Api> = MessageOf<A['request']>
/** A response as read. */
export type ResponseOf<A extends Api> = MessageOf<A['response']>
/** A request to write: fields with a fallback may be left out. */
export type RequestInput<A extends Api> = InputOf<A['request']>
/** A response to write. */
export type ResponseInput<A extends Api> = InputOf<A['response']>
