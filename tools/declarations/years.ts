import ts from 'typescript';
import type { SourceProgram } from './source-program';

const YEAR = /(?<!\d)(?:19|20)\d\d(?!\d)/;
/** Names of standards and of what was agreed that have a year in them, and addresses of networks. */
const STANDARD =
  /openxmlformats\.org\/\S+|www\.w3\.org\/\S+|\bAgenda 2030\b|draft-\d{4}-\d\d|\b\d{4}::?[\w:]*\/\d+|^\d{4}::$/;
/** Round quantities, such as milliseconds and bytes. */
const QUANTITIES = new Set([2000, 2048]);
/** Before all days and after all of them, where SQL needs a day. */
const ENDS_OF_TIME = /^(?:0001-01-01|9999-12-31)$/;

/**
 * Years in the code of the services: what changes with time is a row of a shipped file (docs/domain.md#rule-rows). Looks at texts,
 * names and numbers, not at comments; a year that is put together (`20` and `27`) is not seen.
 */
export function yearsIn({ sources, place }: SourceProgram): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = writtenIn(node);
    if (text !== undefined && YEAR.test(text.replace(STANDARD, ''))) found.push(`${place(node)}: ${text.slice(0, 60)}`);
    ts.forEachChild(node, visit);
  };
  for (const source of sources) if (/\/apps\/[^/]+\/src\//.test(source.fileName)) visit(source);
  return found;
}

function writtenIn(node: ts.Node): string | undefined {
  if (ts.isNumericLiteral(node)) return QUANTITIES.has(Number(node.text)) ? undefined : node.getText();
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isStringLiteralLike(node)) return ENDS_OF_TIME.test(node.text) ? undefined : node.text;
  return ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node) ? node.text : undefined;
}
