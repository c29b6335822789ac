import { createHash } from 'node:crypto';
import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AppError, ERRORS, type ErrorCode, problemSlug, STATUS_OF_KIND } from '#contracts';
import { pagePolicy } from '../door/security-headers';
import { titleOf } from './problem';

const STYLE = 'body{font-family:system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}';
const POLICY = pagePolicy(`style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`);
const CODES = Object.keys(ERRORS) as ErrorCode[];

/** The pages that a problem's `type` leads to: what the code means, in English and German. */
@ApiExcludeController()
@Controller('problems')
export class ProblemController {
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', POLICY)
  list(): string {
    return page(
      'Problems',
      `<ul>${CODES.map((code) => `<li><a href="/problems/${problemSlug(code)}"><code>${code}</code></a></li>`).join('')}</ul>`,
    );
  }

  @Get(':slug')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', POLICY)
  show(@Param('slug') slug: string): string {
    const code = CODES.find((candidate) => problemSlug(candidate) === slug);
    if (!code) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const { kind, en, de } = ERRORS[code];
    return page(
      titleOf(code),
      `<p><code>${code}</code>, HTTP ${STATUS_OF_KIND[kind]}</p><p>${en}</p><p lang="de">${de}</p><p><a href="/problems">All problems</a></p>`,
    );
  }
}

// Only our own catalogue texts are put in here, never anything a client sent.
function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style><body><h1>${title}</h1>${body}</body></html>`;
}
