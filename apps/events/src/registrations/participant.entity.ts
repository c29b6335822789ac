import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AccessibilityNeedKind, MailLanguage } from '#contracts/events';

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
  /** Who named the person, a municipality or a user: nobody names an address twice. Null where the version before wrote it. */
  @Column('text', { nullable: true }) registrant!: string | null;
  @Column('text', { nullable: true }) language!: MailLanguage | null;
  /** Since when the address is known to be the person's: it is theirs alone at this event. */
  @Column('timestamptz', { nullable: true }) addressConfirmedAt!: Date | null;
  /** Since when it is known to be somebody's of another registration. */
  @Column('timestamptz', { nullable: true }) addressTakenAt!: Date | null;
  @Column('timestamptz', { nullable: true }) confirmationRequestedAt!: Date | null;
  /** False once the registration is over; until then the address stays named. */
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
