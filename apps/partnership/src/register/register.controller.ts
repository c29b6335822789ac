import { Controller } from '@nestjs/common';
import { listRegisterEntries, type ReplyOf, type RequestOf } from '#contracts';
import { Handle } from '#platform';
import { RegisterService } from './register.service';

@Controller()
export class RegisterController {
  constructor(private readonly register: RegisterService) {}

  @Handle(listRegisterEntries)
  list(request: RequestOf<typeof listRegisterEntries>): Promise<ReplyOf<typeof listRegisterEntries>> {
    return this.register.list(request);
  }
}
