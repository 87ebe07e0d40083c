#include "connectors/common/worksheet/csv_rows.h"

#include <csv.h>

#include <algorithm>
#include <memory>

namespace connectors::common {
namespace {

struct Collector {
  std::vector<CsvRow> rows;
  CsvRow current;
  int line = 1;
};

void on_cell(void* cell, std::size_t bytes, void* data) {
  auto& into = *static_cast<Collector*>(data);
  if (into.current.cells.empty()) into.current.line = into.line;
  const std::string_view text(static_cast<const char*>(cell), bytes);
  into.line += static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  into.current.cells.emplace_back(text);
}

void on_row(int, void* data) {
  auto& into = *static_cast<Collector*>(data);
  ++into.line;
  if (into.current.cells.empty()) return;
  into.rows.push_back(std::move(into.current));
  into.current = CsvRow{};
}

// One kind of line end, so that every one of them is reported once.
std::string with_plain_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out.push_back(text[i]);
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out.push_back('\n');
    }
  }
  return out;
}

// The text up to the end of its first `lines` lines.
std::string_view head_of(std::string_view text, std::size_t lines) {
  std::size_t at = 0;
  for (; lines > 0 && at < text.size(); --lines) {
    at = std::min(text.find('\n', at), text.size() - 1) + 1;
  }
  return text.substr(0, at);
}

}  // namespace

std::vector<CsvRow> read_csv(std::string_view text, char separator, std::size_t rows_max) {
  const auto plain = with_plain_line_ends(text);
  const auto wanted = rows_max == 0 ? std::string_view(plain) : head_of(plain, rows_max);
  csv_parser parser;
  if (csv_init(&parser, CSV_REPALL_NL) != 0) return {};
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> cleanup(&parser, csv_free);
  csv_set_delim(&parser, static_cast<unsigned char>(separator));
  Collector into;
  csv_parse(&parser, wanted.data(), wanted.size(), on_cell, on_row, &into);
  csv_fini(&parser, on_cell, on_row, &into);
  if (rows_max > 0 && into.rows.size() > rows_max) into.rows.resize(rows_max);
  return std::move(into.rows);
}

}  // namespace connectors::common
