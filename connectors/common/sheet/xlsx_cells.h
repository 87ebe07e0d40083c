#pragma once
// The cells of one sheet as the parser meets them: light records over one block of text, so that a
// piece of XML can name the same long shared string many times at no cost. Private to this folder.
// Errors: bad_xml, too_many_columns, cell_too_long, too_many_rows. Threads: one per object.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/common/sheet/sax_part.h"

namespace connectors::common {

enum class CellKind : unsigned char { number, shared, text, boolean, fault };

struct RawCell {
  std::uint32_t column = 0;
  std::uint32_t style = 0;
  std::uint32_t begin = 0;  // in the block
  std::uint32_t size = 0;
  CellKind kind = CellKind::number;
};
struct RawRow {
  int line = 0;
  std::size_t first_cell = 0;
  std::size_t cell_count = 0;
};

class CellsSink final : public SaxSink {
 public:
  void start(std::string_view name, std::span<const SaxAttribute> attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view bytes) override;

  // Whole rows so far that were not taken, in order.
  bool has_row() const { return taken_ < rows_.size(); }
  const RawRow& take_row() { return rows_[taken_++]; }
  const RawCell& cell(std::size_t index) const { return cells_[index]; }
  std::string_view text_of(const RawCell& cell) const {
    return std::string_view(block_).substr(cell.begin, cell.size);
  }
  // The last row of the sheet was seen.
  bool done() const { return done_; }
  // After all rows were taken: what is left of them goes.
  void forget();

 private:
  void start_row(std::span<const SaxAttribute> attributes);
  void start_cell(std::span<const SaxAttribute> attributes);
  void end_cell();

  std::vector<RawRow> rows_;
  std::vector<RawCell> cells_;
  std::string block_;
  std::size_t taken_ = 0;
  std::size_t row_begin_ = 0;  // first cell of the row being read
  std::size_t row_bytes_ = 0;
  int line_ = 0;
  std::uint32_t next_column_ = 0;
  RawCell cell_;
  bool in_data_ = false;
  bool in_cell_ = false;
  bool in_text_ = false;
  bool phonetic_ = false;
  bool done_ = false;
};

}  // namespace connectors::common
