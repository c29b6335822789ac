import { z } from 'zod';
import { message } from '../message';
import { Code, Day, Id } from '../values';
import { MunicipalityKind, Side } from './municipality.operations';
import { Money } from '../money';
import { ProjectSector, ProjectStage, ProjectStatus } from './project.operations';
import { FIELDS_MAX, PARTICIPANTS_MAX, PartnershipKind, PartnershipStatus } from './partnership.operations';
import { ORIGINS_MAX } from './result.operations';
import { ResultStatus, ResultType } from './result.values';

/** Only its form: a message of a newer version, with a country that its reader does not list yet, must not fail. */
const Country = Code(2, /^[A-Z]{2}$/);

export const municipalityRecorded = message({
  subject: 'evt.partnership.municipality.recorded.v1',
  summary: 'A municipality was recorded or changed; the full present state',
  data: z.object({
    municipalityId: Id,
    name: z.string().max(200),
    kind: MunicipalityKind,
    country: Country,
    side: Side,
    population: z.int().nullable(),
  }),
});

export const partnershipRecorded = message({
  subject: 'evt.partnership.partnership.recorded.v1',
  summary: 'A partnership was recorded or changed; the full present state',
  data: z.object({
    partnershipId: Id,
    kind: PartnershipKind,
    status: PartnershipStatus,
    period: z.object({ from: Day, to: Day.nullable() }).nullable(),
    participants: z
      .array(z.object({ municipalityId: Id, side: Side, country: Country, name: z.string().max(200) }))
      .max(PARTICIPANTS_MAX),
    fieldsOfAction: z.array(z.object({ key: z.string().max(50), percent: z.int() })).max(FIELDS_MAX),
  }),
});

export const projectRecorded = message({
  subject: 'evt.partnership.project.recorded.v1',
  summary: 'A bankable project was recorded, changed or moved on; the full present state',
  data: z.object({
    projectId: Id,
    partnershipId: Id,
    ownerMunicipalityId: Id,
    sector: ProjectSector,
    stage: ProjectStage,
    stageSince: Day,
    status: ProjectStatus,
    capex: Money.nullable(),
    committed: Money,
    signed: Money,
  }),
});

export const resultRecorded = message({
  subject: 'evt.partnership.result.recorded.v1',
  summary:
    'A result, its indicators, periods or figures were recorded or changed; the full present state without the figures',
  data: z.object({
    resultId: Id,
    type: ResultType,
    status: ResultStatus,
    origins: z
      .array(z.object({ partnershipId: Id, projectId: Id.nullable(), assignmentId: Id.nullable() }))
      .max(ORIGINS_MAX),
    indicators: z.int(),
    periods: z.int(),
    lockedPeriods: z.int(),
  }),
});
