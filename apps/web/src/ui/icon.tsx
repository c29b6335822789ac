/** The icons of the design system that we use; each stands beside a word and is silent to screen readers. */
export type IconName =
  | 'add'
  | 'arrow-forward'
  | 'check'
  | 'chevron-right'
  | 'close'
  | 'danger'
  | 'dark-mode'
  | 'dehaze'
  | 'delete'
  | 'download'
  | 'edit'
  | 'info'
  | 'language'
  | 'light-mode'
  | 'logout'
  | 'search'
  | 'success'
  | 'warning'
  | 'help';

export function Icon({ name }: { readonly name: IconName }) {
  return <span className={`kern-icon kern-icon--${name}`} aria-hidden="true" />;
}
