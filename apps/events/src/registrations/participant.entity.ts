import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AccessibilityNeedKind } from '#contracts/events';

/** A person of a registration: personal data, kept apart from the case so that it can be erased without it. */
@Entity({ name: 'participant' })
export class Participant {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') eventId!: string;
  @Column('uuid') registrationId!: string;
  @Column('text') name!: string;
  @Column('text') email!: string;
  /** One spelling of the address, by which a person is known. */
  @Column('text') addressKey!: string;
  /** False once the registration is over; until then the person cannot register for the event again. */
  @Column('boolean') isOpen!: boolean;
}

/** What a participant needs to take part without barriers (Art. 9 GDPR); deleted after the event. */
@Entity({ name: 'accessibility_need' })
export class AccessibilityNeed {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') eventId!: string;
  @Column('uuid') participantId!: string;
  @Column('text') kind!: AccessibilityNeedKind;
  @Column('text', { nullable: true }) note!: string | null;
}
