#include "connectors/common/sheet/csv_source.h"

#include <csv.h>

#include <algorithm>
#include <deque>
#include <optional>

#include "base/text.h"
#include "connectors/common/sheet/legacy_text.h"

namespace connectors::common {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::size_t kPieceBytes = std::size_t{16} << 10;

class CsvSource final : public RowSource {
 public:
  CsvSource(std::string_view text, char separator) : rest_(text) {
    if (rest_.starts_with(kBom)) rest_.remove_prefix(kBom.size());
    utf8_ = base::is_utf8(rest_);
    ready_ = csv_init(&parser_, CSV_REPALL_NL) == 0;
    csv_set_delim(&parser_, static_cast<unsigned char>(separator));
    csv_set_blk_size(&parser_, kPieceBytes);
  }
  ~CsvSource() override { csv_free(&parser_); }
  CsvSource(const CsvSource&) = delete;
  CsvSource& operator=(const CsvSource&) = delete;

  base::Result<bool> next(Row& row) override {
    while (rows_.empty() && !ended_ && !failed_) feed();
    if (rows_.empty() && failed_) return *failed_;
    if (rows_.empty()) return false;
    std::swap(row, rows_.front());
    rows_.pop_front();
    return true;
  }

 private:
  static void on_cell(void* cell, std::size_t bytes, void* self) {
    static_cast<CsvSource*>(self)->take({static_cast<const char*>(cell), bytes});
  }
  static void on_row(int, void* self) { static_cast<CsvSource*>(self)->end_row(); }

  void feed() {
    if (!ready_) return fail("out_of_memory", "hết bộ nhớ", "out of memory");
    const auto piece = next_piece();
    if (piece.empty() && rest_.empty()) {
      csv_fini(&parser_, on_cell, on_row, this);
      ended_ = true;
      return;
    }
    const auto done = csv_parse(&parser_, piece.data(), piece.size(), on_cell, on_row, this);
    if (done != piece.size()) fail("bad_csv", "tệp CSV hỏng", "the CSV cannot be read");
    if (parser_.entry_pos > kCellBytesMax) too_long();
  }

  // One kind of line end, so that every one of them is reported once.
  std::string next_piece() {
    std::string out;
    const auto piece = rest_.substr(0, kPieceBytes);
    out.reserve(piece.size());
    for (const char c : piece) {
      const bool second = after_return_ && c == '\n';
      after_return_ = c == '\r';
      if (!second) out.push_back(c == '\r' ? '\n' : c);
    }
    rest_.remove_prefix(piece.size());
    return out;
  }

  void take(std::string_view text) {
    if (failed_) return;
    if (current_.cells.empty()) current_.line = line_;
    line_ += static_cast<int>(std::count(text.begin(), text.end(), '\n'));
    row_bytes_ += text.size();
    if (current_.cells.size() >= kColumnsMax) {
      return fail("too_many_columns", "quá 512 cột", "more than 512 columns");
    }
    if (text.size() > kCellBytesMax || row_bytes_ > kRowBytesMax) return too_long();
    const bool as_it_is = utf8_ || base::is_utf8(text);
    current_.cells.push_back(as_it_is ? std::string(text) : text_of_bytes(text));
    current_.marks.push_back(as_it_is ? CellMark::plain : CellMark::bytes);
  }

  void end_row() {
    ++line_;
    row_bytes_ = 0;
    const bool any = std::any_of(current_.cells.begin(), current_.cells.end(),
                                 [](const auto& cell) { return !base::trim(cell).empty(); });
    if (any && !failed_) rows_.push_back(std::move(current_));
    current_ = Row{};
    if (line_ > kRowsMax) fail("too_many_rows", "quá 1048576 dòng", "more than 1048576 rows");
  }

  void too_long() {
    fail("cell_too_long", "dòng " + std::to_string(line_) + ": ô quá dài (thiếu dấu ngoặc kép?)",
         "a cell is too long (a quote missing?)");
  }
  void fail(std::string_view name, std::string_view vi, std::string_view en) {
    if (!failed_) failed_ = sheet_error(name, vi, en);
  }

  std::string_view rest_;
  csv_parser parser_{};
  std::deque<Row> rows_;
  Row current_;
  std::optional<base::Error> failed_;
  std::size_t row_bytes_ = 0;
  int line_ = 1;
  bool utf8_ = true;
  bool ready_ = false;
  bool ended_ = false;
  bool after_return_ = false;
};

}  // namespace

std::unique_ptr<RowSource> open_csv(std::string_view text, char separator) {
  return std::make_unique<CsvSource>(text, separator);
}

}  // namespace connectors::common
