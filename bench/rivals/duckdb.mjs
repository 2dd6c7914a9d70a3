// Runs one query in DuckDB: duckdb.mjs CORES SQL. For machines without DuckDB's command line tool.
import { DuckDBInstance } from "@duckdb/node-api";

const [cores, sql] = process.argv.slice(2);
const instance = await DuckDBInstance.create(":memory:", { threads: cores });
const connection = await instance.connect();
const reader = await connection.runAndReadAll(sql);
console.log(String(reader.getRows()[0][0]));
