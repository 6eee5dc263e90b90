// Writes generated/: typed documents of src/desk.graphql, checked against the schema of the book.
// It is what `graphql-codegen` does with the client preset, without its loaders of everything from everywhere.
//
//   node generate.mjs [SCHEMA]

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { buildSchema, parse } from 'graphql';

const here = new URL('.', import.meta.url);
const read = (path) => readFileSync(new URL(path, here), 'utf8');

const sdl = read(process.argv[2] ?? '../../docs/reference/schema.graphql');
const operations = read('src/desk.graphql');

const files = await preset.buildGeneratesSection({
  baseOutputDir: 'generated/',
  schema: parse(sdl),
  schemaAst: buildSchema(sdl),
  documents: [{ location: 'src/desk.graphql', document: parse(operations), rawSDL: operations }],
  plugins: [],
  pluginMap: {},
  presetConfig: { fragmentMasking: false },
  config: {
    // The documents are sent as text: nothing of GraphQL is needed at run time.
    documentMode: 'string',
    emitLegacyCommonJSImports: false,
    enumsAsTypes: true,
    onlyOperationTypes: true,
    useTypeImports: true,
    // A scalar that is not named here is to be looked at before it is used.
    defaultScalarType: 'unknown',
    scalars: { Cursor: 'string', Date: 'string', DateTime: 'string', Position: 'string' },
  },
});

// The preset's other files find a document by its text, for operations written inside the program.
const documents = files.find((file) => file.filename.endsWith('/graphql.ts'));
mkdirSync(new URL('generated/', here), { recursive: true });
writeFileSync(new URL(documents.filename, here), await codegen(documents));
