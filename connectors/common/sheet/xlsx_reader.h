#pragma once
// The rows of one sheet of an XLSX workbook, streamed: the archive, one piece of XML, the styles
// and the shared strings are all that memory ever holds (xlsx_parts.h says how much that can be).
//
//   auto reader = XlsxReader::from_file("orders.xlsx");
//   for (Row row; reader.value()->next(row).value();) use(row);   // errors: see row_source.h
//
//   sheet     by name, or the first visible one
//   text      shared and inline strings; formulas by the value they had; errors as "#N/A"
//   number    as people write it (xlsx_values.h); dates by the cell's number format, both systems
//   boolean   "TRUE", "FALSE"
//   merged    the text stands in the first cell, the others are empty
//   marks     by the font of the cell or of its string: VNI-*, .Vn*
// Caps: row_source.h, zip_parts.h, xlsx_parts.h. A DOCTYPE is refused. Threads: one per object.
// Source: ECMA-376 (5th edition) part 1; read by SAX2, as the pull reader costs twice the time.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "connectors/common/sheet/row_source.h"

namespace connectors::common {

class XlsxReader final : public RowSource {
 public:
  // `bytes` outlive the reader.
  static base::Result<std::unique_ptr<XlsxReader>> from_bytes(std::string_view bytes,
                                                              std::string_view sheet_name = {});
  static base::Result<std::unique_ptr<XlsxReader>> from_file(const std::string& path,
                                                             std::string_view sheet_name = {});
  ~XlsxReader() override;

  base::Result<bool> next(Row& row) override;

 private:
  struct Impl;
  explicit XlsxReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace connectors::common
