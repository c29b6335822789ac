import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AppError, ERRORS, type ErrorCode, problemSlug, STATUS_OF_KIND } from '#contracts';
import { HTML_PAGE_POLICY, htmlPage } from '../http/html-page';
import { titleOf } from './problem';

const CODES = Object.keys(ERRORS) as ErrorCode[];

/** The pages that a problem's `type` leads to: what the code means, in English and German. */
@ApiExcludeController()
@Controller('problems')
export class ProblemController {
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', HTML_PAGE_POLICY)
  list(): string {
    return htmlPage(
      'Problems',
      `<ul>${CODES.map((code) => `<li><a href="/problems/${problemSlug(code)}"><code>${code}</code></a></li>`).join('')}</ul>`,
    );
  }

  @Get(':slug')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', HTML_PAGE_POLICY)
  show(@Param('slug') slug: string): string {
    const code = CODES.find((candidate) => problemSlug(candidate) === slug);
    if (!code) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const { kind, en, de } = ERRORS[code];
    return htmlPage(
      titleOf(code),
      `<p><code>${code}</code>, HTTP ${STATUS_OF_KIND[kind]}</p><p>${en}</p><p lang="de">${de}</p><p><a href="/problems">All problems</a></p>`,
    );
  }
}
