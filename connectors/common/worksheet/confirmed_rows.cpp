#include "connectors/common/worksheet/confirmed_rows.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/text.h"
#include "connectors/common/sheet/open_rows.h"
#include "connectors/common/worksheet/file_bytes.h"
#include "connectors/common/worksheet/order_file.h"
#include "connectors/common/worksheet/row_problems.h"
#include "connectors/common/worksheet/worksheet_cells.h"

namespace connectors::common {
namespace {

constexpr int kHeadingLineMax = 20;
constexpr std::size_t kWordBytesMax = 256;
constexpr std::array<char, 3> kSeparators = {';', ',', '\t'};
constexpr auto kYes =
    std::to_array<std::string_view>({"x", "v", "✓", "✔", "☑", "☒", "1", "true", "co", "roi", "xong",
                                     "da nhap", "da xong", "ok", "yes", "y"});
constexpr auto kNo =
    std::to_array<std::string_view>({"", "-", "0", "false", "khong", "chua", "no", "n", "☐"});

enum class Tick { yes, no, unclear };

Tick tick_of(std::string_view cell) {
  if (cell.size() > kWordBytesMax) return Tick::unclear;
  const auto folded = base::fold(base::trim(cell));
  const std::string_view word = folded;
  if (std::find(kYes.begin(), kYes.end(), word) != kYes.end()) return Tick::yes;
  return std::find(kNo.begin(), kNo.end(), word) != kNo.end() ? Tick::no : Tick::unclear;
}

struct Columns {
  std::size_t sku = 0;
  std::size_t tick = 0;
};

std::optional<Columns> columns_of(const Row& row) {
  std::optional<std::size_t> sku;
  std::optional<std::size_t> tick;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (row.cells[i].size() > kWordBytesMax) continue;
    const auto folded = base::fold(row.cells[i]);
    if (folded == base::fold(kSkuHeading)) sku = i;
    if (folded == base::fold(kTickHeading)) tick = i;
  }
  if (!sku || !tick) return std::nullopt;
  return Columns{*sku, *tick};
}

std::string cell_of(const Row& row, std::size_t column) {
  return column < row.cells.size() ? std::string(base::trim(row.cells[column])) : std::string{};
}

// As it went out: without the apostrophe, in upper case.
std::string sku_of(const Row& row, std::size_t column) {
  auto out = cell_of(row, column);
  if (out.starts_with('\'')) out.erase(0, 1);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return out;
}

class Returned {
 public:
  explicit Returned(std::string name) : name_(std::move(name)) {}

  void take(const Row& row, const Columns& columns) {
    const auto sku = sku_of(row, columns.sku);
    const auto tick = tick_of(cell_of(row, columns.tick));
    if (sku.empty() && tick == Tick::no) return;
    if (sku.empty()) return complain(FileProblem::no_sku, row, kSkuHeading, {});
    if (tick == Tick::unclear) {
      complain(FileProblem::unclear_tick, row, kTickHeading, cell_of(row, columns.tick));
    }
    const auto [known, fresh] = answers_.try_emplace(sku, tick);
    if (fresh) {
      order_.push_back(sku);
    } else if (known->second != tick) {
      complain(FileProblem::unclear_tick, row, kSkuHeading, sku);
      known->second = Tick::unclear;
    }
  }

  ConfirmedRows finish() {
    for (const auto& sku : order_) {
      const auto tick = answers_.at(sku);
      if (tick == Tick::yes) out_.ticked.push_back(catalog::Sku{sku});
      if (tick == Tick::no) ++out_.open_count;
    }
    return std::move(out_);
  }

 private:
  void complain(FileProblem what, const Row& row, std::string_view heading, std::string value) {
    if (out_.problems.size() >= kFileProblemsMax) return;
    out_.problems.push_back(
        problem(what, {name_, row.line, std::string(heading), std::move(value)}));
  }

  const std::string name_;
  std::map<std::string, Tick> answers_;
  std::vector<std::string> order_;
  ConfirmedRows out_;
};

// Nullopt: no heading row under this separator.
base::Result<std::optional<ConfirmedRows>> read_with(const std::string& name,
                                                     std::string_view bytes, char separator) {
  auto rows = open_rows(bytes, {separator, {}});
  if (!rows) return in_file(name, rows.error());
  std::optional<Columns> columns;
  Returned returned(name);
  for (Row row;;) {
    const auto more = rows.value()->next(row);
    if (!more) return in_file(name, more.error());
    if (!more.value()) break;
    if (columns) {
      returned.take(row, *columns);
    } else if (row.line > kHeadingLineMax) {
      break;
    } else {
      columns = columns_of(row);
    }
  }
  if (!columns) return std::optional<ConfirmedRows>{};
  return std::optional(returned.finish());
}

}  // namespace

base::Result<ConfirmedRows> parse_confirmed(const std::string& file_name, std::string bytes) {
  const auto whole = without_utf16(std::move(bytes));
  std::optional<base::Error> broken;
  for (const char separator : kSeparators) {
    auto read = read_with(file_name, whole, separator);
    if (!read) {
      if (!broken) broken = read.error();
    } else if (read.value()) {
      return *std::move(read).value();
    }
    if (sheet_kind(whole) != SheetKind::csv) break;
  }
  if (broken) return *broken;
  return problem(FileProblem::no_tick_column, {file_name, 0, {}, {}});
}

base::Result<ConfirmedRows> read_confirmed(const std::filesystem::path& path) {
  auto file = read_file_bytes(path, kOrderFileBytesMax);
  if (!file) return file.error();
  return parse_confirmed(path.filename().string(), std::move(file).value().bytes);
}

}  // namespace connectors::common
