// SPDX-License-Identifier: Apache-2.0
/**
 * The look: dense, calm, readable. Colours are tokens chosen so that every text has a contrast of at least 4.5 to 1 in light and dark;
 * what is not Mantine's (marks of status, lines, charts) is in `theme.css`.
 */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const ink: MantineColorsTuple = [
  '#eef2fd',
  '#dde5fa',
  '#bccbf4',
  '#98b0ee',
  '#7b99e8',
  '#5f82e0',
  '#4468d2',
  '#3453bd',
  '#2c469f',
  '#243a84',
]

/** The greys of the dark theme, a little blue as its surfaces are. */
const dark: MantineColorsTuple = [
  '#dfe4ec',
  '#b9c1ce',
  '#a2abba',
  '#6f7a8b',
  '#3a4250',
  '#2c333f',
  '#1f242d',
  '#1a1e26',
  '#14171d',
  '#10131a',
]

/** What Mantine's components are made with. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  colors: { ink, dark },
  autoContrast: true,
  luminanceThreshold: 0.35,
  cursorType: 'pointer',
  defaultRadius: 'sm',
  fontFamily: 'Inter, "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h4: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Popover: { defaultProps: { shadow: 'md' } },
    Menu: { defaultProps: { shadow: 'md' } },
    Combobox: { defaultProps: { shadow: 'md' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250, multiline: true, maw: 420 } },
    Modal: {
      styles: { title: { fontWeight: 650 } },
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 } },
    },
  },
})

/** Mantine's own values for quiet text, placeholders and errors are too pale for small type. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1c2230',
    '--mantine-color-body': '#f6f7f9',
    '--mantine-color-dimmed': '#586174',
    '--mantine-color-placeholder': '#667085',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#2f4fb8',
    '--mantine-color-default': '#ffffff',
    '--mantine-color-default-border': '#cdd3de',
  },
  dark: {
    '--mantine-color-text': '#e3e7ee',
    '--mantine-color-body': '#14171d',
    '--mantine-color-dimmed': '#a2abba',
    '--mantine-color-placeholder': '#8d97a8',
    '--mantine-color-error': '#ff9a90',
    '--mantine-color-anchor': '#9db8f5',
    '--mantine-color-default': '#1f242d',
    '--mantine-color-default-border': '#3a4250',
  },
})
