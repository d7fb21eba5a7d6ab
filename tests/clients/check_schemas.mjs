// Compiles JSON Schemas with ajv in strict mode and says of each file whether it is valid.
// In, on standard input: [{schema, files: {name: content}}]; out: [{name: true | false}].
import Ajv2020 from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";

const FOR_EDITORS = [
  "errorMessage",
  "enumDescriptions",
  "markdownDescription",
  "defaultSnippets",
  "doNotSuggest",
];

function verdicts({ schema, files }) {
  // a scalar may be a number or text; what is required stands apart from the keys, each with its words
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true });
  ajv.addVocabulary(FOR_EDITORS);
  const validate = ajv.compile(schema);
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [name, validate(content)]));
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(verdicts)));
