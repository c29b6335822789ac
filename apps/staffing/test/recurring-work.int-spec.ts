import { describeRecurringWork } from '#testing';
import { staffingDataSource } from '../src/data-source';
import { StaffingModule } from '../src/staffing.module';

describeRecurringWork({ module: StaffingModule, dataSource: staffingDataSource });
