import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { HTML_PAGE_POLICY, htmlPage } from '../http/html-page';
import { WebClient } from '../web/web-client';

const PAGE = htmlPage(
  'Fachkräftefonds',
  `<p>The interface of an expert fund for municipal partnerships, for programs. People work with it through a client.</p>
<ul>
<li><a href="/docs">Operations</a>, to read and to try (<a href="/openapi.json">OpenAPI</a>)</li>
<li><a href="/asyncapi.json">Messages</a> (AsyncAPI)</li>
<li><a href="/problems">Problems</a> that it answers</li>
<li><a href="/health/ready">Health</a></li>
</ul>
<div lang="de"><h2>Auf Deutsch</h2>
<p>Die Schnittstelle eines Fachkräftefonds für kommunale Partnerschaften, für Programme. Menschen arbeiten mit ihr über eine Anwendung.
Oben stehen die Vorgänge zum Lesen und Ausprobieren, die Nachrichten, die Fehlermeldungen und der Zustand des Systems.</p></div>`,
);

/** What somebody sees who opens the address in a browser: the web client; where none was built, what this is, and where to go on. */
@ApiExcludeController()
@Controller()
export class HomeController {
  constructor(private readonly client: WebClient) {}

  @Get()
  page(@Res() reply: FastifyReply): void {
    if (this.client.sendPage(reply)) return;
    void reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', HTML_PAGE_POLICY)
      .send(PAGE);
  }
}
