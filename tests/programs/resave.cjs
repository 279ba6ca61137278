// Workbooks saved again by node packages, all in one process: run by drivers.py.
// Jobs and answers are those of resave.py; a job that has "values" is read instead, and "target"
// takes its cells as JSON: {sheet: {address: value}}.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

async function exceljs(name, job) {
  const { Workbook } = require(name);
  const book = new Workbook();
  await book.xlsx.readFile(job.source);
  if (job.values) return exceljsCells(book);
  book.getWorksheet(job.sheet).getCell(job.cell).value = job.text;
  await book.xlsx.writeFile(job.target);
}

function exceljsCells(book) {
  const sheets = {};
  for (const sheet of book.worksheets) {
    const cells = (sheets[sheet.name] = {});
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.master === cell) cells[cell.address] = exceljsValue(cell.value);
      }),
    );
  }
  return sheets;
}

function exceljsValue(value) {
  if (value instanceof Date) return Number.isNaN(value.valueOf()) ? "no date" : { date: value.toISOString() };
  if (value === null || typeof value !== "object") return value;
  if (value.richText) return value.richText.map((run) => run.text).join("");
  if (value.formula !== undefined || value.sharedFormula !== undefined)
    return exceljsValue(value.result === undefined ? null : value.result);
  if (value.hyperlink !== undefined) return exceljsValue(value.text);
  return value.error ?? null;
}

async function sheetjs(job) {
  const library = require("xlsx");
  const book = library.readFile(job.source);
  if (job.values) return sheetjsCells(book);
  book.Sheets[job.sheet][job.cell] = { t: "s", v: job.text };
  library.writeFile(book, job.target);
}

function sheetjsCells(book) {
  const sheets = {};
  for (const name of book.SheetNames) {
    const cells = (sheets[name] = {});
    for (const [address, cell] of Object.entries(book.Sheets[name]))
      if (!address.startsWith("!") && cell.t !== "z") cells[address] = cell.w && cell.t === "e" ? cell.w : cell.v;
  }
  return sheets;
}

async function populate(job) {
  const book = await require("xlsx-populate").fromFileAsync(job.source);
  book.sheet(job.sheet).cell(job.cell).value(job.text);
  await book.toFileAsync(job.target);
}

async function excelize(job) {
  const folder = path.dirname(require.resolve("excelize-wasm"));
  const library = await require("excelize-wasm").init(path.join(folder, "excelize.wasm.gz"));
  const done = (result) => {
    if (result.error) throw new Error(result.error);
    return result;
  };
  const book = done(library.OpenReader(fs.readFileSync(job.source)));
  done(book.SetCellValue(job.sheet, job.cell, job.text));
  fs.writeFileSync(job.target, done(book.WriteToBuffer()).buffer);
}

const PROGRAMS = {
  exceljs: (job) => exceljs("exceljs", job),
  "protobi-exceljs": (job) => exceljs("@protobi/exceljs", job),
  sheetjs,
  "xlsx-populate": populate,
  excelize,
};

async function main() {
  const errors = [];
  for (const job of JSON.parse(fs.readFileSync(0, "utf8"))) {
    try {
      const cells = await PROGRAMS[job.program](job);
      if (job.values) fs.writeFileSync(job.target, JSON.stringify(cells));
      errors.push(null);
    } catch (error) {
      errors.push(`${error.name}: ${error.message}`);
    }
  }
  fs.writeSync(1, JSON.stringify(errors));
  process.exit(0); // the wasm of excelize would keep the process alive
}

main();
