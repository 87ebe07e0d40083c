#include "connectors/common/worksheet/order_options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <utility>

#include "base/text.h"
#include "connectors/common/sheet/csv_source.h"

namespace connectors::common {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kWordCells = 3;

constexpr auto kColumnNames = std::to_array<std::pair<std::string_view, OrderColumn>>(
    {{"id", OrderColumn::id},
     {"line_id", OrderColumn::line_id},
     {"date", OrderColumn::date},
     {"status", OrderColumn::status},
     {"sku", OrderColumn::sku},
     {"variant_sku", OrderColumn::variant_sku},
     {"name", OrderColumn::name},
     {"price", OrderColumn::price},
     {"list_price", OrderColumn::list_price},
     {"quantity", OrderColumn::quantity},
     {"line_total", OrderColumn::line_total},
     {"shipping", OrderColumn::shipping},
     {"order_total", OrderColumn::order_total}});

Error bad_row(int line, std::string_view why) {
  return {ErrorCode::invalid, "line " + std::to_string(line) + ": " + std::string(why), {}, {}};
}

base::Status add_row(OrderWords& words, const Row& row) {
  if (row.cells.size() < kWordCells) return bad_row(row.line, "kind,word,means");
  const std::string kind(base::trim(row.cells[0]));
  const auto word = base::fold(row.cells[1]);
  const std::string means(base::trim(row.cells[2]));
  if (kind == "heading") {
    const auto column = order_column_from(means);
    if (!column) return bad_row(row.line, "no such column " + means);
    words.headings[word] = *column;
  } else if (kind == "status") {
    const auto status = catalog::order_status_from(means);
    if (!status) return bad_row(row.line, "no such status " + means);
    words.statuses[word] = *status;
  } else if (kind == "default" && word == "quantity" && means == "1") {
    words.quantity_if_absent = 1;
  } else {
    return bad_row(row.line, "heading, status or default");
  }
  return base::Done{};
}

base::Result<std::string> word_file(const std::string& path) {
  const Error unread{ErrorCode::invalid, "option order_words: the file cannot be read", {}, {}};
  std::error_code failed;
  const auto bytes = std::filesystem::file_size(path, failed);
  if (failed || bytes > kWordFileBytesMax) return unread;
  std::ifstream file(path, std::ios::binary);
  std::string text(static_cast<std::size_t>(bytes), '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file || !base::is_utf8(text)) return unread;
  return text;
}

std::string option(const Settings& settings, const std::string& name) {
  const auto found = settings.options.find(name);
  return found == settings.options.end() ? std::string{} : std::string(base::trim(found->second));
}

}  // namespace

std::optional<OrderColumn> order_column_from(std::string_view name) {
  const auto* found = std::find_if(kColumnNames.begin(), kColumnNames.end(),
                                   [&](const auto& known) { return known.first == name; });
  if (found == kColumnNames.end()) return std::nullopt;
  return found->second;
}

base::Status add_words(OrderWords& words, std::string_view csv) {
  const auto rows = open_csv(csv, ',');
  std::size_t count = 0;
  for (Row row;;) {
    const auto more = rows->next(row);
    if (!more) return more.error();
    if (!more.value()) return base::Done{};
    if (row.cells[0].starts_with('#') || row.cells[0] == "kind") continue;
    if (++count > kWordRowsMax) return bad_row(row.line, "more than 2000 words");
    if (auto added = add_row(words, row); !added) return added;
  }
}

base::Result<OrderWords> with_options(OrderWords words, const Settings& settings) {
  words.sheet_name = option(settings, "order_sheet");
  if (const auto coding = option(settings, "legacy_text"); !coding.empty()) {
    words.coding = coding_from(coding);
    if (!words.coding) {
      return Error{ErrorCode::invalid, "option legacy_text: unicode, tcvn3, vni or cp1258", {}, {}};
    }
  }
  if (const auto path = option(settings, "order_words"); !path.empty()) {
    const auto text = word_file(path);
    if (!text) return text.error();
    if (auto added = add_words(words, text.value()); !added) {
      auto error = added.error();
      error.message.insert(0, "option order_words: ");
      return error;
    }
  }
  return words;
}

}  // namespace connectors::common
