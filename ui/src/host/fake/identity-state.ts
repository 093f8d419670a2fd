// The invented clinic's likely duplicates and merges.
import type { MergeView, PatientView } from '../../bindings/types';
import type { FakeOptions } from './options';

export interface FakeIdentity {
  /** Ids of two patients who may be one. */
  pairs: [string, string][];
  merges: (MergeView & { keptId: string; goneId: string; goneWas: PatientView })[];
}

export function identityOf({ twins }: FakeOptions, patients: PatientView[]): FakeIdentity {
  const pairs: [string, string][] = [];
  for (let n = 0; n < twins; n += 1) {
    const [one, other] = [patients[2 * n], patients[2 * n + 1]];
    if (one === undefined || other === undefined) break;
    // The second is the first, written down by somebody else.
    const [year, month, day] = (one.birth_date ?? '1970-03-04').split('-');
    other.name = one.name.split(' ').reverse().join(', ');
    other.sex = one.sex;
    other.birth_date = Number(day) <= 12 ? `${year}-${day}-${month}` : one.birth_date;
    pairs.push([one.id, other.id]);
  }
  return { pairs, merges: [] };
}
