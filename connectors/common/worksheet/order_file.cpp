#include "connectors/common/worksheet/order_file.h"

#include <fstream>
#include <sstream>

#include "base/text.h"
#include "connectors/common/worksheet/order_rows.h"

namespace connectors::common {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBom = "\xEF\xBB\xBF";

OrderFile refused(FileProblem what, const Place& place, base::Instant made_at) {
  OrderFile out;
  out.made_at = made_at;
  out.problems.push_back(problem(what, place));
  return out;
}

}  // namespace

OrderFile parse_order_file(const std::string& file_name, std::string_view text,
                           const OrderWords& words, base::Instant made_at) {
  if (text.starts_with(kBom)) text.remove_prefix(kBom.size());
  if (!base::is_utf8(text)) return refused(FileProblem::not_utf8, {file_name, 0, {}, {}}, made_at);
  auto layout = find_layout(text, words);
  if (!layout) return refused(FileProblem::no_heading_row, {file_name, 0, {}, {}}, made_at);
  if (const auto missing = missing_column(*layout)) {
    return refused(FileProblem::column_missing,
                   {file_name, layout->heading_line, std::string(heading_vi(*missing)), {}},
                   made_at);
  }
  const auto heading_line = layout->heading_line;
  const auto rows = read_csv(text, layout->separator);
  OrderRows reader(file_name, words, *std::move(layout), made_at);
  for (const auto& row : rows) {
    if (row.line > heading_line) reader.take(row);
  }
  return reader.finish();
}

OrderFile read_order_file(const fs::path& path, const OrderWords& words) {
  const auto name = path.filename().string();
  std::error_code failed;
  const auto written = fs::last_write_time(path, failed);
  const auto bytes = failed ? 0 : fs::file_size(path, failed);
  if (failed) return refused(FileProblem::not_readable, {name, 0, {}, {}}, {});
  const auto made_at = std::chrono::floor<base::Millis>(std::chrono::file_clock::to_sys(written));
  if (bytes > kOrderFileBytesMax) {
    return refused(FileProblem::too_large, {name, 0, {}, {}}, made_at);
  }
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file.is_open() || file.bad()) {
    return refused(FileProblem::not_readable, {name, 0, {}, {}}, made_at);
  }
  return parse_order_file(name, text.str(), words, made_at);
}

}  // namespace connectors::common
