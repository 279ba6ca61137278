# Workbooks saved again by R's openxlsx: run by drivers.py. Each line of standard input is a job,
# source, target, sheet, row, column and text between tabs; each line printed is what went wrong.
suppressMessages(library(openxlsx))
for (line in readLines(file("stdin", encoding = "UTF-8"))) {
  job <- strsplit(line, "\t", fixed = TRUE)[[1]]
  wrong <- tryCatch({
    book <- loadWorkbook(job[1])
    writeData(book, job[3], job[6], startCol = as.integer(job[5]), startRow = as.integer(job[4]), colNames = FALSE)
    saveWorkbook(book, job[2], overwrite = TRUE)
    ""
  }, error = function(problem) gsub("[\r\n]+", " ", conditionMessage(problem)))
  cat(wrong, "\n", sep = "")
}
