import { useTexts } from '../i18n/texts';
import { StatusTag } from '../ui/status-tag';
import { publishingTexts } from './texts';

/** Whether the files of an edition were given out. */
export function PublishedTag({ isPublished }: { readonly isPublished: boolean }) {
  const { states } = useTexts(publishingTexts);
  return (
    <StatusTag tone={isPublished ? 'success' : 'danger'}>{isPublished ? states.published : states.heldBack}</StatusTag>
  );
}
