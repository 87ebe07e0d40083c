#pragma once
// For the tests of the worksheet channels: what a fixture's request and response give, as JSON to
// compare with its expected.json.
//   orders     request {"file","made_at"}, response: the export, byte for byte
//   worksheet  request {"lines"}, response: the CSV that the clerk gets, byte for byte
#include <string>

#include "connectors/common/worksheet/order_file.h"
#include "connectors/common/worksheet/worksheet_cells.h"
#include "tests/contract/mapping_cases.h"

namespace connectors::common {

inline Json orders_of(const contract::MappingCase& one, const OrderWords& words) {
  const auto made_at = base::parse_iso(text(one.request, "made_at"), {});
  EXPECT_TRUE(made_at.has_value()) << one.name;
  const auto read = parse_order_file(text(one.request, "file"), one.response_text, words,
                                     made_at.value_or(base::Instant{}));
  return json_object(
      {{"orders", contract::dump(read.orders)}, {"unreadable", contract::dump(read.problems)}});
}

inline WorksheetLine line_of(const Json& value) {
  const auto number = [&](std::string_view name) { return integer(value, name).value_or(-1); };
  WorksheetLine line;
  line.content = contract::content_of(value);
  line.content.category = text(value, "category_name");
  line.content.unit_vi = text(value, "unit_vi");
  line.content.image_files = contract::texts(value, "images");
  line.action = text(value, "action");
  line.price_old = number("price_old");
  line.price_new = number("price_new");
  line.stock_old = number("stock_old");
  line.stock_new = number("stock_new");
  line.reason_vi = text(value, "reason");
  return line;
}

inline Json worksheet_of(const contract::MappingCase& one) {
  std::vector<WorksheetLine> lines;
  for (const auto& line : items(one.request, "lines")) lines.push_back(line_of(line));
  const auto csv = worksheet_csv(worksheet_rows(lines));
  EXPECT_EQ(csv, one.response_text) << one.name;
  return json_object({{"rows", json_number(static_cast<std::int64_t>(lines.size()))}});
}

inline Json worksheet_result(const contract::MappingCase& one, const OrderWords& words) {
  const auto call = text(one.request, "call");
  if (call == "orders") return orders_of(one, words);
  if (call == "worksheet") return worksheet_of(one);
  ADD_FAILURE() << one.name << ": unknown call " << call;
  return {};
}

}  // namespace connectors::common
