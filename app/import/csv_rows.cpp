// CSV through libcsv, read in blocks: a file of any size needs one row of memory.
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

  void cell(const char* text, std::size_t bytes) {
    if (cells_.empty()) row_line_ = line_;
    const std::string_view view(text, bytes);
    line_ += static_cast<int>(std::count(view.begin(), view.end(), '\n'));
    cells_.emplace_back(view);
  }

  void end_of_row() {
    ++line_;
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
  int line_ = 1;
  int row_line_ = 1;
  bool stopped_ = false;
};

void on_cell(void* text, std::size_t bytes, void* file) {
  static_cast<CsvFile*>(file)->cell(static_cast<const char*>(text), bytes);
}
void on_row(int, void* file) {
  static_cast<CsvFile*>(file)->end_of_row();
}

}  // namespace

void read_csv(const std::string& path, const std::string& shown_name, const RowSink& sink) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    sink.problem({shown_name, 0, "", "", "không đọc được tệp", "the file cannot be read"});
    return;
  }
  std::string block(kBlockBytes, '\0');
  file.read(block.data(), static_cast<std::streamsize>(block.size()));
  block.resize(static_cast<std::size_t>(file.gcount()));
  if (std::string_view(block).starts_with(kBom)) block.erase(0, kBom.size());

  csv_parser parser;
  if (csv_init(&parser, CSV_APPEND_NULL) != 0) return;
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> cleanup(&parser, csv_free);
  const auto line_end = block.find('\n');
  csv_set_delim(&parser, static_cast<unsigned char>(sniff_separator(block.substr(0, line_end))));
  CsvFile rows(shown_name, sink);
  while (!block.empty()) {
    csv_parse(&parser, block.data(), block.size(), on_cell, on_row, &rows);
    block.resize(kBlockBytes);
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    block.resize(static_cast<std::size_t>(file.gcount()));
  }
  csv_fini(&parser, on_cell, on_row, &rows);
}

}  // namespace app::importing
