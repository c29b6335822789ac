import { Module } from '@nestjs/common';
import { FundsModule } from '../../budget/funds/funds.module';
import { FundCourseReader } from './fund-course.reader';

@Module({ imports: [FundsModule], providers: [FundCourseReader] })
export class FundCoursesModule {}
