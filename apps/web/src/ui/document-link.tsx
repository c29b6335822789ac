import type { ReactNode } from 'react';
import { Icon } from './icon';

interface DocumentLinkProps {
  readonly documentId: string;
  readonly children: ReactNode;
}

/** Leads to the file of a document that finance keeps. */
export function DocumentLink({ documentId, children }: DocumentLinkProps) {
  return <FileLink href={`/v1/documents/${documentId}/file`}>{children}</FileLink>;
}

/** Leads to a file. Whether the reader may have it the service decides. */
export function FileLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a className="kern-link" href={href} download>
      <Icon name="download" />
      {children}
    </a>
  );
}
