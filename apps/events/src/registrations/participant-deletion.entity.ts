import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That the names and addresses of an event's people were deleted after their period, and how many; never who. */
@Entity({ name: 'participant_deletion' })
export class ParticipantDeletion {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') eventId!: string;
  @Column('timestamptz') dueAt!: Date;
  @Column('timestamptz') deletedAt!: Date;
  @Column('int') people!: number;
}
