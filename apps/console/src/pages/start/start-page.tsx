// SPDX-License-Identifier: Apache-2.0
/** Home: what there is, and for somebody new the way to a first message. */
import { Page } from '../../parts/page.tsx'

export function StartPage() {
  return <Page title="Home">{null}</Page>
}
