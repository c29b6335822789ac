import ts from 'typescript';

export type TextNode = ts.StringLiteralLike | ts.TemplateExpression;

const STATEMENT = /\b(SELECT\b.*\bFROM|INSERT\s+INTO|UPDATE\b.*\bSET|DELETE\s+FROM|RETURNING)\b/s;

/** The text of a literal, with `$` for what is put in. */
export function textOf(node: TextNode): string {
  if (!ts.isTemplateExpression(node)) return node.text;
  return node.templateSpans.reduce((text, { literal }) => `${text}$${literal.text}`, node.head.text);
}

/** The texts of a file that hold a statement of SQL, or a part of one from its first word on. */
export function sqlOf(source: ts.SourceFile): { node: TextNode; text: string }[] {
  const found: { node: TextNode; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const text = textOf(node);
      if (STATEMENT.test(text)) found.push({ node, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
