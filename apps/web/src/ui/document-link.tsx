import type { ReactNode } from 'react';
import { Icon } from './icon';

interface DocumentLinkProps {
  readonly documentId: string;
  readonly children: ReactNode;
}

/** Leads to the file of a document that finance keeps. Whether the reader may have it the service decides. */
export function DocumentLink({ documentId, children }: DocumentLinkProps) {
  return (
    <a className="kern-link" href={`/v1/documents/${documentId}/file`} download>
      <Icon name="download" />
      {children}
    </a>
  );
}
