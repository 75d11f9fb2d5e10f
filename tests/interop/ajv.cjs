// What ajv says. Argument: the folder of Node packages. Standard input: {parts, kinds: {name: {schema, records}}}.
// Standard output: {name: {complaints: [what strict mode objects to], verdicts: [whether a record is valid]}}.
"use strict"

const { createRequire } = require("node:module")
const { readFileSync } = require("node:fs")
const { join } = require("node:path")

const load = createRequire(join(process.argv[2], "package.json"))
const Ajv = load("ajv/dist/2020").default
const addFormats = load("ajv-formats").default

// Strict mode lets no keyword pass that it does not know, so our own are made known to it; they check nothing.
function ownKeywords(schema, found = new Set()) {
  if (schema !== null && typeof schema === "object") {
    for (const [name, inner] of Object.entries(schema)) {
      if (name.startsWith("x-")) found.add(name)
      ownKeywords(inner, found)
    }
  }
  return found
}

function judge(parts, { schema, records }) {
  const complaints = []
  const logger = { log: () => {}, warn: (text) => complaints.push(text), error: (text) => complaints.push(text) }
  // One field may hold several types: what another system claims is text, a number or a truth value.
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, logger })
  addFormats(ajv)
  ajv.addVocabulary([...ownKeywords([parts, schema])])
  ajv.addSchema(parts)
  try {
    const validate = ajv.compile(schema)
    return { complaints, verdicts: records.map((record) => validate(record)) }
  } catch (error) {
    return { complaints: [...complaints, error.message], verdicts: [] }
  }
}

const { parts, kinds } = JSON.parse(readFileSync(0, "utf8"))
const answers = Object.entries(kinds).map(([name, kind]) => [name, judge(parts, kind)])
process.stdout.write(JSON.stringify(Object.fromEntries(answers)))
