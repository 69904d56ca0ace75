// SPDX-License-Identifier: Apache-2.0
/** How a command's definition hands over to its work. */
import type { Session } from './session.ts'

/** Runs the loaded command in a session; its number, when there is one, is the exit code. */
export type Run = (work: (session: Session) => Promise<number | undefined>) => Promise<void>
