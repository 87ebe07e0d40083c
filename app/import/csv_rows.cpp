// CSV through libcsv, fed line by line: a file of any size needs one row of memory, and a problem
// names the line its row begins at. libcsv passes over blank lines without a word, so the lines are
// counted here.
#include <csv.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <optional>

#include "app/import/rows.h"
#include "base/text.h"

namespace app::importing {
namespace {

constexpr std::size_t kBlockBytes = 64 * 1024;
constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::size_t kHeadingsShownMax = 80;

char sniff_separator(std::string_view first_line) {
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char candidate : {',', ';', '\t'}) {
    const auto count = std::count(first_line.begin(), first_line.end(), candidate);
    if (count > most) {
      most = count;
      best = candidate;
    }
  }
  return best;
}

// The kind whose columns hold every heading; the id column decides between two.
std::optional<Kind> kind_of(const std::vector<std::string>& headings) {
  const auto has = [&](std::string_view name) {
    return std::find(headings.begin(), headings.end(), name) != headings.end();
  };
  if (has("place")) return Kind::place;
  if (has("sku")) return Kind::variant;
  if (has("lot") && has("quantity")) return Kind::stock;
  if (has("product") && has("category")) return Kind::product;
  if (has("pool") && has("base_unit")) return Kind::pool;
  if (has("producer") && has("kind")) return Kind::producer;
  return std::nullopt;
}

class CsvFile {
 public:
  CsvFile(std::string name, const RowSink& sink) : name_(std::move(name)), sink_(sink) {}

  bool has_headings() const { return !columns_.empty(); }
  std::optional<Kind> kind() const {
    return has_headings() && !stopped_ ? std::optional(kind_) : std::nullopt;
  }

  void cell(const char* text, std::size_t bytes) { cells_.emplace_back(text, bytes); }

  // Before each piece of the file: `line` is the one the piece belongs to.
  void begin_piece(int line) {
    if (!row_open_) row_line_ = line;
    row_ended_ = false;
  }
  void end_piece(bool is_blank) { row_open_ = !row_ended_ && (row_open_ || !is_blank); }

  void end_of_row() {
    row_ended_ = true;
    const bool blank = std::all_of(cells_.begin(), cells_.end(),
                                   [](const auto& c) { return base::trim(c).empty(); });
    if (!blank && !stopped_) {
      if (columns_.empty()) {
        take_headings();
      } else {
        take_row();
      }
    }
    cells_.clear();
  }

 private:
  void take_headings() {
    for (const auto& cell : cells_) columns_.push_back(base::fold(cell));
    const auto kind = kind_of(columns_);
    if (!kind) {
      std::string shown;
      for (const auto& column : columns_) shown += (shown.empty() ? "" : ",") + column;
      stop("", base::shorten(shown, kHeadingsShownMax),
           "không nhận ra loại tệp; xem tên cột trong docs/import-format.md",
           "these headings are no known kind of file; see docs/import-format.md");
      return;
    }
    kind_ = *kind;
    const auto& known = columns_of(kind_);
    for (const auto& column : columns_) {
      if (std::find(known.begin(), known.end(), column) != known.end()) continue;
      stop(column, column, "cột lạ; xóa hoặc sửa tên cột", "unknown column; remove or rename it");
      return;
    }
  }

  void take_row() {
    if (cells_.size() > columns_.size()) {
      sink_.problem({name_, row_line_, "", "", "dòng có nhiều ô hơn số cột; kiểm tra dấu phân cách",
                     "the row has more cells than columns; check the separators"});
      return;
    }
    RawRow row;
    row.file = name_;
    row.line = row_line_;
    row.kind = kind_;
    row.columns = &columns_;
    row.cells = std::move(cells_);
    for (const auto& cell : row.cells) {
      if (base::is_utf8(cell)) continue;
      sink_.problem({name_, row_line_, "", "", "chữ không phải UTF-8; hãy lưu tệp dạng CSV UTF-8",
                     "the text is not UTF-8; save the file as CSV UTF-8"});
      return;
    }
    sink_.row(row);
  }

  void stop(const std::string& column, const std::string& value, const std::string& vi,
            const std::string& en) {
    stopped_ = true;
    sink_.problem({name_, row_line_, column, value, vi, en});
  }

  const std::string name_;
  const RowSink& sink_;
  std::vector<std::string> columns_;
  std::vector<std::string> cells_;
  Kind kind_ = Kind::producer;
  int row_line_ = 1;       // where the row that is being read begins
  bool row_open_ = false;  // it goes on over a line end
  bool row_ended_ = false;
  bool stopped_ = false;
};

void on_cell(void* text, std::size_t bytes, void* file) {
  static_cast<CsvFile*>(file)->cell(static_cast<const char*>(text), bytes);
}
void on_row(int, void* file) {
  static_cast<CsvFile*>(file)->end_of_row();
}

// Empty at the end of the file.
std::string next_block(std::ifstream& file) {
  std::string block(kBlockBytes, '\0');
  file.read(block.data(), static_cast<std::streamsize>(block.size()));
  block.resize(static_cast<std::size_t>(file.gcount()));
  return block;
}

enum class Extent { headings, all };

std::optional<Kind> parse(const std::string& path, const std::string& shown_name,
                          const RowSink& sink, Extent extent) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    sink.problem({shown_name, 0, "", "", "không đọc được tệp", "the file cannot be read"});
    return std::nullopt;
  }
  std::string block = next_block(file);
  if (block.starts_with(kBom)) block.erase(0, kBom.size());
  if (block.starts_with("\xFF\xFE") || block.starts_with("\xFE\xFF")) {
    sink.problem({shown_name, 1, "", "", "tệp là UTF-16; hãy lưu dạng CSV UTF-8",
                  "the file is UTF-16; save it as CSV UTF-8"});
    return std::nullopt;
  }
  csv_parser parser;
  if (csv_init(&parser, CSV_APPEND_NULL) != 0) return std::nullopt;
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> cleanup(&parser, csv_free);
  csv_set_delim(&parser,
                static_cast<unsigned char>(sniff_separator(block.substr(0, block.find('\n')))));
  CsvFile rows(shown_name, sink);
  int line = 1;
  for (; !block.empty(); block = next_block(file)) {
    std::string_view rest = block;
    while (!rest.empty()) {
      const auto end = std::min(rest.find('\n'), rest.size() - 1) + 1;
      const auto piece = rest.substr(0, end);
      rest.remove_prefix(end);
      rows.begin_piece(line);
      csv_parse(&parser, piece.data(), piece.size(), on_cell, on_row, &rows);
      rows.end_piece(base::trim(piece).empty());
      if (piece.back() == '\n') ++line;
      if (extent == Extent::headings && rows.has_headings()) return rows.kind();
    }
  }
  csv_fini(&parser, on_cell, on_row, &rows);
  return rows.kind();
}

}  // namespace

std::optional<Kind> csv_kind(const std::string& path) {
  const RowSink nobody{[](RawRow&) {}, [](const Problem&) {}};
  return parse(path, {}, nobody, Extent::headings);
}

void read_csv(const std::string& path, const std::string& shown_name, const RowSink& sink) {
  parse(path, shown_name, sink, Extent::all);
}

}  // namespace app::importing
