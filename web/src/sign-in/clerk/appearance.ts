import './clerk.css';

/** Clerk's components in our colours, by CSS variables that also cover the dark theme. */
export const clerkAppearance = {
  variables: {
    colorPrimary: 'var(--clerk-text)',
    colorPrimaryForeground: 'var(--on-accent)',
    colorForeground: 'var(--text)',
    colorMutedForeground: 'var(--text-secondary)',
    colorMuted: 'var(--sidebar)',
    colorNeutral: 'var(--text)',
    colorBackground: 'var(--surface-raised)',
    colorInput: 'var(--surface)',
    colorInputForeground: 'var(--text)',
    colorDanger: 'var(--bad)',
    colorSuccess: 'var(--good)',
    colorWarning: 'var(--warn)',
    colorRing: 'var(--focus)',
    fontFamily: 'var(--font)',
    borderRadius: '7px',
  },
  elements: {
    formButtonPrimary: {
      border: 'none',
      boxShadow: 'none',
      backgroundColor: 'var(--clerk-button)',
      color: 'var(--on-accent)',
      '&:hover, &:focus, &:active': { backgroundColor: 'var(--clerk-button-strong)' },
      '&::after': { display: 'none' },
    },
  },
  options: { shimmer: false, logoPlacement: 'none' },
} as const;

const frameless = { width: '100%', border: 'none', borderRadius: 0, boxShadow: 'none' };

/** On the sign-in pages, our frame replaces Clerk's card. */
export const clerkPageAppearance = {
  elements: {
    rootBox: { width: '100%' },
    cardBox: { ...frameless, maxWidth: '100%', marginTop: '24px', overflow: 'visible' },
    card: { ...frameless, margin: 0, padding: 0, gap: '24px', background: 'none' },
    header: { display: 'none' },
    formFieldLabel: { fontWeight: 550 },
    formFieldInput: { height: '42px', fontSize: '15px' },
    formButtonPrimary: { height: '42px', fontSize: '15px' },
    footer: { background: 'none', marginTop: '20px', padding: 0, '& > *': { padding: 0 } },
    footerAction: { margin: 0, padding: 0 },
    footerActionText: { fontSize: '13.5px' },
    footerActionLink: {
      fontSize: '13.5px',
      textDecoration: 'underline',
      textUnderlineOffset: '3px',
      whiteSpace: 'nowrap',
    },
  },
};

/** Over a page, whose user has an account. */
export const clerkDialogAppearance = {
  elements: { ...clerkPageAppearance.elements, footerAction: { display: 'none' } },
};
