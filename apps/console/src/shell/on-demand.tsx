// SPDX-License-Identifier: Apache-2.0
/**
 * A button whose menu is loaded when somebody goes for it: most people open most menus never. The code is fetched when the pointer
 * or the focus arrives, so that it is there at the click.
 */
import { type ComponentType, type ReactNode, useState } from 'react'

/** What the button must listen to. */
export interface OnDemandButton {
  readonly onClick: () => void
  readonly onPointerEnter: () => void
  readonly onFocus: () => void
}

interface OnDemandProps {
  /** The menu with the same button; opens itself at once. Must be a constant. */
  readonly load: () => Promise<ComponentType>
  readonly button: (listeners: OnDemandButton) => ReactNode
}

export function OnDemand({ load, button }: OnDemandProps) {
  const [loaded, setLoaded] = useState<{ readonly Menu: ComponentType }>()
  if (loaded !== undefined) return <loaded.Menu />
  const fetchOnly = () => void load()
  return button({
    onClick: () => void load().then((Menu) => setLoaded({ Menu })),
    onPointerEnter: fetchOnly,
    onFocus: fetchOnly,
  })
}
