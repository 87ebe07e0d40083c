#include "sandbox/clerk/worksheet.h"

#include <csv.h>

#include <fstream>
#include <map>
#include <sstream>

#include "base/text.h"
#include "sandbox/json_tools.h"

namespace sandbox {
namespace {

using Cells = std::vector<std::string>;

struct Reading {
  std::vector<Cells> rows;
  Cells current;
};

void on_cell(void* cell, std::size_t bytes, void* reading) {
  static_cast<Reading*>(reading)->current.emplace_back(static_cast<const char*>(cell), bytes);
}

void on_row(int, void* reading) {
  auto& read = *static_cast<Reading*>(reading);
  read.rows.push_back(std::move(read.current));
  read.current.clear();
}

std::vector<Cells> parse_rows(const std::string& text) {
  csv_parser parser;
  if (csv_init(&parser, 0) != 0) return {};
  csv_set_delim(&parser, ';');
  Reading reading;
  csv_parse(&parser, text.data(), text.size(), on_cell, on_row, &reading);
  csv_fini(&parser, on_cell, on_row, &reading);
  csv_free(&parser);
  return reading.rows;
}

std::string read_text(const std::filesystem::path& path) {
  std::error_code failed;
  if (std::filesystem::file_size(path, failed) > kWorksheetBytesMax || failed) return {};
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  auto text = bytes.str();
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

// The cells of one row by folded heading.
class RowView {
 public:
  RowView(const std::map<std::string, std::size_t>& columns, const Cells& cells)
      : columns_(columns), cells_(cells) {}

  // Without the apostrophe that keeps a spreadsheet from computing "=1+1".
  std::string text(const char* heading) const {
    const auto found = columns_.find(heading);
    if (found == columns_.end() || found->second >= cells_.size()) return {};
    const std::string cell(base::trim(cells_[found->second]));
    return cell.starts_with('\'') ? cell.substr(1) : cell;
  }

 private:
  const std::map<std::string, std::size_t>& columns_;
  const Cells& cells_;
};

std::optional<Task> task_of(const std::string& words) {
  const auto folded = base::fold(words);
  if (folded == "tao moi") return Task::create;
  if (folded == "sua") return Task::change;
  return folded == "go xuong" ? std::optional(Task::withdraw) : std::nullopt;
}

// Empty: as it is. Anything but a plain whole number stops the row.
bool read_count(const std::string& cell, std::optional<std::int64_t>& into) {
  if (cell.empty()) return true;
  into = to_integer(cell);
  return into && *into >= 0;
}

std::optional<std::string> read_row(const RowView& view, TypedRow& row) {
  const auto task = task_of(view.text("viec can lam"));
  if (!task) return "\"" + view.text("viec can lam") + "\" is no task";
  row.task = *task;
  row.sku = view.text("ma hang (sku)");
  row.name = view.text("ten hang");
  if (row.sku.empty()) return "no SKU";
  if (!read_count(view.text("gia moi"), row.price)) return "the price is no whole number";
  if (!read_count(view.text("ton moi"), row.stock)) return "the stock is no whole number";
  return std::nullopt;
}

bool blank(const Cells& cells) {
  for (const auto& cell : cells) {
    if (!base::trim(cell).empty()) return false;
  }
  return true;
}

}  // namespace

Worksheet read_worksheet(const std::filesystem::path& path) {
  Worksheet sheet;
  const auto file = path.filename().string();
  const auto rows = parse_rows(read_text(path));
  std::map<std::string, std::size_t> columns;
  if (!rows.empty()) {
    for (std::size_t i = 0; i < rows.front().size(); ++i) {
      columns[base::fold(base::trim(rows.front()[i]))] = i;
    }
  }
  for (const char* needed : {"viec can lam", "ma hang (sku)", "ten hang", "gia moi", "ton moi"}) {
    if (!columns.contains(needed)) {
      sheet.problems.push_back(file + ": no column \"" + needed + "\"");
      return sheet;
    }
  }
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (blank(rows[i])) continue;
    TypedRow row;
    const auto problem = read_row(RowView(columns, rows[i]), row);
    if (problem) {
      sheet.problems.push_back(file + ": row " + std::to_string(i + 1) + ": " + *problem);
    } else {
      sheet.rows.push_back(std::move(row));
    }
  }
  return sheet;
}

}  // namespace sandbox
