import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { asyncApiDocument } from '#contracts';

/** What goes over NATS, for those who consume it: as public as the OpenAPI document. */
@ApiExcludeController()
@Controller('asyncapi.json')
export class AsyncApiController {
  private readonly text = JSON.stringify(asyncApiDocument());

  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  @Header('cache-control', 'public, max-age=300')
  document(): string {
    return this.text;
  }
}
