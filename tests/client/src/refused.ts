// What a refused command means to whoever sits in front of the screen.

import type { ErrorCode, RefusedFragment } from '../generated/graphql.js';

/** What to do next. */
export type Advice = 'tell' | 'correct' | 'try again' | 'read again' | 'sign in';

/** A business "no" of one of these nouns: its sentence says all there is to say. */
type Rule = Extract<
  ErrorCode,
  `${'BASELINE' | 'CALENDAR' | 'CI' | 'CI_CLASS' | 'COMPLIANCE_REPORT' | 'CONVERSATION' | 'CUSTOM_FIELD' | 'DEAD_LETTER' | 'DOSSIER' | 'MACRO' | 'PERSON'}_${string}`
  | `${'PROJECTION' | 'QUEUE' | 'REASON' | 'RECURRENCE' | 'SERVICE_ACCOUNT' | 'SETTINGS' | 'SLA_PLAN' | 'SUBJECT' | 'SYNC_SOURCE' | 'TEMPLATE'}_${string}`
  | `${'TICKET' | 'UNIT'}_${string}`
  | `${'ACCESS_GROUP' | 'ACCESS_POLICY' | 'ACCESS_TEMPLATE' | 'ASSIGNMENT_RULE' | 'DENY_RULE' | 'RESOURCE_TYPE' | 'ROLE' | 'SOD_RULE' | 'ACCESS_REQUEST' | 'SUBJECT_ACCESS'}_${string}`
  | `${'ERASURE' | 'EVIDENCE_HOLD'}_${string}`
>;

/** Whatever else may be said of any command. */
type General = Exclude<ErrorCode, Rule>;

/** A code that the schema gains and this list does not have is an error of the build. */
const ADVICE: Record<General, Advice> = {
  BUSY: 'try again',
  CLAIM_TAKEN: 'correct',
  FORBIDDEN: 'tell',
  IDEMPOTENCY_KEY_REUSED: 'tell',
  INVALID_ID: 'read again',
  INVALID_INPUT: 'correct',
  PASSWORD_BUSY: 'try again',
  PASSWORD_RESET_LEFT: 'tell',
  PASSWORD_RESET_ONESELF: 'tell',
  PASSWORD_SAME: 'correct',
  PASSWORD_TOO_LONG: 'correct',
  PASSWORD_TOO_SHORT: 'correct',
  PASSWORD_WRONG: 'correct',
  SESSION_NOT_FOUND: 'read again',
  SIGN_IN_BUSY: 'try again',
  SIGN_IN_EXPIRED: 'sign in',
  SIGN_IN_FAILED: 'correct',
  SIGN_IN_LOCKED: 'tell',
  VERSION_CONFLICT: 'read again',
};

const isGeneral = (code: ErrorCode): code is General => code in ADVICE;

/** The advice for a code. */
export function advice(code: ErrorCode): Advice {
  return isGeneral(code) ? ADVICE[code] : 'tell';
}

/** A command that was refused; nothing has happened. */
export class Refused extends Error {
  constructor(readonly errors: readonly [RefusedFragment, ...RefusedFragment[]]) {
    super(errors.map(sentence).join('; '));
  }

  get code(): ErrorCode {
    return this.errors[0].code;
  }

  get advice(): Advice {
    return advice(this.code);
  }

  /** Throws unless the list is empty. */
  static check([first, ...more]: readonly RefusedFragment[]): void {
    if (first) throw new Refused([first, ...more]);
  }
}

/** The sentence for people, with what `meta` adds to it. */
function sentence({ code, message, meta }: RefusedFragment): string {
  if (code === 'TICKET_HELD' && typeof meta === 'object' && meta && 'holderName' in meta) {
    return `${message} (${meta.holderName})`;
  }
  return message;
}
