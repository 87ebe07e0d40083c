#pragma once
// What marketplaces call the columns and states of an order export, as data. Keys are folded
// (base::fold). Source: headings and words of Vietnamese exports as seen in public import code
// (2026-09); a marketplace's own words are added in its mapping.cpp. Threads: values.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/order.h"
#include "connectors/common/sheet/legacy_text.h"

namespace connectors::common {

enum class OrderColumn {
  id,
  line_id,  // of one line of the order; without it lines are told apart by SKU and their order
  date,
  status,
  sku,
  variant_sku,  // of the pack; wins over `sku`
  name,
  price,  // paid per pack; wins over `list_price`
  list_price,
  quantity,
  line_total,
  shipping,  // of the whole order, like `order_total`: repeated on each of its lines
  order_total,
};
// As people know it: "Mã đơn hàng".
std::string_view heading_vi(OrderColumn column);

struct OrderWords {
  std::map<std::string, OrderColumn, std::less<>> headings;
  std::map<std::string, catalog::OrderStatus, std::less<>> statuses;
  std::int64_t quantity_if_absent = 0;  // of exports with a row for each pack; 0: it must be there
  std::optional<Coding> coding;         // a person's answer where a column's coding is in doubt
  std::string sheet_name;               // of a workbook; empty: its first visible sheet
};

// The words all Vietnamese exports share.
OrderWords common_order_words();

}  // namespace connectors::common
