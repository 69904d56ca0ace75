// SPDX-License-Identifier: Apache-2.0
/** Order. */
import { Page } from '../../parts/page.tsx'

export function OrderPage() {
  return <Page title="Order">{null}</Page>
}
