#pragma once
// CSV as rows (libcsv), read in pieces: memory is the text and one piece. Quotes are read
// leniently, as spreadsheets do. Any of "\n", "\r\n" and "\r" ends a line. A cell that is not
// UTF-8, in a text that is not, comes with CellMark::bytes. Errors: too_many_columns,
// cell_too_long. Threads: one per object.
#include "connectors/common/sheet/row_source.h"

namespace connectors::common {

// `text` outlives the source; a mark of UTF-8 at its front is passed over.
std::unique_ptr<RowSource> open_csv(std::string_view text, char separator);

}  // namespace connectors::common
