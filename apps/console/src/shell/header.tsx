// SPDX-License-Identifier: Apache-2.0
/** The line on top: where home is, the tenant one works in, the palette, whether changes arrive, time zone, theme, oneself. */
import { Burger } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { type LiveState, useLiveState } from '../data/live.ts'
import { PersonButton, TenantButton, ThemeButton, TimeZoneButton } from './header-buttons.tsx'
import classes from './shell.module.css'

interface HeaderProps {
  readonly isOpen: boolean
  readonly onToggle: () => void
  readonly onPalette: () => void
}

const LIVE_WORDS: Readonly<Record<LiveState, string>> = {
  connecting: 'connecting',
  live: 'live',
  reconnecting: 'reconnecting',
  resting: 'resting',
}

const KEYS = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'

export function Header({ isOpen, onToggle, onPalette }: HeaderProps) {
  const live = useLiveState()
  return (
    <div className={classes.header}>
      <Burger opened={isOpen} onClick={onToggle} hiddenFrom="sm" size="sm" aria-label="Pages" />
      <Link to="/" className={classes.brand} aria-label="KaaS, home">
        <img src="/icon.svg" alt="" width={24} height={24} />
        <span>KaaS</span>
      </Link>
      <TenantButton />
      <div className={classes.spacer} />
      <button type="button" className={classes.search} onClick={onPalette} aria-label={`Go to or do … ${KEYS}`}>
        <Search size={14} aria-hidden />
        <span>Go to or do …</span>
        <kbd>{KEYS}</kbd>
      </button>
      <div className={classes.live} data-state={live} role="status" title={`Changes: ${LIVE_WORDS[live]}`}>
        <span>{LIVE_WORDS[live]}</span>
      </div>
      <TimeZoneButton />
      <ThemeButton />
      <PersonButton />
    </div>
  )
}
