// SPDX-License-Identifier: Apache-2.0
/**
 * The order of responses (invariant I1): every request that is owed a response takes a place in line, and bytes leave only
 * from the front. What is ready early is parked. Knows nothing of where responses come from.
 */

const NOTHING = Buffer.alloc(0)

/** A place in line. Write once or in pieces; `last` gives the place up. */
export class Place {
  /** Bytes that wait for the places before. */
  readonly parked: Buffer[] = []
  isComplete = false
  readonly #line: ResponseLine

  constructor(line: ResponseLine) {
    this.#line = line
  }

  /** Hands over the next bytes of the response; they leave now if this place is first. */
  write(bytes: Buffer, last: boolean): void {
    this.#line.accept(this, bytes, last, false)
  }

  /** The same with bytes that their owner uses again: they are copied when they must wait. */
  writeBorrowed(bytes: Buffer, last: boolean): void {
    this.#line.accept(this, bytes, last, true)
  }

  /** Gives the place up: no response is owed after all. */
  leave(): void {
    this.#line.accept(this, NOTHING, true, false)
  }
}

/** The line of one client connection. */
export class ResponseLine {
  readonly #places: Place[] = []
  readonly #send: (bytes: Buffer, isBorrowed: boolean) => void
  readonly #advanced: () => void
  #parkedBytes = 0

  /** `send` takes bytes for the client; `advanced` is called after places have left the line. */
  constructor(send: (bytes: Buffer, isBorrowed: boolean) => void, advanced: () => void) {
    this.#send = send
    this.#advanced = advanced
  }

  /** Responses owed. */
  get length(): number {
    return this.#places.length
  }

  /** Bytes that are ready but not first. */
  get parkedBytes(): number {
    return this.#parkedBytes
  }

  /** Takes the next place; call in the order of the requests. */
  join(): Place {
    const place = new Place(this)
    this.#places.push(place)
    return place
  }

  /** For `Place` only. */
  accept(place: Place, bytes: Buffer, last: boolean, isBorrowed: boolean): void {
    place.isComplete = last
    if (place !== this.#places[0]) {
      place.parked.push(isBorrowed ? Buffer.from(bytes) : bytes)
      this.#parkedBytes += bytes.length
      return
    }
    if (bytes.length > 0) this.#send(bytes, isBorrowed)
    if (last) this.#advance()
  }

  #advance(): void {
    this.#places.shift()
    for (let first = this.#places[0]; first !== undefined; first = this.#places[0]) {
      for (const bytes of first.parked.splice(0)) {
        this.#parkedBytes -= bytes.length
        if (bytes.length > 0) this.#send(bytes, false)
      }
      if (!first.isComplete) break
      this.#places.shift()
    }
    this.#advanced()
  }
}
